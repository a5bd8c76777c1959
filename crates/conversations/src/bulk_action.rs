//! One action on many conversations: accepted at once, done one by one by a job that acts as the member, with a result
//! for each. What somebody else changed meanwhile fails alone.

use kernel::{BulkActionId, ConversationId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{
    Actor, Composed, ConversationView, Error, Event, Job, MemberSelf, Row, Session, Subject, TenantSql, Tx, Value,
    Work, args, part, sql,
};
use uuid::Uuid;

use crate::{
    Action, ListFilter, Refusal, Status, ToolRefusal,
    action::may_all,
    undo::{self, Step},
};

/// The job that works a bulk action off; its payload is `{bulk_action_id, part}`.
pub const BULK_JOB: &str = "bulk_action.run";
/// So many conversations are named one by one; a filter may find more.
pub const MOST_SELECTED: usize = 1000;
/// So many failures are told.
const MOST_FAILURES: i64 = 1000;
/// So many bulk actions of a member are listed.
const NEWEST: i64 = 20;

/// What a bulk action is done to.
#[derive(Debug, Clone)]
pub enum Selection {
    Ids(Vec<ConversationId>),
    /// Whatever the member sees of it when the job gets there.
    Filter(ListFilter),
}

/// What a bulk action does, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    Do(Action),
    /// Goes back over another bulk action.
    TakeBack(BulkActionId),
}

