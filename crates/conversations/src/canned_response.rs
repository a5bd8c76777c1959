//! Canned responses: texts that are written once and sent often.

use kernel::{CannedResponseId, Line, LongText, MemberId, TeamId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{
    CannedResponseManage, Composed, Error, Event, Permission, Row, Session, Subject, TenantSql, Tx, Value, Work, args,
    part, sql,
};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

use crate::{
    Audience, AudienceKind, Refusal, Tool, ToolRefusal,
    audience::{must_manage, narrow},
    undo::{self, Step},
};

/// So many has each scope.
const MOST: usize = 500;
const MANAGE: Permission = Permission::CannedResponseManage;

/// What one types after the slash: 1 to 40 letters, digits, dashes, underscores or dots, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shortcut(String);

impl Shortcut {
    const LONGEST: usize = 40;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl TryFrom<String> for Shortcut {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let text = text.trim().trim_start_matches('/').to_lowercase();
        let plain = |c: char| c.is_alphanumeric() || ['-', '_', '.'].contains(&c);
        match text.chars().count() {
            1..=Self::LONGEST if text.chars().all(plain) => Ok(Self(text)),
            1..=Self::LONGEST => Err("holds more than letters, digits, dashes, underscores and dots".into()),
            _ => Err(format!("has not 1 to {} characters", Self::LONGEST)),
        }
    }
}
impl From<Shortcut> for String {
    fn from(shortcut: Shortcut) -> Self {
        shortcut.0
    }
}
impl PartialSchema for Shortcut {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(Self::LONGEST)).into()
    }
}
impl ToSchema for Shortcut {}

#[derive(Debug, Clone)]
pub struct CannedResponse {
    pub id: CannedResponseId,
    pub shortcut: String,
    pub title: String,
    /// With its variables as they were written: `{{customer.first_name}}`.
    pub text: String,
    pub audience: Audience,
    /// How often it was sent.
    pub usage_count: i64,
    pub last_used_at: Option<Timestamp>,
    pub version: i64,
    pub created_by: MemberId,
}

#[derive(Debug, Clone)]
pub struct NewCannedResponse {
    pub shortcut: Shortcut,
    pub title: Line,
    pub text: LongText,
    pub scope: AudienceKind,
    pub team: Option<TeamId>,
}

/// What to change; what is `None` stays.
#[derive(Debug, Clone)]
pub struct CannedResponseChange {
    /// The version that was looked at.
    pub version: i64,
    pub shortcut: Option<Shortcut>,
    pub title: Option<Line>,
    pub text: Option<LongText>,
    /// The scope, and the team where it is one.
    pub scope: Option<(AudienceKind, Option<TeamId>)>,
}

const CANNED_RESPONSES: TenantSql = sql!(
    "select t.id, t.shortcut, t.title, t.text, t.scope, t.scope_id, t.usage_count, t.last_used_at, t.version,
        t.created_by
     from canned_responses t where t.workspace_id = $1 and t.deleted_at is null"
);

fn read(mut row: Row) -> Result<CannedResponse, Error> {
    let scope: String = row.take(4)?;
    Ok(CannedResponse {
        id: row.take(0)?,
        shortcut: row.take(1)?,
        title: row.take(2)?,
        text: row.take(3)?,
        audience: Audience::read(&scope, row.take(5)?)?,
        usage_count: row.take(6)?,
        last_used_at: row.take(7)?,
        version: row.take(8)?,
        created_by: row.take(9)?,
    })
}

/// The canned responses that the session's actor finds, by shortcut.
///
/// # Errors
/// The database cannot answer.
pub async fn canned_responses(session: &mut Session) -> Result<Vec<CannedResponse>, Refusal> {
    let mut query = Composed::new(CANNED_RESPONSES, &[]);
    narrow(&mut query, session, MANAGE).push(part!("order by t.shortcut, t.id"), &[]);
    Ok(session.list(&query).await?.into_iter().map(read).collect::<Result<_, _>>()?)
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] for what does not exist or is for others.
pub async fn canned_response(session: &mut Session, id: CannedResponseId) -> Result<CannedResponse, Refusal> {
    let mut query = Composed::new(CANNED_RESPONSES, &[]);
    narrow(&mut query, session, MANAGE).push(part!("and t.id = ?"), args![id]);
    Ok(session.list(&query).await?.into_iter().next().map(read).ok_or(Error::NotFound)??)
}

