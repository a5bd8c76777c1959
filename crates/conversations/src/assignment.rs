//! Whose a conversation is.

use kernel::{ConversationId, CustomerId, MemberId, TeamId};
use serde_json::json;
use tenancy::{ConversationAssign, ConversationClaim, Error, Event, Permission, Reach, Subject, Tx, Work, args, sql};

use crate::{
    AssignmentCause, Conversation, Refusal, Status, Visibility,
    conversation::{Held, hold, hold_unseen, must_be_own, reread},
    counters,
    customer_merge::in_hand,
    handover, labelling, routing,
    undo::Before,
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
            let before = Before::of(tx, &held).await?;
            give(tx, &held, Some(me), "conversation.claimed").await?;
            before.leave(tx).await?;
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
        let before = Before::of(tx, &held).await?;
        give(tx, &held, Some(member), "conversation.assigned").await?;
        before.leave(tx).await?;
    }
    reread(tx, id).await
}

/// Gives a conversation to a team, whoever had it; the team's strategy says to whom.
///
/// # Errors
/// Out of sight, not one's own to hand over, or no such team.
pub async fn assign_to_team(
    tx: &mut Tx<ConversationAssign>,
    id: ConversationId,
    team: TeamId,
) -> Result<Conversation, Refusal> {
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    let living = sql!("select 1 from teams where workspace_id = $1 and id = $2 and archived_at is null");
    tx.first(living, args![team]).await?.ok_or(Error::NotFound)?;
    if (held.assignee, held.team) != (None, Some(team)) {
        let before = Before::of(tx, &held).await?;
        give_to_team(tx, &held, team, AssignmentCause::Moved).await?;
        before.leave(tx).await?;
    }
    reread(tx, id).await
}

/// Puts a conversation back into its queue. Where its team shares out by itself, it goes to somebody else.
///
/// # Errors
/// Out of sight, or not one's own.
pub async fn unassign(tx: &mut Tx<ConversationAssign>, id: ConversationId) -> Result<Conversation, Refusal> {
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    if held.assignee.is_some() {
        let before = Before::of(tx, &held).await?;
        let given_back = give(tx, &held, None, "conversation.unassigned").await?;
        choose_again(tx, &given_back, AssignmentCause::Unassigned, held.assignee).await?;
        before.leave(tx).await?;
    }
    reread(tx, id).await
}

/// INV-26: an assignee is an active membership with `conversation.be_assigned`. Its row is held, so that nobody
/// leaves while being given work.
pub(crate) async fn must_be_eligible(work: &mut Work, member: MemberId) -> Result<(), Refusal> {
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

/// Gives a held conversation to a member, or back into its queue; says how it stands then.
pub(crate) async fn give(
    work: &mut Work,
    held: &Held,
    to: Option<MemberId>,
    kind: &'static str,
) -> Result<Held, Refusal> {
    let after = move_to(work, held, Destination { assignee: to, team: held.team, waits_for: None }).await?;
    record(work, kind, (held, &after), None);
    Ok(after)
}

/// Puts a held conversation into a team's queue and has the team choose.
pub(crate) async fn give_to_team(
    work: &mut Work,
    held: &Held,
    team: TeamId,
    cause: AssignmentCause,
) -> Result<(), Refusal> {
    let queued = move_to(work, held, Destination { assignee: None, team: Some(team), waits_for: None }).await?;
    record(work, "conversation.queued", (held, &queued), Some(cause));
    choose_again(work, &queued, cause, None).await
}

/// Takes a held conversation from its member and puts it back into its queue, where its team chooses again, but not the
/// same one.
pub(crate) async fn give_back(work: &mut Work, held: &Held, cause: AssignmentCause) -> Result<(), Refusal> {
    let queued = move_to(work, held, Destination { assignee: None, team: held.team, waits_for: None }).await?;
    record(work, "conversation.unassigned", (held, &queued), Some(cause));
    choose_again(work, &queued, cause, held.assignee).await
}

async fn choose_again(
    work: &mut Work,
    queued: &Held,
    cause: AssignmentCause,
    excluded: Option<MemberId>,
) -> Result<(), Refusal> {
    match routing::place_in_team(work, queued, cause, excluded).await? {
        Some(routed) => routed.record(work, false).await,
        None => Ok(()),
    }
}

fn record(work: &mut Work, kind: &'static str, (before, after): (&Held, &Held), cause: Option<AssignmentCause>) {
    let mut payload = json!({ "conversation_id": before.id, "from": before.assignee, "to": after.assignee });
    if before.team != after.team {
        payload["from_team"] = json!(before.team);
        payload["team"] = json!(after.team);
    }
    if let Some(cause) = cause {
        payload["cause"] = json!(cause.name());
    }
    let event = Event::new(kind, Subject::new("conversation", before.id));
    work.record(event.sight(Some(before.sight()), Some(after.sight())).payload(payload));
}

/// Where a conversation goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Destination {
    pub(crate) assignee: Option<MemberId>,
    /// In whose queue it waits, or waited.
    pub(crate) team: Option<TeamId>,
    /// For whom it waits in everybody's queue.
    pub(crate) waits_for: Option<MemberId>,
}

/// Writes whose a conversation is and where it waits, with everything that follows from it: counters, contacts, and
/// queues whose members have room again. What happened is the caller's to record.
pub(crate) async fn move_to(work: &mut Work, held: &Held, to: Destination) -> Result<Held, Error> {
    let text = sql!(
        "update conversations set assignee_id = $3, team_id = $4, queued_at = $5, queued_for = $6, version = version + 1
         where workspace_id = $1 and id = $2"
    );
    let queued_at = to.assignee.is_none().then(|| work.now());
    work.run(text, args![held.id, to.assignee, to.team, queued_at, to.waits_for]).await?;
    let after = Held { assignee: to.assignee, team: to.team, ..held.clone() };
    counters::moved(work, Some(held.place()), Some(after.place()));
    labelling::follow(work, held, to.assignee).await?;
    handover::overtaken(work, held.id).await?;
    for member in [held.assignee, to.assignee] {
        settle_contact(work, held.customer, member).await?;
    }
    if held.status == Status::Open && held.assignee != to.assignee {
        routing::freed(work, held.assignee).await?;
    }
    Ok(after)
}

/// Brings "assigned contact" in line with what the member now has in hand of the customer.
pub(crate) async fn settle_contact(
    work: &mut Work,
    customer: CustomerId,
    member: Option<MemberId>,
) -> Result<(), Error> {
    let Some(member) = member else { return Ok(()) };
    let whole = customers::merge::whole(work, customer).await?;
    // Who became part of another customer is seen as that one.
    for customer in [customer].into_iter().chain((whole != customer).then_some(whole)) {
        if in_hand(work, customer, member).await? {
            customers::assigned(work, customer, member).await?;
        } else {
            customers::released(work, customer, member).await?;
        }
    }
    Ok(())
}
