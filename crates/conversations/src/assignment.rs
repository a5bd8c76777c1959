//! Whose a conversation is.

use kernel::{ConversationId, CustomerId, MemberId};
use serde_json::json;
use tenancy::{
    ConversationAssign, ConversationClaim, Error, Event, Permission, Reach, SightPoint, Subject, Tx, Work, args, sql,
};

use crate::{
    Conversation, Refusal, Visibility,
    conversation::{Held, hold, hold_unseen, must_be_own, reread},
    counters::{self, Place},
};

/// Takes an unassigned conversation for oneself. Of several who try at once one wins (INV-26); who already has it
/// keeps it. The losers are told so even if the winner's claim took it out of their sight, then without a name.
///
/// # Errors
/// Out of sight, somebody else's, or the member cannot be given conversations.
pub async fn claim(tx: &mut Tx<ConversationClaim>, id: ConversationId) -> Result<Conversation, Refusal> {
    let held = hold_unseen(tx, id).await?;
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    let seen = Visibility::of(tx).sees(&held.sight());
    match held.assignee {
        None if !seen => Err(Error::NotFound.into()),
        None => {
            must_be_eligible(tx, me).await?;
            give(tx, &held, Some(me), "conversation.claimed").await?;
            reread(tx, id).await
        }
        Some(assignee) if assignee == me => reread(tx, id).await,
        Some(_) if !seen => Err(Refusal::ClaimLost { assignee: None }),
        Some(_) => Err(Refusal::ClaimLost { assignee: reread(tx, id).await?.assignee }),
    }
}

/// Gives a conversation to a member, whoever had it.
///
/// # Errors
/// Out of sight, not one's own to hand over, no such member, or one who cannot be given conversations.
pub async fn assign(
    tx: &mut Tx<ConversationAssign>,
    id: ConversationId,
    member: MemberId,
) -> Result<Conversation, Refusal> {
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    if held.assignee != Some(member) {
        must_be_eligible(tx, member).await?;
        give(tx, &held, Some(member), "conversation.assigned").await?;
    }
    reread(tx, id).await
}

/// Puts a conversation back into the queue.
///
/// # Errors
/// Out of sight, or not one's own.
pub async fn unassign(tx: &mut Tx<ConversationAssign>, id: ConversationId) -> Result<Conversation, Refusal> {
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    if held.assignee.is_some() {
        give(tx, &held, None, "conversation.unassigned").await?;
    }
    reread(tx, id).await
}

/// INV-26: an assignee is an active membership with `conversation.be_assigned`. Its row is held, so that nobody
/// leaves while being given work.
async fn must_be_eligible(work: &mut Work, member: MemberId) -> Result<(), Refusal> {
    let hold = sql!("update memberships set status = status where workspace_id = $1 and id = $2 returning id");
    work.first(hold, args![member]).await?.ok_or(Error::NotFound)?;
    let standing = work.standing_of(member).await?;
    if !standing.is_active() {
        return Err(Refusal::NotEligible);
    }
    match standing.access().reach(Permission::ConversationBeAssigned) {
        Reach::None => Err(Refusal::NotEligible),
        _ => Ok(()),
    }
}

async fn give(work: &mut Work, held: &Held, to: Option<MemberId>, kind: &'static str) -> Result<(), Refusal> {
    let text =
        sql!("update conversations set assignee_id = $3, version = version + 1 where workspace_id = $1 and id = $2");
    work.run(text, args![held.id, to]).await?;
    counters::moved(work, Some(held.place()), Some(Place { assignee: to, ..held.place() }));
    for member in [held.assignee, to] {
        settle_contact(work, held.customer, member).await?;
    }
    let after = SightPoint { assignee: to, ..held.sight() };
    let payload = json!({ "conversation_id": held.id, "from": held.assignee, "to": to });
    let event = Event::new(kind, Subject::new("conversation", held.id));
    work.record(event.sight(Some(held.sight()), Some(after)).payload(payload));
    Ok(())
}

/// Brings "assigned contact" in line with what the member now has in hand of the customer.
pub(crate) async fn settle_contact(
    work: &mut Work,
    customer: CustomerId,
    member: Option<MemberId>,
) -> Result<(), Error> {
    let Some(member) = member else { return Ok(()) };
    let in_hand = sql!(
        "select 1 from conversations
         where workspace_id = $1 and customer_id = $2 and assignee_id = $3 and status in ('open', 'snoozed') limit 1"
    );
    if work.first(in_hand, args![customer, member]).await?.is_some() {
        customers::assigned(work, customer, member).await?;
    } else {
        customers::released(work, customer, member).await?;
    }
    Ok(())
}