/// Writes one down.
///
/// # Errors
/// A shortcut that is taken in its scope, a team that is not the writer's, an empty text, or there are too many.
pub async fn create_canned_response(
    tx: &mut Tx<CannedResponseManage>,
    new: NewCannedResponse,
) -> Result<CannedResponse, Refusal> {
    let audience = Audience::wanted(tx, new.scope, new.team, MANAGE).await?;
    let id = insert(tx, &new, audience).await?;
    canned_response(tx, id).await
}

pub(crate) async fn insert(
    tx: &mut Tx<CannedResponseManage>,
    new: &NewCannedResponse,
    audience: Audience,
) -> Result<CannedResponseId, Refusal> {
    let text = sql!(
        "insert into canned_responses (workspace_id, id, shortcut, title, text, scope, scope_id, usage_count, version,
            created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, 0, 1, $8, $9)"
    );
    if new.text.trim().is_empty() {
        return Err(ToolRefusal::Empty.into());
    }
    if count(tx, audience).await? >= MOST as i64 {
        return Err(ToolRefusal::TooMany { tool: Tool::CannedResponse, most: MOST }.into());
    }
    must_be_free(tx, audience, new.shortcut.as_str(), None).await?;
    let (id, now): (CannedResponseId, _) = (tx.ids().next(), tx.now());
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    let (scope, scope_id) = (audience.kind().name(), audience.id());
    let values = args![id, new.shortcut.as_str(), &*new.title, &*new.text, scope, scope_id, me, now];
    write(tx, text, values).await?;
    let event = Event::new("canned_response.created", subject(id)).payload(json!({ "scope": scope }));
    tx.record(event.details(&json!(null), &json!({ "title": &*new.title, "text": &*new.text })));
    Ok(id)
}

/// Changes one, its scope included.
///
/// # Errors
/// Not found, somebody else's, changed since, or as [`create_canned_response`].
pub async fn update_canned_response(
    tx: &mut Tx<CannedResponseManage>,
    id: CannedResponseId,
    change: CannedResponseChange,
) -> Result<CannedResponse, Refusal> {
    let text = sql!(
        "update canned_responses set shortcut = $3, title = $4, text = $5, scope = $6, scope_id = $7,
            version = version + 1
         where workspace_id = $1 and id = $2 and version = $8"
    );
    let before = canned_response(tx, id).await?;
    must_manage(tx, MANAGE, before.created_by)?;
    if before.version != change.version {
        return Err(ToolRefusal::Changed { version: before.version }.into());
    }
    let shortcut = change.shortcut.map_or_else(|| before.shortcut.clone(), String::from);
    let title = change.title.map_or_else(|| before.title.clone(), String::from);
    let said = change.text.map_or_else(|| before.text.clone(), String::from);
    let audience = match change.scope {
        Some((scope, team)) => Audience::wanted(tx, scope, team, MANAGE).await?,
        None => before.audience,
    };
    if said.trim().is_empty() {
        return Err(ToolRefusal::Empty.into());
    }
    must_be_free(tx, audience, &shortcut, Some(id)).await?;
    let (scope, scope_id) = (audience.kind().name(), audience.id());
    if write(tx, text, args![id, &shortcut, &title, &said, scope, scope_id, before.version]).await? == 0 {
        return Err(ToolRefusal::Changed { version: before.version + 1 }.into());
    }
    let fields = [
        ("shortcut", shortcut != before.shortcut),
        ("title", title != before.title),
        ("text", said != before.text),
        ("scope", audience != before.audience),
    ];
    let fields: Vec<_> = fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect();
    let event = Event::new("canned_response.updated", subject(id)).payload(json!({ "fields": fields }));
    let (old, new) = (json!({ "title": before.title, "text": before.text }), json!({ "title": title, "text": said }));
    tx.record(event.details(&old, &new));
    canned_response(tx, id).await
}

