//! Saved searches (RES-018): a filter of the inbox under a name, for oneself or for everybody.

use kernel::{ChannelId, LabelId, Line, MemberId, SavedSearchId, TeamId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{
    Composed, Error, Event, Permission, Reach, RightId, Row, SearchUse, Session, Subject, TenantSql, Tx, Work, args,
    part, sql,
};
use utoipa::ToSchema;

use crate::{
    Assignee, Filter, Mode, Refusal, Sort, Status, Tool, ToolRefusal,
    undo::{self, Step},
};

/// So many has each member.
const MOST: usize = 100;

/// The filter of the conversation list, as it is kept. What it shows is decided anew by whoever looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ListFilter {
    /// `open` unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<FilterAssignee>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team_id: Option<TeamId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label_id: Option<LabelId>,
    /// Only what calls the looking member, or a team of theirs, to a note.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub mentions: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// Only what holds something that the looking member has not read.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unread: bool,
    /// Words of messages or of the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
}

/// Whose conversations: a member's, the looking member's own, or nobody's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FilterAssignee {
    Me,
    Nobody,
    #[serde(untagged)]
    Member(MemberId),
}

impl ListFilter {
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            status: Some(self.status.unwrap_or(Status::Open)),
            mode: self.mode,
            assignee: self.assignee.as_ref().map(|assignee| match assignee {
                FilterAssignee::Me => Assignee::Me,
                FilterAssignee::Nobody => Assignee::Nobody,
                FilterAssignee::Member(member) => Assignee::Member(*member),
            }),
            team: self.team_id,
            label: self.label_id,
            mentions: self.mentions,
            channel: self.channel_id,
            unread: self.unread,
            q: self.q.as_deref().map(str::to_owned),
            sort: self.sort.unwrap_or_default(),
            ..Filter::default()
        }
    }
}

#[derive(Debug, Clone)]
pub struct SavedSearch {
    pub id: SavedSearchId,
    pub name: String,
    pub icon: Option<String>,
    /// Everybody who searches finds it.
    pub shared: bool,
    pub filter: ListFilter,
    pub position: i64,
    pub version: i64,
    pub created_by: MemberId,
}

/// A saved search as it is to be.
#[derive(Debug, Clone)]
pub struct NewSavedSearch {
    pub name: Line,
    pub icon: Option<Line>,
    pub shared: bool,
    pub filter: ListFilter,
}

/// What to change; what is `None` stays.
#[derive(Debug, Clone)]
pub struct SavedSearchChange {
    pub version: i64,
    pub name: Option<Line>,
    pub icon: Option<Option<Line>>,
    pub shared: Option<bool>,
    pub filter: Option<ListFilter>,
    pub position: Option<i64>,
}

const SAVED_SEARCHES: TenantSql = sql!(
    "select s.id, s.name, s.icon, s.scope, s.filter, s.position, s.version, s.created_by
     from saved_searches s where s.workspace_id = $1 and s.deleted_at is null"
);

fn read(mut row: Row) -> Result<SavedSearch, Error> {
    let filter: String = row.take(4)?;
    Ok(SavedSearch {
        id: row.take(0)?,
        name: row.take(1)?,
        icon: row.take(2)?,
        shared: row.take::<String>(3)? == "shared",
        filter: serde_json::from_str(&filter).map_err(|error| Error::Corrupt(error.to_string()))?,
        position: row.take(5)?,
        version: row.take(6)?,
        created_by: row.take(7)?,
    })
}

fn visible(session: &Session) -> Result<Composed, Error> {
    let mut query = Composed::new(SAVED_SEARCHES, &[]);
    let me = session.viewer().member.ok_or(Error::NotFound)?;
    query.push(part!("and (s.scope = 'shared' or s.created_by = ?)"), args![me]);
    Ok(query)
}

/// The member's saved searches and the shared ones, in their order.
///
/// # Errors
/// The database cannot answer.
pub async fn saved_searches(session: &mut Session) -> Result<Vec<SavedSearch>, Refusal> {
    let mut query = visible(session)?;
    query.push(part!("order by s.position, s.created_at, s.id"), &[]);
    Ok(session.list(&query).await?.into_iter().map(read).collect::<Result<_, _>>()?)
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] for what does not exist or is somebody else's.
pub async fn saved_search(session: &mut Session, id: SavedSearchId) -> Result<SavedSearch, Refusal> {
    let mut query = visible(session)?;
    query.push(part!("and s.id = ?"), args![id]);
    Ok(session.list(&query).await?.into_iter().next().map(read).ok_or(Error::NotFound)??)
}

