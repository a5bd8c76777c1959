//! What carries which label. The links are rows; beside them each conversation and customer keeps its labels as ids
//! with commas, so that a list reads no further table.

use kernel::{ConversationId, CustomerId, LabelId};
use serde_json::json;
use tenancy::{Error, Event, LabelApply, Subject, TenantSql, Tx, Work, args, sql};
use uuid::Uuid;

use super::{Applicable, applicable};
use crate::{Customer, Refusal, show};

/// More labels than this on one thing tell nothing.
pub const MOST_LABELS: usize = 20;

/// What can carry a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Labelled {
    Conversation(ConversationId),
    Customer(CustomerId),
}

/// The statements of one kind of thing.
struct Texts {
    link: TenantSql,
    unlink: TenantSql,
    linked: TenantSql,
    keep: TenantSql,
}

impl Labelled {
    fn id(self) -> Uuid {
        match self {
            Self::Conversation(id) => id.into(),
            Self::Customer(id) => id.into(),
        }
    }

    const fn texts(self) -> Texts {
        match self {
            Self::Conversation(_) => Texts {
                link: sql!(
                    "insert into conversation_labels (workspace_id, conversation_id, label_id, applied_at)
                     values ($1, $2, $3, $4)"
                ),
                unlink: sql!(
                    "delete from conversation_labels where workspace_id = $1 and conversation_id = $2 and label_id = $3"
                ),
                linked: sql!(
                    "select label_id from conversation_labels where workspace_id = $1 and conversation_id = $2
                     order by applied_at, label_id"
                ),
                keep: sql!(
                    "update conversations set label_ids = $3, version = version + 1
                     where workspace_id = $1 and id = $2"
                ),
            },
            Self::Customer(_) => Texts {
                link: sql!(
                    "insert into customer_labels (workspace_id, customer_id, label_id, applied_at)
                     values ($1, $2, $3, $4)"
                ),
                unlink: sql!(
                    "delete from customer_labels where workspace_id = $1 and customer_id = $2 and label_id = $3"
                ),
                linked: sql!(
                    "select label_id from customer_labels where workspace_id = $1 and customer_id = $2
                     order by applied_at, label_id"
                ),
                keep: sql!(
                    "update customers set label_ids = $3, version = version + 1 where workspace_id = $1 and id = $2"
                ),
            },
        }
    }
}

/// Ids with commas between them, as a conversation and a customer keep their labels.
///
/// # Errors
/// [`Error::Corrupt`].
pub fn label_ids(text: &str) -> Result<Vec<LabelId>, Error> {
    let ids = text.split(',').filter(|id| !id.is_empty());
    ids.map(|id| id.parse().map_err(|_| Error::Corrupt(format!("the labels {text:?}")))).collect()
}

/// Puts a label on something whose row is held; says whether it was not there before.
///
/// # Errors
/// The thing carries too many, or the database refuses.
pub async fn link(work: &mut Work, on: Labelled, label: LabelId) -> Result<bool, Refusal> {
    let before = linked(work, on).await?;
    if before.contains(&label) {
        return Ok(false);
    }
    if before.len() >= MOST_LABELS {
        return Err(Refusal::TooManyLabelsHere);
    }
    let now = work.now();
    work.run(on.texts().link, args![on.id(), label, now]).await?;
    keep(work, on).await?;
    Ok(true)
}

/// Takes a label off something whose row is held; says whether it was there.
///
/// # Errors
/// The database refuses.
pub async fn unlink(work: &mut Work, on: Labelled, label: LabelId) -> Result<bool, Error> {
    if work.run(on.texts().unlink, args![on.id(), label]).await? == 0 {
        return Ok(false);
    }
    keep(work, on).await?;
    Ok(true)
}

/// In the order in which they were put on.
async fn linked(work: &mut Work, on: Labelled) -> Result<Vec<LabelId>, Error> {
    let rows = work.all(on.texts().linked, args![on.id()]).await?;
    rows.into_iter().map(|mut row| row.take(0)).collect()
}

/// Writes the ids beside the thing.
async fn keep(work: &mut Work, on: Labelled) -> Result<(), Error> {
    let ids: Vec<_> = linked(work, on).await?.iter().map(LabelId::to_string).collect();
    work.run(on.texts().keep, args![on.id(), ids.join(",")]).await.map(drop)
}

