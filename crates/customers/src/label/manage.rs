//! Making, changing, merging and deleting labels.

use kernel::{LabelId, LabelName, ShortText, fold};
use serde_json::{Value as Json, json};
use tenancy::{Error, Event, LabelManage, Permission, Reach, Right, Subject, Tx, Work, args, sql};

use super::{Label, link, read};
use crate::Refusal;

/// More labels than this nobody overlooks.
pub const MOST_IN_WORKSPACE: i64 = 300;

/// A label to be made.
#[derive(Debug, Clone)]
pub struct NewLabel {
    pub name: LabelName,
    /// A hue, 0 to 359.
    pub color: i64,
    pub icon: Option<LabelName>,
    pub purpose: ShortText,
}

/// What to change; what is `None` stays. An inner `None` takes the sign away.
#[derive(Debug, Clone)]
pub struct LabelChange {
    /// The version that was looked at.
    pub version: i64,
    pub name: Option<LabelName>,
    pub color: Option<i64>,
    pub icon: Option<Option<LabelName>>,
    pub purpose: Option<ShortText>,
}

/// Makes a label.
///
/// # Errors
/// The name is taken, there are too many, or the colour is no hue.
pub async fn create_label(tx: &mut Tx<LabelManage>, new: NewLabel) -> Result<Label, Refusal> {
    let count = sql!("select count(*) from labels where workspace_id = $1 and archived_at is null");
    if tx.first(count, &[]).await?.map_or(Ok(0), |mut row| row.take(0))? >= MOST_IN_WORKSPACE {
        return Err(Refusal::TooManyLabels);
    }
    let color = hue(new.color)?;
    let insert = sql!(
        "insert into labels (workspace_id, id, name, name_folded, color, icon, purpose, created_by, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)"
    );
    let (id, now): (LabelId, _) = (tx.ids().next(), tx.now());
    let by = tx.viewer().member;
    let (name, icon) = (&*new.name, new.icon.as_deref());
    free_name(tx.run(insert, args![id, name, fold(name), color, icon, &*new.purpose, by, now]).await)?;
    let label = find(tx, id).await?;
    tx.record(Event::new("label.created", Subject::new("label", id)).details(&Json::Null, &told(&label)));
    Ok(label)
}

/// Changes a label, on everything that carries it.
///
/// # Errors
/// No such label, not one's own, changed by somebody else meanwhile, or the name is taken.
pub async fn update_label(tx: &mut Tx<LabelManage>, id: LabelId, change: LabelChange) -> Result<Label, Refusal> {
    let before = held(tx, id).await?;
    if before.version != change.version {
        return Err(Refusal::LabelChanged { version: before.version });
    }
    let after = Label {
        name: change.name.map_or_else(|| before.name.clone(), String::from),
        color: change.color.map_or(Ok(before.color), hue)?,
        icon: change.icon.map_or_else(|| before.icon.clone(), |icon| icon.map(String::from)),
        purpose: change.purpose.map_or_else(|| before.purpose.clone(), String::from),
        version: before.version + 1,
        ..before.clone()
    };
    let fields = [
        ("name", before.name != after.name),
        ("color", before.color != after.color),
        ("icon", before.icon != after.icon),
        ("purpose", before.purpose != after.purpose),
    ];
    let fields: Vec<_> = fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect();
    if fields.is_empty() {
        return Ok(before);
    }
    let text = sql!(
        "update labels set name = $3, name_folded = $4, color = $5, icon = $6, purpose = $7, version = version + 1
         where workspace_id = $1 and id = $2"
    );
    let values = args![id, &after.name, fold(&after.name), after.color, after.icon.as_deref(), &after.purpose];
    free_name(tx.run(text, values).await)?;
    let event = Event::new("label.updated", Subject::new("label", id)).payload(json!({ "fields": fields }));
    tx.record(event.details(&told(&before), &told(&after)));
    Ok(after)
}