/// Keeps a search under a name, after those that are there.
///
/// # Errors
/// The member has too many already.
pub async fn create_saved_search(tx: &mut Tx<SearchUse>, new: NewSavedSearch) -> Result<SavedSearch, Refusal> {
    let text = sql!(
        "insert into saved_searches (workspace_id, id, name, icon, scope, filter, position, version, created_by,
            created_at)
         values ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9)"
    );
    let all = saved_searches(tx).await?;
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    if all.iter().filter(|search| search.created_by == me).count() >= MOST {
        return Err(ToolRefusal::TooMany { tool: Tool::SavedSearch, most: MOST }.into());
    }
    let position = all.iter().map(|search| search.position).max().unwrap_or(0) + 1;
    let (id, now): (SavedSearchId, _) = (tx.ids().next(), tx.now());
    let (icon, filter) = (new.icon.as_deref(), kept(&new.filter)?);
    tx.run(text, args![id, &*new.name, icon, scope(new.shared), filter, position, me, now]).await?;
    let event = Event::new("saved_search.created", subject(id)).payload(json!({ "scope": scope(new.shared) }));
    tx.record(event.details(&json!(null), &json!({ "name": &*new.name })));
    saved_search(tx, id).await
}

/// Changes one's own, or, of who may change the workspace's settings, a shared one.
///
/// # Errors
/// Not found, somebody else's, or changed since.
pub async fn update_saved_search(
    tx: &mut Tx<SearchUse>,
    id: SavedSearchId,
    change: SavedSearchChange,
) -> Result<SavedSearch, Refusal> {
    let text = sql!(
        "update saved_searches set name = $3, icon = $4, scope = $5, filter = $6, position = $7, version = version + 1
         where workspace_id = $1 and id = $2 and version = $8"
    );
    let before = saved_search(tx, id).await?;
    must_change(tx, &before)?;
    if before.version != change.version {
        return Err(ToolRefusal::Changed { version: before.version }.into());
    }
    let name = change.name.map_or_else(|| before.name.clone(), String::from);
    let icon = change.icon.map_or_else(|| before.icon.clone(), |icon| icon.map(String::from));
    let shared = change.shared.unwrap_or(before.shared);
    let filter = kept(&change.filter.unwrap_or(before.filter))?;
    let position = change.position.unwrap_or(before.position);
    let values = args![id, &name, icon, scope(shared), filter, position, before.version];
    if tx.run(text, values).await? == 0 {
        return Err(ToolRefusal::Changed { version: before.version + 1 }.into());
    }
    let event = Event::new("saved_search.updated", subject(id)).payload(json!({ "scope": scope(shared) }));
    tx.record(event.details(&json!({ "name": before.name }), &json!({ "name": name })));
    saved_search(tx, id).await
}

/// Deletes one; for a day it can be brought back.
///
/// # Errors
/// Not found, or somebody else's.
pub async fn delete_saved_search(tx: &mut Tx<SearchUse>, id: SavedSearchId) -> Result<(), Refusal> {
    let text = sql!("update saved_searches set deleted_at = $3 where workspace_id = $1 and id = $2");
    let before = saved_search(tx, id).await?;
    must_change(tx, &before)?;
    let now = tx.now();
    tx.run(text, args![id, now]).await?;
    undo::can_be_undone(tx, &Step::SavedSearchDeleted { id })?;
    let event = Event::new("saved_search.deleted", subject(id));
    tx.record(event.details(&json!({ "name": before.name }), &json!(null)));
    Ok(())
}

/// Brings a deleted one back.
pub(crate) async fn restore(work: &mut Work, id: SavedSearchId) -> Result<(), Refusal> {
    let text = sql!(
        "update saved_searches set deleted_at = null where workspace_id = $1 and id = $2 and deleted_at is not null"
    );
    if work.run(text, args![id]).await? == 0 {
        return Err(ToolRefusal::Overtaken.into());
    }
    work.record(Event::new("saved_search.restored", subject(id)));
    Ok(())
}

fn must_change(work: &Work, search: &SavedSearch) -> Result<(), Refusal> {
    let edits = work.reach(Permission::WorkspaceEditSettings) != Reach::None;
    if work.viewer().member == Some(search.created_by) || (search.shared && edits) {
        return Ok(());
    }
    Err(Error::NotOwn { right: RightId::Catalogue(Permission::SearchUse) }.into())
}

fn subject(id: SavedSearchId) -> Subject {
    Subject::new("saved_search", id)
}

const fn scope(shared: bool) -> &'static str {
    if shared { "shared" } else { "private" }
}

fn kept(filter: &ListFilter) -> Result<String, Error> {
    serde_json::to_string(filter).map_err(|error| Error::Corrupt(error.to_string()))
}
