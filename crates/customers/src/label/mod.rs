//! Labels: what a team calls things at a glance, on conversations and on customers (C18).
//!
//! A label that came with the workspace keeps its key, whatever it is called and whatever it is merged into. A member
//! is a label too: it has their id and name, and comes and goes with them.

mod link;
mod manage;
mod ready;

use std::collections::HashMap;

use kernel::{LabelId, MemberId, fold};
use serde::Serialize;
use tenancy::{Composed, Error, Permission, Reach, Row, Session, Viewer, Work, args, part, sql};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Refusal;

pub use link::{Labelled, MOST_LABELS, label_ids, link, put_on_customer, take_from_customer, unlink};
pub use manage::{
    LabelChange, MOST_IN_WORKSPACE, NewLabel, create_label, delete_label, merge_label, restore_label, update_label,
};
pub use ready::seed_labels;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LabelKind {
    /// Made by somebody.
    Free,
    /// A member's own.
    Member,
    /// It came with the workspace.
    System,
}

#[derive(Debug, Clone)]
pub struct Label {
    pub id: LabelId,
    pub name: String,
    /// A hue, 0 to 359.
    pub color: i64,
    pub icon: Option<String>,
    /// What it tells the team.
    pub purpose: String,
    pub kind: LabelKind,
    /// What a label that came with the workspace is known by.
    pub key: Option<String>,
    pub created_by: Option<MemberId>,
    /// It is on things and can be put on no more.
    pub archived: bool,
    pub version: i64,
}

impl Label {
    /// Whether the viewer made it.
    pub fn is_own(&self, viewer: &Viewer) -> bool {
        self.created_by.is_some() && self.created_by == viewer.member
    }
}

/// The labels of the workspace: those that came with it, those that people made, and one for each member where its
/// pack has such. Members' names are for those who may see who is here.
///
/// # Errors
/// The database cannot answer.
pub async fn labels(session: &mut Session) -> Result<Vec<Label>, Refusal> {
    let text = sql!(
        "select id, name, color, icon, purpose, key, created_by, archived_at, version from labels
         where workspace_id = $1 and archived_at is null"
    );
    let rows = session.all(text, &[]).await?;
    let mut labels = rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    // Here, because the engines order text differently.
    labels.sort_by_cached_key(|label| (ready::place(label.key.as_deref()), fold(&label.name)));
    labels.extend(members(session).await?);
    Ok(labels)
}

fn read(mut row: Row) -> Result<Label, Error> {
    let key: Option<String> = row.take(5)?;
    Ok(Label {
        id: row.take(0)?,
        name: row.take(1)?,
        color: row.take(2)?,
        icon: row.take(3)?,
        purpose: row.take(4)?,
        kind: if key.is_some() { LabelKind::System } else { LabelKind::Free },
        key,
        created_by: row.take(6)?,
        archived: row.take::<Option<i64>>(7)?.is_some(),
        version: row.take(8)?,
    })
}

/// The labels of members who are here, and of those who are gone while something still carries them.
async fn members(session: &mut Session) -> Result<Vec<Label>, Error> {
    let purpose = ready::purpose_of_members(session).await?;
    let offered = purpose.is_some() && session.viewer().reach(Permission::MemberView) != Reach::None;
    let text = sql!(
        "select m.id, coalesce(m.display_name, a.name), m.status from memberships m
         join accounts a on a.id = m.account_id
         where m.workspace_id = $1 and ((m.status = 'active' and $2 = 1)
            or exists (select 1 from conversation_labels l where l.workspace_id = m.workspace_id and l.label_id = m.id)
            or exists (select 1 from customer_labels l where l.workspace_id = m.workspace_id and l.label_id = m.id))
         order by m.joined_at, m.id"
    );
    let rows = session.all(text, args![offered]).await?.into_iter();
    let read = |mut row: Row| {
        let id: LabelId = row.take(0)?;
        Ok(Label {
            id,
            name: row.take(1)?,
            color: hue_of(id),
            icon: None,
            purpose: purpose.clone().unwrap_or_default(),
            kind: LabelKind::Member,
            key: None,
            created_by: None,
            archived: purpose.is_none() || row.take::<String>(2)? != "active",
            version: 1,
        })
    };
    rows.map(read).collect()
}

/// The hue of a person, by the rule of the interface for faces without a picture.
fn hue_of(id: LabelId) -> i64 {
    let hash = id.to_string().bytes().fold(0u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
    i64::from(hash % 24) * 15
}

/// What labels are or were called, by id; not those of members.
///
/// # Errors
/// The database cannot answer.
pub async fn label_names(session: &mut Session, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Error> {
    let mut query = Composed::new(sql!("select id, name from labels where workspace_id = $1"), &[]);
    query.push(part!("and id in ("), &[]).push_ids(ids);
    let rows = session.list(&query).await?;
    rows.into_iter().map(|mut row| Ok((row.take(0)?, row.take(1)?))).collect()
}

/// A label that can be put on something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applicable {
    Label(LabelId),
    Member(MemberId),
}

/// Holds a label that can be put on something, so that nobody takes it away meanwhile. A label that was merged is the
/// one it was merged into.
///
/// # Errors
/// [`Error::NotFound`] when there is no such label, or no more.
pub async fn applicable(work: &mut Work, id: LabelId) -> Result<Applicable, Error> {
    let hold = sql!(
        "update labels set version = version where workspace_id = $1 and id = $2 returning archived_at, merged_into"
    );
    let mut id = id;
    while let Some(mut row) = work.first(hold, args![id]).await? {
        let archived: Option<i64> = row.take(0)?;
        match (archived, row.take(1)?) {
            (None, _) => return Ok(Applicable::Label(id)),
            (Some(_), Some(into)) => id = into,
            (Some(_), None) => return Err(Error::NotFound),
        }
    }
    let member = MemberId(Uuid::from(id));
    let hold = sql!(
        "update memberships set status = status where workspace_id = $1 and id = $2 and status = 'active' returning id"
    );
    let here = work.first(hold, args![member]).await?.is_some();
    if here && ready::purpose_of_members(work).await?.is_some() {
        return Ok(Applicable::Member(member));
    }
    Err(Error::NotFound)
}

/// The label that came with the workspace under this key, or what it was merged into; `None` where there is none.
///
/// # Errors
/// The database cannot answer.
pub async fn label_of_key(session: &mut Session, key: &str) -> Result<Option<LabelId>, Error> {
    let by_key = sql!("select id, archived_at, merged_into from labels where workspace_id = $1 and key = $2");
    let by_id = sql!("select id, archived_at, merged_into from labels where workspace_id = $1 and id = $2");
    let mut found = session.first(by_key, args![key]).await?;
    while let Some(mut row) = found {
        let archived: Option<i64> = row.take(1)?;
        match (archived, row.take::<Option<LabelId>>(2)?) {
            (None, _) => return row.take(0).map(Some),
            (Some(_), Some(into)) => found = session.first(by_id, args![into]).await?,
            (Some(_), None) => return Ok(None),
        }
    }
    Ok(None)
}