/// Deletes one; for a day it can be brought back.
///
/// # Errors
/// Not found, or somebody else's.
pub async fn delete_canned_response(tx: &mut Tx<CannedResponseManage>, id: CannedResponseId) -> Result<(), Refusal> {
    let text = sql!("update canned_responses set deleted_at = $3 where workspace_id = $1 and id = $2");
    let before = canned_response(tx, id).await?;
    must_manage(tx, MANAGE, before.created_by)?;
    let now = tx.now();
    tx.run(text, args![id, now]).await?;
    undo::can_be_undone(tx, &Step::CannedResponseDeleted { id })?;
    let event = Event::new("canned_response.deleted", subject(id));
    tx.record(event.details(&json!({ "title": before.title, "text": before.text }), &json!(null)));
    Ok(())
}

/// Brings a deleted one back.
pub(crate) async fn restore(work: &mut Work, id: CannedResponseId) -> Result<(), Refusal> {
    let deleted = sql!(
        "select scope, scope_id, shortcut, created_by from canned_responses
         where workspace_id = $1 and id = $2 and deleted_at is not null"
    );
    let text = sql!("update canned_responses set deleted_at = null where workspace_id = $1 and id = $2");
    let mut row = work.first(deleted, args![id]).await?.ok_or(ToolRefusal::Overtaken)?;
    let (scope, scope_id): (String, _) = (row.take(0)?, row.take(1)?);
    let shortcut: String = row.take(2)?;
    must_manage(work, MANAGE, row.take(3)?)?;
    must_be_free(work, Audience::read(&scope, scope_id)?, &shortcut, Some(id)).await?;
    write(work, text, args![id]).await?;
    work.record(Event::new("canned_response.restored", subject(id)));
    Ok(())
}

/// Counts that one was sent. What its sender cannot find, or is gone, is not counted.
pub(crate) async fn used(work: &mut Work, id: CannedResponseId) -> Result<(), Error> {
    let text = sql!(
        "update canned_responses set usage_count = usage_count + 1, last_used_at = $3
         where workspace_id = $1 and id = $2"
    );
    match canned_response(work, id).await {
        Ok(_) => {
            let now = work.now();
            work.mark(text, args![id, now]).await.map(drop)
        }
        Err(Refusal::Vault(Error::NotFound)) => Ok(()),
        Err(Refusal::Vault(error)) => Err(error),
        Err(_) => Ok(()),
    }
}

fn subject(id: CannedResponseId) -> Subject {
    Subject::new("canned_response", id)
}

async fn count(session: &mut Session, audience: Audience) -> Result<i64, Error> {
    let text = sql!(
        "select count(*) from canned_responses
         where workspace_id = $1 and scope = $2 and scope_id = $3 and deleted_at is null"
    );
    let row = session.first(text, args![audience.kind().name(), audience.id()]).await?;
    row.ok_or(Error::NotFound)?.take(0)
}

async fn must_be_free(
    session: &mut Session,
    audience: Audience,
    shortcut: &str,
    but: Option<CannedResponseId>,
) -> Result<(), Refusal> {
    let text = sql!(
        "select id from canned_responses
         where workspace_id = $1 and scope = $2 and scope_id = $3 and shortcut = $4 and deleted_at is null"
    );
    let row = session.first(text, args![audience.kind().name(), audience.id(), shortcut]).await?;
    match row.map(|mut row| row.take::<CannedResponseId>(0)).transpose()? {
        Some(other) if Some(other) != but => Err(ToolRefusal::ShortcutTaken.into()),
        _ => Ok(()),
    }
}

/// Who writes the same shortcut at the same moment is told so too.
async fn write(work: &mut Work, text: TenantSql, values: &[Value]) -> Result<u64, Refusal> {
    match work.run(text, values).await {
        Err(Error::Conflict(_)) => Err(ToolRefusal::ShortcutTaken.into()),
        written => Ok(written?),
    }
}
