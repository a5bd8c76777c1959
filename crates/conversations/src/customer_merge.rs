//! What becoming one means for a customer's tasks, and for whose assigned contact they are.

use std::collections::BTreeMap;

use customers::{Customer, masking::Exposure, merge::Moved};
use kernel::{CustomerId, MemberId, TaskId};
use tenancy::{Error, Permission, Reach, RightId, Session, Work, args, sql};

use crate::{Refusal, ToolRefusal, merge::Undoing, undo::Contact};

/// Makes one part of the other.
pub(crate) async fn join(work: &mut Work, source: &Customer, target: &Customer) -> Result<Undoing, Refusal> {
    let tasks = sql!("update tasks set customer_id = $3 where workspace_id = $1 and customer_id = $2 returning id");
    let theirs = contacts(work, source.id).await?;
    let before = contacts(work, target.id).await?;
    let moved = customers::merge::join(work, source, target).await?;
    let rows = work.all(tasks, args![source.id, target.id]).await?.into_iter();
    let tasks = rows.map(|mut row| row.take(0)).collect::<Result<_, _>>()?;
    // The longer of the two counts; without an end is longest.
    for (member, contact) in &theirs {
        let lasts = |contact: &Contact| contact.until.map_or(i64::MAX, kernel::Timestamp::millis);
        if before.get(member).is_some_and(|there| lasts(there) >= lasts(contact)) {
            continue;
        }
        match contact.until {
            None => customers::assigned(work, target.id, *member).await?,
            until => customers::contact_again(work, target.id, *member, until).await?,
        }
    }
    let after = contacts(work, target.id).await?;
    let changed = after.iter().filter(|(member, contact)| before.get(*member) != Some(*contact));
    let contacts = changed.map(|(member, _)| (*member, before.get(member).copied())).collect();
    Ok(Undoing::Customer { moved, tasks, contacts })
}

/// Parts the two again; the one that has been there all along must still be the actor's to change.
pub(crate) async fn part(
    work: &mut Work,
    (source, target): (CustomerId, CustomerId),
    moved: &Moved,
    tasks: &[TaskId],
    contacts: &BTreeMap<MemberId, Option<Contact>>,
) -> Result<(), Refusal> {
    let still = sql!("select 1 from customers where workspace_id = $1 and id = $2 and merged_into = $3");
    let task = sql!("update tasks set customer_id = $3 where workspace_id = $1 and id = $2 and customer_id = $4");
    let (viewer, whole) = (work.viewer(), customers::show(work, target).await?);
    let permission = Permission::CustomerEdit;
    if viewer.reach(permission) == Reach::Own && !whole.is_own(permission, &viewer) {
        return Err(Error::NotOwn { right: RightId::Catalogue(permission) }.into());
    }
    if whole.exposure(&viewer) != Exposure::Clear {
        return Err(customers::Refusal::Masked.into());
    }
    if work.first(still, args![source, target]).await?.is_none() {
        return Err(ToolRefusal::Overtaken.into());
    }
    customers::merge::part(work, source, target, moved).await?;
    for id in tasks {
        work.run(task, args![*id, source, target]).await?;
    }
    for (member, before) in contacts {
        if in_hand(work, target, *member).await? {
            continue;
        }
        match before {
            Some(Contact { until: None }) => customers::released(work, target, *member).await?,
            before => customers::contact_again(work, target, *member, before.and_then(|before| before.until)).await?,
        }
    }
    Ok(())
}

/// Whose contact the customer is, and until when.
pub(crate) async fn contacts(session: &mut Session, id: CustomerId) -> Result<BTreeMap<MemberId, Contact>, Error> {
    let text = sql!("select member_id, until from customer_assignees where workspace_id = $1 and customer_id = $2");
    let rows = session.all(text, args![id]).await?.into_iter();
    rows.map(|mut row| Ok((row.take(0)?, Contact { until: row.take(1)? }))).collect()
}

/// Whether the member has a conversation of the customer in hand, or of one that became part of them.
pub(crate) async fn in_hand(session: &mut Session, id: CustomerId, member: MemberId) -> Result<bool, Error> {
    let text = sql!(
        "select 1 from conversations
         where workspace_id = $1 and assignee_id = $3 and status in ('open', 'snoozed') and customer_id in (
            select p.id from customers p where p.workspace_id = $1 and (p.id = $2 or p.merged_into = $2)) limit 1"
    );
    Ok(session.first(text, args![id, member]).await?.is_some())
}