#[derive(Debug, Clone)]
pub struct BulkAction {
    pub id: BulkActionId,
    pub deed: Deed,
    /// `None` while they are being counted.
    pub total: Option<i64>,
    pub done: i64,
    pub failed: i64,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

/// A conversation that was left as it is.
#[derive(Debug, Clone)]
pub struct BulkFailure {
    pub conversation_id: ConversationId,
    /// A problem's code and sentence.
    pub code: String,
    pub detail: String,
}

const BULK_ACTIONS: TenantSql = sql!(
    "select id, action, filter, total, done, failed, created_at, finished_at from bulk_actions
     where workspace_id = $1 and member_id = $2"
);

fn read(mut row: Row) -> Result<BulkAction, Error> {
    let action: String = row.take(1)?;
    let collecting = row.take::<Option<String>>(2)?.is_some();
    let total = row.take(3)?;
    Ok(BulkAction {
        id: row.take(0)?,
        deed: serde_json::from_str(&action).map_err(|error| Error::Corrupt(error.to_string()))?,
        total: (!collecting).then_some(total),
        done: row.take(4)?,
        failed: row.take(5)?,
        created_at: row.take(6)?,
        finished_at: row.take(7)?,
    })
}

fn own(session: &Session) -> Result<Composed, Error> {
    let me = session.viewer().member.ok_or(Error::NotFound)?;
    Ok(Composed::new(BULK_ACTIONS, args![me]))
}

/// The member's newest bulk actions.
///
/// # Errors
/// The database cannot answer.
pub async fn bulk_actions(session: &mut Session) -> Result<Vec<BulkAction>, Refusal> {
    let mut query = own(session)?;
    query.push(part!("order by created_at desc, id desc limit ?"), args![NEWEST]);
    Ok(session.list(&query).await?.into_iter().map(read).collect::<Result<_, _>>()?)
}

/// One of the member's bulk actions.
///
/// # Errors
/// [`Error::NotFound`] for what is not there or somebody else's.
pub async fn bulk_action(session: &mut Session, id: BulkActionId) -> Result<BulkAction, Refusal> {
    let mut query = own(session)?;
    query.push(part!("and id = ?"), args![id]);
    Ok(session.list(&query).await?.into_iter().next().map(read).ok_or(Error::NotFound)??)
}

/// What one of the member's bulk actions left as it is, and why.
///
/// # Errors
/// The database cannot answer.
pub async fn bulk_failures(session: &mut Session, id: BulkActionId) -> Result<Vec<BulkFailure>, Refusal> {
    let text = sql!(
        "select i.conversation_id, i.code, i.detail from bulk_items i
         join bulk_actions b on b.workspace_id = i.workspace_id and b.id = i.bulk_action_id
         where i.workspace_id = $1 and i.bulk_action_id = $2 and b.member_id = $3 and i.state = 'failed'
         order by i.conversation_id limit $4"
    );
    let me = session.viewer().member.ok_or(Error::NotFound)?;
    let rows = session.all(text, args![id, me, MOST_FAILURES]).await?.into_iter();
    let read = |mut row: Row| {
        let (code, detail): (Option<String>, Option<String>) = (row.take(1)?, row.take(2)?);
        let (code, detail) = (code.unwrap_or_default(), detail.unwrap_or_default());
        Ok(BulkFailure { conversation_id: row.take(0)?, code, detail })
    };
    Ok(rows.map(read).collect::<Result<_, Error>>()?)
}

/// Accepts an action on many conversations. Who comes with an API key does one after the other.
///
/// # Errors
/// The member may not do it at all, it is nothing to be done to many, or nothing or too much was selected.
pub async fn create_bulk_action(
    tx: &mut Tx<ConversationView>,
    selection: Selection,
    action: Action,
) -> Result<BulkAction, Refusal> {
    if matches!(tx.actor(), Actor::Member(member) if member.key.is_some()) {
        return Err(Error::NotForKeys.into());
    }
    may_all(&tx.viewer(), std::slice::from_ref(&action))?;
    match &action {
        Action::Reply { .. } => return Err(ToolRefusal::Actions("answer one customer at a time").into()),
        Action::Status { status: Status::Snoozed } => return Err(Refusal::SnoozeNeedsTime),
        note if note.is_empty_note() => return Err(Refusal::EmptyMessage),
        Action::Snooze { until } => crate::snooze::must_lie_ahead(tx.now(), *until)?,
        _ => {}
    }
    let named = action.name();
    let id = match selection {
        Selection::Ids(mut ids) => {
            ids.sort_unstable();
            ids.dedup();
            if ids.is_empty() || ids.len() > MOST_SELECTED {
                return Err(ToolRefusal::Selection { most: MOST_SELECTED }.into());
            }
            let id = begin(tx, &Deed::Do(action), None, ids.len() as i64).await?;
            add_items(tx, id, &ids).await?;
            id
        }
        Selection::Filter(filter) => begin(tx, &Deed::Do(action), Some(&filter), 0).await?,
    };
    undo::can_be_undone(tx, &Step::BulkAction { id })?;
    tx.record(Event::new("bulk_action.created", subject(id)).payload(json!({ "action": named })));
    bulk_action(tx, id).await
}

/// Goes back over a bulk action, as another one: what is still to be done is dropped, what was done is taken back.
pub(crate) async fn take_back(tx: &mut Tx<MemberSelf>, of: BulkActionId) -> Result<BulkActionId, Refusal> {
    let hold = sql!(
        "update bulk_actions set filter = null, finished_at = coalesce(finished_at, $4)
         where workspace_id = $1 and id = $2 and member_id = $3 returning done"
    );
    let drop = sql!(
        "update bulk_items set state = 'dropped' where workspace_id = $1 and bulk_action_id = $2 and state = 'waiting'"
    );
    let again = sql!(
        "insert into bulk_items (workspace_id, bulk_action_id, conversation_id, state, steps)
         select workspace_id, $3, conversation_id, 'waiting', steps from bulk_items
         where workspace_id = $1 and bulk_action_id = $2 and state = 'done'"
    );
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    let now = tx.now();
    // Items first, as those who work them off hold them. What is still collected meanwhile is never worked off.
    tx.run(drop, args![of]).await?;
    let mut row = tx.first(hold, args![of, me, now]).await?.ok_or(Error::NotFound)?;
    let id = begin(tx, &Deed::TakeBack(of), None, row.take(0)?).await?;
    tx.run(again, args![of, id]).await?;
    let payload = json!({ "action": "take_back", "of": of });
    tx.record(Event::new("bulk_action.created", subject(id)).payload(payload));
    Ok(id)
}

async fn begin(work: &mut Work, deed: &Deed, filter: Option<&ListFilter>, total: i64) -> Result<BulkActionId, Error> {
    let text = sql!(
        "insert into bulk_actions (workspace_id, id, member_id, action, filter, total, done, failed, created_at)
         values ($1, $2, $3, $4, $5, $6, 0, 0, $7)"
    );
    let corrupt = |error: serde_json::Error| Error::Corrupt(error.to_string());
    let (id, now): (BulkActionId, _) = (work.ids().next(), work.now());
    let me = work.viewer().member.ok_or(Error::NotFound)?;
    let deed = serde_json::to_string(deed).map_err(corrupt)?;
    let filter = filter.map(serde_json::to_string).transpose().map_err(corrupt)?;
    work.run(text, args![id, me, deed, filter, total, now]).await?;
    work.enqueue(job(id, me, 0));
    Ok(id)
}

/// The job of one part: a bulk action of many takes several, so that none outlives its lease.
pub(crate) fn job(id: BulkActionId, member: MemberId, part: i64) -> Job {
    Job::new(BULK_JOB, format!("{id}/{part}"), json!({ "bulk_action_id": id, "part": part })).on_behalf_of(member)
}

/// Adds conversations that wait for their turn; none twice.
pub(crate) async fn add_items(work: &mut Work, id: BulkActionId, ids: &[ConversationId]) -> Result<(), Error> {
    let head = sql!(
        "insert into bulk_items (workspace_id, bulk_action_id, conversation_id, state, steps)
         values ($1, $2, $3, 'waiting', '[]')"
    );
    let Some((first, others)) = ids.split_first() else { return Ok(()) };
    let mut query = Composed::new(head, &[Value::from(id), Value::from(*first)]);
    for conversation in others {
        query.push(part!(", ($1, ?, ?, 'waiting', '[]')"), &[Value::from(id), Value::from(*conversation)]);
    }
    work.list(&query).await.map(drop)
}

fn subject(id: BulkActionId) -> Subject {
    Subject::new("bulk_action", Uuid::from(id))
}
