//! Two that become one, and one again: conversations of one customer, and customers of one business. What was split
//! stands here too, as its parts may become one again.

use std::collections::BTreeMap;

use customers::{Customer, masking::Exposure};
use kernel::{ConversationId, CustomerId, LabelId, MemberId, MergeId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{
    ConversationAssign, CustomerEdit, Error, Event, Permission, Reach, Right, RightId, Row, Session, Subject,
    TenantSql, Tx, Work, args, sql,
};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Refusal, Status, ToolRefusal,
    conversation::{Held, hold, must_be_own, named},
    customer_merge, labelling, split, standing,
    standing::Standing,
    status::change,
    undo::{Contact, Moved, Step, can_be_undone, must_still_hold},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MergeKind {
    Conversation,
    Customer,
    /// What came before a message, as a conversation of its own.
    Split,
}

impl MergeKind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Conversation => "conversation",
            Self::Customer => "customer",
            Self::Split => "split",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Conversation, Self::Customer, Self::Split].into_iter().find(|kind| kind.name() == name)
    }
}

/// Something that became part of something else, or was split off what goes on.
#[derive(Debug, Clone)]
pub struct Merge {
    pub id: MergeId,
    pub kind: MergeKind,
    pub source: Uuid,
    pub target: Uuid,
    pub merged_by: MemberId,
    pub merged_by_name: String,
    pub merged_at: Timestamp,
}

/// What it takes to go back.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Undoing {
    Conversation {
        before: Box<Standing>,
        after: Box<Standing>,
        labels: Vec<LabelId>,
        /// Conversations that had become part of the source before.
        parts: Vec<ConversationId>,
    },
    Customer {
        moved: customers::merge::Moved,
        tasks: Vec<TaskId>,
        contacts: BTreeMap<MemberId, Option<Contact>>,
    },
    Split(split::Undoing),
}

/// What became part of a conversation or customer or was split off it, or the other way round, the newest first.
///
/// # Errors
/// Out of sight.
pub async fn merges(session: &mut Session, kind: MergeKind, id: Uuid) -> Result<Vec<Merge>, Refusal> {
    let text = sql!(
        "select g.id, g.source_id, g.target_id, g.merged_by, coalesce(m.display_name, a.name), g.merged_at, g.kind
         from merges g
         join memberships m on m.workspace_id = g.workspace_id and m.id = g.merged_by
         join accounts a on a.id = m.account_id
         where g.workspace_id = $1 and (g.kind = $2 or g.kind = $4) and (g.source_id = $3 or g.target_id = $3)
            and g.undone_at is null
         order by g.merged_at desc, g.id desc limit 100"
    );
    let also = match kind {
        MergeKind::Conversation | MergeKind::Split => {
            crate::show(session, id.into()).await?;
            MergeKind::Split
        }
        MergeKind::Customer => {
            customers::show(session, id.into()).await?;
            MergeKind::Customer
        }
    };
    let read = |mut row: Row| {
        Ok(Merge {
            id: row.take(0)?,
            source: row.take(1)?,
            target: row.take(2)?,
            merged_by: row.take(3)?,
            merged_by_name: row.take(4)?,
            merged_at: row.take(5)?,
            kind: named(&mut row, 6, MergeKind::parse)?,
        })
    };
    Ok(session
        .all(text, args![kind.name(), id, also.name()])
        .await?
        .into_iter()
        .map(read)
        .collect::<Result<_, Error>>()?)
}

/// Makes a conversation part of another one of the same customer: it is archived and points there, its labels go along.
/// What was said stays where it was said.
///
/// # Errors
/// Out of sight, not one's own, of different customers, or one is part of something already.
pub async fn merge_conversations(
    tx: &mut Tx<ConversationAssign>,
    source: ConversationId,
    target: ConversationId,
) -> Result<MergeId, Refusal> {
    let text = sql!("update conversations set merged_into = $3 where workspace_id = $1 and id = $2");
    let parts =
        sql!("update conversations set merged_into = $3 where workspace_id = $1 and merged_into = $2 returning id");
    let (from, into) = hold_both(tx, source, target).await?;
    must_be_own(tx, &from)?;
    let part = sql!(
        "select 1 from conversations where workspace_id = $1 and (id = $2 or id = $3) and merged_into is not null"
    );
    if source == target || tx.first(part, args![source, target]).await?.is_some() {
        return Err(ToolRefusal::MergeCycle.into());
    }
    if customers::merge::whole(tx, from.customer).await? != customers::merge::whole(tx, into.customer).await? {
        return Err(ToolRefusal::MergeCustomers.into());
    }
    must_be_own(tx, &into)?;
    let before = Standing::read(tx, source).await?;
    if from.status != Status::Archived {
        change(tx, &from, Status::Archived, None).await?;
    }
    let after = Standing::read(tx, source).await?;
    let mut labels = Vec::new();
    let there = Standing::read(tx, target).await?.labels;
    for label in before.labels.difference(&there).copied() {
        if labelling::apply(tx, &into, label).await? {
            labels.push(label);
        }
    }
    let rows = tx.all(parts, args![source, target]).await?.into_iter();
    let parts = rows.map(|mut row| row.take(0)).collect::<Result<Vec<ConversationId>, _>>()?;
    tx.run(text, args![source, target]).await?;
    let undoing = Undoing::Conversation { before: Box::new(before), after: Box::new(after), labels, parts };
    let id = write(tx, MergeKind::Conversation, (source.into(), target.into()), &undoing).await?;
    for held in [&from, &into] {
        record(tx, "conversation.merged", held, (source, target));
    }
    Ok(id)
}