/// Puts a label on a customer whose profile the actor may open.
///
/// # Errors
/// Out of sight, no such label, or too many.
pub async fn put_on_customer(tx: &mut Tx<LabelApply>, id: CustomerId, label: LabelId) -> Result<Customer, Refusal> {
    hold(tx, id).await?;
    let label = match applicable(tx, label).await? {
        Applicable::Label(label) => label,
        Applicable::Member(member) => LabelId(member.into()),
    };
    if link(tx, Labelled::Customer(id), label).await? {
        record(tx, "label.applied", id, label);
    }
    show(tx, id).await
}

/// Takes a label off a customer whose profile the actor may open, also one that is put on nothing any more.
///
/// # Errors
/// Out of sight.
pub async fn take_from_customer(tx: &mut Tx<LabelApply>, id: CustomerId, label: LabelId) -> Result<Customer, Refusal> {
    hold(tx, id).await?;
    if unlink(tx, Labelled::Customer(id), label).await? {
        record(tx, "label.removed", id, label);
    }
    show(tx, id).await
}

async fn hold(work: &mut Work, id: CustomerId) -> Result<(), Refusal> {
    let text = sql!("update customers set version = version where workspace_id = $1 and id = $2");
    work.mark(text, args![id]).await?;
    show(work, id).await.map(drop)
}

fn record(work: &mut Work, kind: &'static str, customer: CustomerId, label: LabelId) {
    let event = Event::new(kind, Subject::new("customer", customer));
    work.record(event.payload(json!({ "customer_id": customer, "label_id": label })));
}

/// How many things changed their label.
pub(super) struct Moved {
    pub(super) conversations: u64,
    pub(super) customers: u64,
}

/// Puts one label in the place of another, wherever it is.
pub(super) async fn move_all(work: &mut Work, from: LabelId, into: LabelId) -> Result<Moved, Error> {
    // Of those who carry both, the one goes; each rest of a pair of commas is looked for on either side.
    let both = [
        sql!(
            "update conversations set version = version + 1,
                label_ids = replace(replace(label_ids, ',' || $4, ''), $4 || ',', '')
             where workspace_id = $1 and id in (
                select f.conversation_id from conversation_labels f
                join conversation_labels i on i.workspace_id = f.workspace_id
                    and i.conversation_id = f.conversation_id and i.label_id = $3
                where f.workspace_id = $1 and f.label_id = $2)"
        ),
        sql!(
            "update customers set version = version + 1,
                label_ids = replace(replace(label_ids, ',' || $4, ''), $4 || ',', '')
             where workspace_id = $1 and id in (
                select f.customer_id from customer_labels f
                join customer_labels i on i.workspace_id = f.workspace_id
                    and i.customer_id = f.customer_id and i.label_id = $3
                where f.workspace_id = $1 and f.label_id = $2)"
        ),
    ];
    let one = [
        sql!(
            "update conversations set version = version + 1, label_ids = replace(label_ids, $3, $4)
             where workspace_id = $1 and id in (
                select f.conversation_id from conversation_labels f where f.workspace_id = $1 and f.label_id = $2)"
        ),
        sql!(
            "update customers set version = version + 1, label_ids = replace(label_ids, $3, $4)
             where workspace_id = $1 and id in (
                select f.customer_id from customer_labels f where f.workspace_id = $1 and f.label_id = $2)"
        ),
    ];
    let drop_both = [
        sql!(
            "delete from conversation_labels where workspace_id = $1 and label_id = $2 and conversation_id in (
                select i.conversation_id from conversation_labels i where i.workspace_id = $1 and i.label_id = $3)"
        ),
        sql!(
            "delete from customer_labels where workspace_id = $1 and label_id = $2 and customer_id in (
                select i.customer_id from customer_labels i where i.workspace_id = $1 and i.label_id = $3)"
        ),
    ];
    let relink = [
        sql!("update conversation_labels set label_id = $3 where workspace_id = $1 and label_id = $2"),
        sql!("update customer_labels set label_id = $3 where workspace_id = $1 and label_id = $2"),
    ];
    let (old, new) = (from.to_string(), into.to_string());
    let mut moved = [0; 2];
    for thing in 0..2 {
        moved[thing] += work.run(both[thing], args![from, into, &old]).await?;
        work.run(drop_both[thing], args![from, into]).await?;
        moved[thing] += work.run(one[thing], args![from, &old, &new]).await?;
        work.run(relink[thing], args![from, into]).await?;
    }
    let [conversations, customers] = moved;
    Ok(Moved { conversations, customers })
}
