//! Macros: several actions on a conversation in one, all of them or none.

use kernel::{ConversationId, Line, MacroId, MemberId, TeamId};
use serde_json::json;
use tenancy::{
    CannedResponseManage, CannedResponseUse, Composed, ConversationView, Error, Event, Permission, Row, Session,
    Subject, TenantSql, Tx, Work, args, part, sql,
};

use crate::{
    Action, Audience, AudienceKind, Conversation, Refusal, Status, Tool, ToolRefusal,
    audience::{must_manage, narrow},
    conversation::reread,
    show,
    undo::{self, Step},
};

/// So many has each scope.
const MOST: usize = 200;
const MOST_ACTIONS: usize = 20;
/// Macros are kept by who keeps canned responses.
const MANAGE: Permission = Permission::CannedResponseManage;

#[derive(Debug, Clone)]
pub struct Macro {
    pub id: MacroId,
    pub name: String,
    pub audience: Audience,
    pub actions: Vec<Action>,
    pub usage_count: i64,
    pub version: i64,
    pub created_by: MemberId,
}

#[derive(Debug, Clone)]
pub struct NewMacro {
    pub name: Line,
    pub scope: AudienceKind,
    pub team: Option<TeamId>,
    pub actions: Vec<Action>,
}

/// What to change; what is `None` stays.
#[derive(Debug, Clone)]
pub struct MacroChange {
    pub version: i64,
    pub name: Option<Line>,
    pub scope: Option<(AudienceKind, Option<TeamId>)>,
    pub actions: Option<Vec<Action>>,
}

const MACROS: TenantSql = sql!(
    "select t.id, t.name, t.scope, t.scope_id, t.actions, t.usage_count, t.version, t.created_by
     from macros t where t.workspace_id = $1 and t.deleted_at is null"
);

fn read(mut row: Row) -> Result<Macro, Error> {
    let (scope, actions): (String, String) = (row.take(2)?, row.take(4)?);
    Ok(Macro {
        id: row.take(0)?,
        name: row.take(1)?,
        audience: Audience::read(&scope, row.take(3)?)?,
        actions: serde_json::from_str(&actions).map_err(|error| Error::Corrupt(error.to_string()))?,
        usage_count: row.take(5)?,
        version: row.take(6)?,
        created_by: row.take(7)?,
    })
}

/// The macros that the session's actor finds, by name.
///
/// # Errors
/// The database cannot answer.
pub async fn macros(session: &mut Session) -> Result<Vec<Macro>, Refusal> {
    let mut query = Composed::new(MACROS, &[]);
    narrow(&mut query, session, MANAGE).push(part!("order by t.name, t.id"), &[]);
    Ok(session.list(&query).await?.into_iter().map(read).collect::<Result<_, _>>()?)
}

async fn find(session: &mut Session, id: MacroId) -> Result<Macro, Refusal> {
    let mut query = Composed::new(MACROS, &[]);
    narrow(&mut query, session, MANAGE).push(part!("and t.id = ?"), args![id]);
    Ok(session.list(&query).await?.into_iter().next().map(read).ok_or(Error::NotFound)??)
}

/// Makes one.
///
/// # Errors
/// It does nothing, or what no macro does; a team that is not its maker's; or there are too many.
pub async fn create_macro(tx: &mut Tx<CannedResponseManage>, new: NewMacro) -> Result<Macro, Refusal> {
    let text = sql!(
        "insert into macros (workspace_id, id, name, scope, scope_id, actions, usage_count, version, created_by,
            created_at)
         values ($1, $2, $3, $4, $5, $6, 0, 1, $7, $8)"
    );
    let audience = Audience::wanted(tx, new.scope, new.team, MANAGE).await?;
    if macros(tx).await?.iter().filter(|other| other.audience == audience).count() >= MOST {
        return Err(ToolRefusal::TooMany { tool: Tool::Macro, most: MOST }.into());
    }
    let actions = checked(&new.actions)?;
    let (id, now): (MacroId, _) = (tx.ids().next(), tx.now());
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    let (scope, scope_id) = (audience.kind().name(), audience.id());
    tx.run(text, args![id, &*new.name, scope, scope_id, actions, me, now]).await?;
    let event = Event::new("macro.created", subject(id)).payload(json!({ "scope": scope }));
    tx.record(event.details(&json!(null), &json!({ "name": &*new.name })));
    find(tx, id).await
}