/// Both rows, locked in one order whichever way round they are named.
pub(crate) async fn hold_both(
    work: &mut Work,
    source: ConversationId,
    target: ConversationId,
) -> Result<(Held, Held), Refusal> {
    let (first, second) = (source.min(target), source.max(target));
    let (first, second) = (hold(work, first).await?, hold(work, second).await?);
    Ok(if first.id == source { (first, second) } else { (second, first) })
}

/// Makes a customer part of another one of the same business.
///
/// # Errors
/// Out of sight, not one's own, masked, of different businesses, or one is part of something already.
pub async fn merge_customers(
    tx: &mut Tx<CustomerEdit>,
    source: CustomerId,
    target: CustomerId,
) -> Result<MergeId, Refusal> {
    let part = sql!("select 1 from customers where workspace_id = $1 and id = $2 and merged_into = $3");
    let hold = sql!("update customers set version = version where workspace_id = $1 and id = $2");
    for id in [source.min(target), source.max(target)] {
        tx.run(hold, args![id]).await?;
    }
    let from = customers::show(tx, source).await?;
    must_be_editable(tx, &from)?;
    if source == target || tx.first(part, args![target, source]).await?.is_some() {
        return Err(ToolRefusal::MergeCycle.into());
    }
    let into = customers::show(tx, target).await?;
    must_be_editable(tx, &into)?;
    if from.business_id != into.business_id {
        return Err(ToolRefusal::MergeBusinesses.into());
    }
    let undoing = customer_merge::join(tx, &from, &into).await?;
    let id = write(tx, MergeKind::Customer, (source.into(), target.into()), &undoing).await?;
    for customer in [target, source] {
        let event = Event::new("customer.merged", Subject::new("customer", customer));
        tx.record(event.payload(json!({ "customer_id": source, "into": target })));
    }
    Ok(id)
}

fn must_be_editable(tx: &Tx<CustomerEdit>, customer: &Customer) -> Result<(), Refusal> {
    let viewer = tx.viewer();
    if tx.reach(Permission::CustomerEdit) == Reach::Own && !customer.is_own(Permission::CustomerEdit, &viewer) {
        return Err(Error::NotOwn { right: CustomerEdit::RIGHT }.into());
    }
    match customer.exposure(&viewer) {
        Exposure::Clear => Ok(()),
        Exposure::Masked | Exposure::Absent => Err(customers::Refusal::Masked.into()),
    }
}

pub(crate) async fn write(
    work: &mut Work,
    kind: MergeKind,
    (source, target): (Uuid, Uuid),
    undoing: &Undoing,
) -> Result<MergeId, Error> {
    let text = sql!(
        "insert into merges (workspace_id, id, kind, source_id, target_id, moved, merged_by, merged_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let (id, now): (MergeId, _) = (work.ids().next(), work.now());
    let me = work.viewer().member.ok_or(Error::NotFound)?;
    let moved = serde_json::to_string(undoing).map_err(|error| Error::Corrupt(error.to_string()))?;
    work.run(text, args![id, kind.name(), source, target, moved, me, now]).await?;
    can_be_undone(work, &Step::Merge { id })?;
    Ok(id)
}

/// Parts two conversations again, or joins again what was split.
///
/// # Errors
/// No such merge, taken back already, out of sight, not one's own, or what was split off has changed since.
pub async fn part_conversations(tx: &mut Tx<ConversationAssign>, id: MergeId) -> Result<(), Refusal> {
    must_be(tx, id, &[MergeKind::Conversation, MergeKind::Split]).await?;
    part(tx, id, false).await
}

/// Parts two customers again.
///
/// # Errors
/// No such merge, parted already, out of sight, or not one's own.
pub async fn part_customers(tx: &mut Tx<CustomerEdit>, id: MergeId) -> Result<(), Refusal> {
    must_be(tx, id, &[MergeKind::Customer]).await?;
    part(tx, id, false).await
}

/// What a merge is of.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn merge_kind(session: &mut Session, id: MergeId) -> Result<MergeKind, Refusal> {
    let text = sql!("select kind from merges where workspace_id = $1 and id = $2");
    let mut row = session.first(text, args![id]).await?.ok_or(Error::NotFound)?;
    Ok(named(&mut row, 0, MergeKind::parse)?)
}

