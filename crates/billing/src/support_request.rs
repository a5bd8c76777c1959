//! What members ask the operator for, and what the operator answers: more seats where none are sold, or anything else
//! (PLAN-026).

use kernel::{Cursor, Limit, LongText, MemberId, OperatorRequestId, Page, Timestamp};
use serde_json::json;
use tenancy::{
    BillingView, Composed, Error, Event, MemberInvite, Operating, Row, Session, Subject, TenantSql, Tx, Work, args,
    part, sql, words,
};

use crate::Refusal;

/// So many requests of a workspace wait at once; the operator is one person.
const MOST_OPEN: i64 = 20;

words! {
    RequestKind {
        MoreSeats = "more_seats",
        Contact = "contact",
    }
}

words! {
    RequestState {
        /// The operator has not decided yet.
        Open = "open",
        Granted = "granted",
        Declined = "declined",
    }
}

#[derive(Debug, Clone)]
pub struct SupportRequest {
    pub id: OperatorRequestId,
    pub kind: RequestKind,
    pub text: String,
    pub state: RequestState,
    /// What the operator says to it; empty until then.
    pub answer: String,
    pub asked_by: MemberId,
    pub created_at: Timestamp,
    pub decided_at: Option<Timestamp>,
}

/// Asks the operator for something.
///
/// # Errors
/// Too many requests of the workspace wait already.
pub async fn ask(tx: &mut Tx<MemberInvite>, kind: RequestKind, text: &LongText) -> Result<SupportRequest, Refusal> {
    open(tx, kind, text).await
}

/// The same as somebody who sees what is paid: where the plan lets nobody be invited there is most to ask for.
///
/// # Errors
/// As [`ask`].
pub async fn ask_about_plan(
    tx: &mut Tx<BillingView>,
    kind: RequestKind,
    text: &LongText,
) -> Result<SupportRequest, Refusal> {
    open(tx, kind, text).await
}

async fn open(work: &mut Work, kind: RequestKind, text: &LongText) -> Result<SupportRequest, Refusal> {
    let me = asker(work)?;
    let waiting = sql!("select count(*) from operator_requests where workspace_id = $1 and state = 'open'");
    let waiting: i64 = work.first(waiting, &[]).await?.ok_or(Error::NotFound)?.take(0)?;
    if waiting >= MOST_OPEN {
        return Err(Refusal::RequestsWait);
    }
    let (id, now): (OperatorRequestId, _) = (work.ids().next(), work.now());
    let insert = sql!(
        "insert into operator_requests (workspace_id, id, kind, text, state, answer, created_by, created_at)
         values ($1, $2, $3, $4, $5, '', $6, $7)"
    );
    work.run(insert, args![id, kind.name(), &**text, RequestState::Open.name(), me, now]).await?;
    let event = Event::new("support_request.created", Subject::new("support_request", id));
    work.record(event.payload(json!({ "kind": kind })));
    Ok(request(work, id).await?)
}

words! {
    /// What the operator says to a request.
    Decision {
        Granted = "granted",
        Declined = "declined",
    }
}

/// Answers a request, once; who asked is told by the event. The same answer again changes nothing.
///
/// # Errors
/// There is no such request, it has another answer already, or the database cannot answer.
pub async fn answer(
    tx: &mut Tx<Operating>,
    id: OperatorRequestId,
    decision: Decision,
    text: &LongText,
) -> Result<SupportRequest, Refusal> {
    let asked = request(tx, id).await?;
    let state = match decision {
        Decision::Granted => RequestState::Granted,
        Decision::Declined => RequestState::Declined,
    };
    if asked.state == state && asked.answer == **text {
        return Ok(asked);
    }
    let close = sql!(
        "update operator_requests set state = $3, answer = $4, decided_at = $5
         where workspace_id = $1 and id = $2 and state = 'open'"
    );
    let now = tx.now();
    if tx.run(close, args![id, state.name(), &**text, now]).await? == 0 {
        return Err(Refusal::RequestAnswered);
    }
    let event = Event::new("support_request.answered", Subject::new("support_request", id));
    tx.record(event.payload(json!({ "state": state, "asked_by": asked.asked_by })));
    Ok(request(tx, id).await?)
}

/// A request of the workspace, whoever asked.
///
/// # Errors
/// [`Error::NotFound`], or the database cannot answer.
pub async fn request(session: &mut Session, id: OperatorRequestId) -> Result<SupportRequest, Error> {
    let mut query = Composed::new(REQUESTS, &[]);
    query.push(part!("and id = ?"), args![id]);
    read(session.list(&query).await?.into_iter().next().ok_or(Error::NotFound)?)
}

/// What the acting member asked for, newest first.
///
/// # Errors
/// The cursor is not of this list, or the database cannot answer.
pub async fn requests(
    session: &mut Session,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<Page<SupportRequest>, Refusal> {
    let me = asker(session)?;
    let list = format!("support_requests/{}/{me}", session.workspace());
    let mut query = Composed::new(REQUESTS, &[]);
    query.push(part!("and created_by = ?"), args![me]);
    if let Some(cursor) = cursor {
        let (created_at, id) = Cursor::parse(cursor, &list)?;
        query.push(part!("and (created_at, id) < (?, ?)"), args![created_at, id]);
    }
    query.push(part!("order by created_at desc, id desc limit ?"), args![limit.get() + 1]);
    let rows = session.list(&query).await?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, limit, |request| (request.created_at.millis(), request.id.into()), &list))
}

fn asker(session: &Session) -> Result<MemberId, Error> {
    session.viewer().member.ok_or(Error::NotFound)
}

const REQUESTS: TenantSql = sql!(
    "select id, kind, text, state, answer, created_by, created_at, decided_at from operator_requests
     where workspace_id = $1"
);

fn read(mut row: Row) -> Result<SupportRequest, Error> {
    Ok(SupportRequest {
        id: row.take(0)?,
        kind: RequestKind::read(&row.take::<String>(1)?)?,
        text: row.take(2)?,
        state: RequestState::read(&row.take::<String>(3)?)?,
        answer: row.take(4)?,
        asked_by: row.take(5)?,
        created_at: row.take(6)?,
        decided_at: row.take(7)?,
    })
}