/// Changes one, its scope included.
///
/// # Errors
/// Not found, somebody else's, changed since, or as [`create_macro`].
pub async fn update_macro(
    tx: &mut Tx<CannedResponseManage>,
    id: MacroId,
    change: MacroChange,
) -> Result<Macro, Refusal> {
    let text = sql!(
        "update macros set name = $3, scope = $4, scope_id = $5, actions = $6, version = version + 1
         where workspace_id = $1 and id = $2 and version = $7"
    );
    let before = find(tx, id).await?;
    must_manage(tx, MANAGE, before.created_by)?;
    if before.version != change.version {
        return Err(ToolRefusal::Changed { version: before.version }.into());
    }
    let name = change.name.map_or_else(|| before.name.clone(), String::from);
    let audience = match change.scope {
        Some((scope, team)) => Audience::wanted(tx, scope, team, MANAGE).await?,
        None => before.audience,
    };
    let fields = [
        ("name", name != before.name),
        ("scope", audience != before.audience),
        ("actions", change.actions.as_ref().is_some_and(|actions| *actions != before.actions)),
    ];
    let fields: Vec<_> = fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect();
    let actions = checked(change.actions.as_deref().unwrap_or(&before.actions))?;
    let (scope, scope_id) = (audience.kind().name(), audience.id());
    if tx.run(text, args![id, &name, scope, scope_id, actions, before.version]).await? == 0 {
        return Err(ToolRefusal::Changed { version: before.version + 1 }.into());
    }
    let event = Event::new("macro.updated", subject(id)).payload(json!({ "fields": fields }));
    tx.record(event.details(&json!({ "name": before.name }), &json!({ "name": name })));
    find(tx, id).await
}

/// Deletes one; for a day it can be brought back.
///
/// # Errors
/// Not found, or somebody else's.
pub async fn delete_macro(tx: &mut Tx<CannedResponseManage>, id: MacroId) -> Result<(), Refusal> {
    let text = sql!("update macros set deleted_at = $3 where workspace_id = $1 and id = $2");
    let before = find(tx, id).await?;
    must_manage(tx, MANAGE, before.created_by)?;
    let now = tx.now();
    tx.run(text, args![id, now]).await?;
    undo::can_be_undone(tx, &Step::MacroDeleted { id })?;
    let event = Event::new("macro.deleted", subject(id));
    tx.record(event.details(&json!({ "name": before.name }), &json!(null)));
    Ok(())
}

/// Brings a deleted one back.
pub(crate) async fn restore(work: &mut Work, id: MacroId) -> Result<(), Refusal> {
    let deleted = sql!("select created_by from macros where workspace_id = $1 and id = $2 and deleted_at is not null");
    let text = sql!("update macros set deleted_at = null where workspace_id = $1 and id = $2");
    let mut row = work.first(deleted, args![id]).await?.ok_or(ToolRefusal::Overtaken)?;
    must_manage(work, MANAGE, row.take(0)?)?;
    work.run(text, args![id]).await?;
    work.record(Event::new("macro.restored", subject(id)));
    Ok(())
}

/// Runs a macro on a conversation, with the rights of whoever runs it: all its actions, or none. Returns the
/// transaction, to be settled, and the conversation.
///
/// # Errors
/// One of the two is out of sight, or an action is refused; the transaction is undone.
pub async fn run_macro(
    mut tx: Tx<CannedResponseUse>,
    id: ConversationId,
    run: MacroId,
    seen_seq: i64,
) -> Result<(Tx<ConversationView>, Conversation), Refusal> {
    let actions = match begin(&mut tx, id, run).await {
        Ok(actions) => actions,
        Err(refusal) => return Err(tx.refuse(refusal).await),
    };
    let mut tx = tx.also::<ConversationView>()?;
    for action in &actions {
        tx = action.perform(tx, id, seen_seq).await?;
    }
    // A reply is no more to be undone, so the rest is not offered alone.
    if actions.iter().any(|action| matches!(action, Action::Reply { .. })) {
        tx.take_steps_back();
    }
    match reread(&mut tx, id).await {
        Ok(conversation) => Ok((tx, conversation)),
        Err(refusal) => Err(tx.refuse(refusal).await),
    }
}

async fn begin(tx: &mut Tx<CannedResponseUse>, id: ConversationId, run: MacroId) -> Result<Vec<Action>, Refusal> {
    let count = sql!("update macros set usage_count = usage_count + 1 where workspace_id = $1 and id = $2");
    let conversation = show(tx, id).await?;
    let found = find(tx, run).await?;
    tx.mark(count, args![run]).await?;
    let sight = Some(conversation.sight());
    let event = Event::new("macro.run", Subject::new("conversation", id)).sight(sight, sight);
    tx.record(event.payload(json!({ "conversation_id": id, "macro_id": run })));
    Ok(found.actions)
}

/// The actions as they are kept.
fn checked(actions: &[Action]) -> Result<String, Refusal> {
    let replies = actions.iter().filter(|action| matches!(action, Action::Reply { .. })).count();
    let refused = if actions.is_empty() || actions.len() > MOST_ACTIONS {
        Some("are one to 20")
    } else if replies > 1 {
        Some("hold more than one reply")
    } else if actions.contains(&Action::Status { status: Status::Snoozed }) {
        Some("snooze for some time, not as a status")
    } else if actions.iter().any(|action| matches!(action, Action::Snooze { .. })) {
        Some("snooze for some time, not until a moment")
    } else if actions.iter().any(Action::is_empty_note) {
        Some("write notes that say something")
    } else {
        None
    };
    if let Some(why) = refused {
        return Err(ToolRefusal::Actions(why).into());
    }
    Ok(serde_json::to_string(actions).map_err(|error| Error::Corrupt(error.to_string()))?)
}

fn subject(id: MacroId) -> Subject {
    Subject::new("macro", id)
}