async fn must_be(session: &mut Session, id: MergeId, kinds: &[MergeKind]) -> Result<(), Refusal> {
    if kinds.contains(&merge_kind(session, id).await?) { Ok(()) } else { Err(Error::NotFound.into()) }
}

/// Parts what a merge made one, or joins what a split made two. `exactly`: all is to stand as it stood before, or nothing is done; otherwise what went on
/// since stays as it is.
pub(crate) async fn part(work: &mut Work, id: MergeId, exactly: bool) -> Result<(), Refusal> {
    let text = sql!(
        "update merges set undone_at = $3 where workspace_id = $1 and id = $2 and undone_at is null
         returning source_id, target_id, moved"
    );
    let now = work.now();
    let mut row = work.first(text, args![id, now]).await?.ok_or(ToolRefusal::Overtaken)?;
    let (source, target, moved): (Uuid, Uuid, String) = (row.take(0)?, row.take(1)?, row.take(2)?);
    match serde_json::from_str(&moved).map_err(|error| Error::Corrupt(error.to_string()))? {
        Undoing::Conversation { before, after, labels, parts } => {
            must_still_hold(work, Permission::ConversationAssign)?;
            let (source, target) = (ConversationId(source), ConversationId(target));
            part_from(work, (source, target), &parts).await?;
            let (from, into) = (hold(work, source).await?, hold(work, target).await?);
            for held in [&from, &into] {
                must_reach(work, Permission::ConversationAssign, held)?;
            }
            for label in labels {
                labelling::remove(work, &into, label).await?;
            }
            let permission = ConversationAssign::RIGHT.name().to_owned();
            let moved = Moved { id: source, permission, before: *before, after: *after, contacts: BTreeMap::new() };
            match standing::go_back(work, &from, Permission::ConversationAssign, &moved).await {
                Err(Refusal::Tool(ToolRefusal::Overtaken)) if !exactly => {}
                outcome => outcome?,
            }
            for held in [&from, &into] {
                record(work, "conversation.parted", held, (source, target));
            }
        }
        Undoing::Customer { moved, tasks, contacts } => {
            must_still_hold(work, Permission::CustomerEdit)?;
            customer_merge::part(work, (source.into(), target.into()), &moved, &tasks, &contacts).await?;
            for customer in [target, source] {
                let event = Event::new("customer.parted", Subject::new("customer", customer));
                work.record(event.payload(json!({ "customer_id": source, "from": target })));
            }
        }
        Undoing::Split(undoing) => {
            must_still_hold(work, Permission::ConversationAssign)?;
            split::join(work, (source.into(), target.into()), &undoing).await?;
        }
    }
    Ok(())
}

async fn part_from(
    work: &mut Work,
    (source, target): (ConversationId, ConversationId),
    parts: &[ConversationId],
) -> Result<(), Error> {
    const PARTED: TenantSql = sql!("update conversations set merged_into = null where workspace_id = $1 and id = $2");
    const AGAIN: TenantSql =
        sql!("update conversations set merged_into = $3 where workspace_id = $1 and id = $2 and merged_into = $4");
    work.run(PARTED, args![source]).await?;
    for id in parts {
        work.run(AGAIN, args![*id, source, target]).await?;
    }
    Ok(())
}

pub(crate) fn must_reach(work: &Work, permission: Permission, held: &Held) -> Result<(), Refusal> {
    let viewer = work.viewer();
    let own = crate::conversation::is_own(viewer.relation(permission), &held.sight(), held.steward, &viewer);
    if viewer.reach(permission) == Reach::Own && !own {
        return Err(Error::NotOwn { right: RightId::Catalogue(permission) }.into());
    }
    Ok(())
}

fn record(work: &mut Work, kind: &'static str, held: &Held, (source, target): (ConversationId, ConversationId)) {
    let sight = Some(held.sight());
    let event = Event::new(kind, Subject::new("conversation", held.id)).sight(sight, sight);
    work.record(event.payload(json!({ "conversation_id": source, "into": target })));
}