/// Deletes a label. What carried it keeps the link, which names nothing any more: bringing the label back brings all
/// of it back.
///
/// # Errors
/// No such label, or not one's own.
pub async fn delete_label(tx: &mut Tx<LabelManage>, id: LabelId) -> Result<(), Refusal> {
    let gone = held(tx, id).await?;
    archive(tx, id, None).await?;
    tx.record(Event::new("label.deleted", Subject::new("label", id)).details(&told(&gone), &Json::Null));
    tx.can_be_undone(json!({ "kind": "label_deleted", "id": id }));
    Ok(())
}

/// Brings a deleted label back, on everything that carried it.
///
/// # Errors
/// No such deleted label, or its name is taken by now.
pub async fn restore_label(work: &mut Work, id: LabelId) -> Result<(), Refusal> {
    let text = sql!(
        "update labels set archived_at = null, version = version + 1
         where workspace_id = $1 and id = $2 and archived_at is not null and merged_into is null"
    );
    match work.run(text, args![id]).await {
        Ok(0) => Err(Error::NotFound.into()),
        written => {
            free_name(written)?;
            work.record(Event::new("label.restored", Subject::new("label", id)));
            Ok(())
        }
    }
}

/// Puts one label in the place of another: everything that carried the one carries the other. A merged label is gone,
/// so no chain of merges ever comes back to where it began.
///
/// # Errors
/// No such label, not one's own, or both are the same.
pub async fn merge_label(tx: &mut Tx<LabelManage>, id: LabelId, into: LabelId) -> Result<Label, Refusal> {
    if id == into {
        return Err(Refusal::LabelIntoItself);
    }
    // In the order of their ids, so that two who merge each into the other wait for one another once.
    hold(tx, id.min(into)).await?;
    hold(tx, id.max(into)).await?;
    let gone = held(tx, id).await?;
    let kept = find(tx, into).await?;
    if kept.archived {
        return Err(Error::NotFound.into());
    }
    let moved = link::move_all(tx, id, into).await?;
    archive(tx, id, Some(into)).await?;
    let payload = json!({ "into": into, "conversations": moved.conversations, "customers": moved.customers });
    let event = Event::new("label.merged", Subject::new("label", id)).payload(payload);
    tx.record(event.details(&told(&gone), &told(&kept)));
    Ok(kept)
}

async fn archive(work: &mut Work, id: LabelId, merged_into: Option<LabelId>) -> Result<(), Error> {
    let text = sql!(
        "update labels set archived_at = $3, merged_into = $4, version = version + 1
         where workspace_id = $1 and id = $2"
    );
    let now = work.now();
    work.run(text, args![id, now, merged_into]).await.map(drop)
}

async fn hold(work: &mut Work, id: LabelId) -> Result<(), Error> {
    let text = sql!("update labels set version = version where workspace_id = $1 and id = $2 returning id");
    work.first(text, args![id]).await?.map(drop).ok_or(Error::NotFound)
}

async fn find(work: &mut Work, id: LabelId) -> Result<Label, Error> {
    let text = sql!(
        "select id, name, color, icon, purpose, key, created_by, archived_at, version from labels
         where workspace_id = $1 and id = $2"
    );
    work.first(text, args![id]).await?.map(read).ok_or(Error::NotFound)?
}

/// A living label that the actor may change, its row held.
async fn held(tx: &mut Tx<LabelManage>, id: LabelId) -> Result<Label, Refusal> {
    hold(tx, id).await?;
    let label = find(tx, id).await?;
    if label.archived {
        return Err(Error::NotFound.into());
    }
    let viewer = tx.viewer();
    if viewer.reach(Permission::LabelManage) == Reach::Own && !label.is_own(&viewer) {
        return Err(Error::NotOwn { right: LabelManage::RIGHT }.into());
    }
    Ok(label)
}

fn hue(color: i64) -> Result<i64, Refusal> {
    if (0..360).contains(&color) { Ok(color) } else { Err(Refusal::LabelColor) }
}

fn free_name(written: Result<u64, Error>) -> Result<(), Refusal> {
    match written {
        Err(Error::Conflict(_)) => Err(Refusal::LabelNameTaken),
        written => Ok(written.map(drop)?),
    }
}

fn told(label: &Label) -> Json {
    json!({ "name": label.name, "color": label.color, "icon": label.icon, "purpose": label.purpose })
}
