//! Answering a hand-over: it is accepted, sent back, taken back by who gave it, or its time runs out.

use kernel::{HandoverId, MemberId, ShortText};
use serde_json::json;
use tenancy::{ConversationAssign, ConversationView, Error, Housekeeping, Permission, Tx, Work, args, sql};

use crate::{
    AssignmentCause, HandedOver, Handover, HandoverState, NoteRefusal, Receiver, Refusal, Status, Visibility,
    assignment::{give, give_back, must_be_eligible},
    conversation::{Held, hold_unseen, reread},
    handover::{find, handed_over, record},
    undo::must_still_hold,
};

/// Takes over what was handed to one, or to a team of one's own; from a team's queue it is claimed by that.
///
/// # Errors
/// No such hand-over, not the actor's, answered already, or the actor cannot be given conversations.
pub async fn accept_handover(tx: &mut Tx<ConversationView>, id: HandoverId) -> Result<HandedOver, Refusal> {
    let (handover, held, me) = to_answer(tx, id).await?;
    end(tx, &handover, HandoverState::Accepted, Some(me), None).await?;
    if held.assignee.is_none() {
        give(tx, &held, Some(me), "conversation.claimed").await?;
    }
    answered(tx, "handover.accepted", &handover, &held, &[handover.from.0]);
    handed_over(tx, id).await
}

/// Sends back what was handed to one, to who gave it.
///
/// # Errors
/// No such hand-over, not the actor's, answered already, or the actor cannot be given conversations.
pub async fn refuse_handover(
    tx: &mut Tx<ConversationView>,
    id: HandoverId,
    reason: Option<&ShortText>,
) -> Result<HandedOver, Refusal> {
    let (handover, held, me) = to_answer(tx, id).await?;
    end(tx, &handover, HandoverState::Refused, Some(me), reason.map(|reason| &**reason)).await?;
    go_back(tx, &held, Some(handover.from.0)).await?;
    answered(tx, "handover.refused", &handover, &held, &[handover.from.0]);
    handed_over(tx, id).await
}

/// Takes a hand-over back that nobody answered yet: the conversation is the giver's again.
///
/// # Errors
/// No such hand-over, somebody else's, or answered already.
pub async fn withdraw_handover(tx: &mut Tx<ConversationAssign>, id: HandoverId) -> Result<HandedOver, Refusal> {
    let (handover, held) = open(tx, id).await?;
    if tx.viewer().member != Some(handover.from.0) {
        return Err(NoteRefusal::NotTheirs.into());
    }
    end(tx, &handover, HandoverState::Withdrawn, Some(handover.from.0), None).await?;
    go_back(tx, &held, Some(handover.from.0)).await?;
    let told: Vec<_> = handover.to.people(tx).await?;
    answered(tx, "handover.withdrawn", &handover, &held, &told);
    handed_over(tx, id).await
}

/// Puts a conversation back into its queue when nobody answered in time. Safe to run twice.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn expire_handover(tx: &mut Tx<Housekeeping>, id: HandoverId) -> Result<(), Refusal> {
    let (handover, held) = match open(tx, id).await {
        Err(Refusal::Note(NoteRefusal::HandoverEnded)) => return Ok(()),
        open => open?,
    };
    // Whoever went on with it took it over, said or unsaid.
    let taken_up = held.last_outbound_seq > handover.seq || !matches!(held.status, Status::Open | Status::Snoozed);
    if taken_up {
        end(tx, &handover, HandoverState::Accepted, held.assignee, None).await?;
        answered(tx, "handover.accepted", &handover, &held, &[handover.from.0]);
    } else {
        end(tx, &handover, HandoverState::Expired, None, None).await?;
        go_back(tx, &held, None).await?;
        answered(tx, "handover.expired", &handover, &held, &[handover.from.0]);
    }
    Ok(())
}

/// An open hand-over whose conversation is held.
async fn open(work: &mut Work, id: HandoverId) -> Result<(Handover, Held), Refusal> {
    let handover = find(work, id).await?;
    let held = hold_unseen(work, handover.conversation_id).await?;
    // Looked at again, now that nobody else answers it.
    let handover = find(work, id).await?;
    match handover.state {
        HandoverState::Open => Ok((handover, held)),
        _ => Err(NoteRefusal::HandoverEnded.into()),
    }
}

/// An open hand-over that is the actor's to answer: it is theirs now, or waits in the queue of a team of theirs, from
/// which they may claim.
async fn to_answer(tx: &mut Tx<ConversationView>, id: HandoverId) -> Result<(Handover, Held, MemberId), Refusal> {
    let seen = find(tx, id).await?;
    let conversation = reread(tx, seen.conversation_id).await?;
    if !Visibility::of(tx).sees(&conversation.sight()) {
        return Err(Error::NotFound.into());
    }
    let (handover, held) = open(tx, id).await?;
    let viewer = tx.viewer();
    let me = viewer.member.ok_or(Error::NotFound)?;
    let theirs = match held.assignee {
        Some(assignee) => assignee == me,
        None => matches!(handover.to, Receiver::Team(team) if viewer.teams.contains(&team)),
    };
    if !theirs {
        return Err(NoteRefusal::NotTheirs.into());
    }
    // A team has members who only watch: the answer is for those who could have taken it.
    if held.assignee.is_none() {
        must_still_hold(tx, Permission::ConversationClaim)?;
        must_be_eligible(tx, me).await?;
    }
    Ok((handover, held, me))
}

/// Back to who gave it, if they can still have it; into its queue otherwise.
async fn go_back(work: &mut Work, held: &Held, giver: Option<MemberId>) -> Result<(), Refusal> {
    let able = match giver {
        Some(giver) => match must_be_eligible(work, giver).await {
            Err(Refusal::NotEligible) => None,
            able => able.map(|()| Some(giver))?,
        },
        None => None,
    };
    match able {
        Some(giver) => give(work, held, Some(giver), "conversation.assigned").await.map(drop),
        None => give_back(work, held, AssignmentCause::HandoverReturned).await,
    }
}

async fn end(
    work: &mut Work,
    handover: &Handover,
    state: HandoverState,
    by: Option<MemberId>,
    reason: Option<&str>,
) -> Result<(), Error> {
    let text = sql!(
        "update handovers set state = $3, answered_at = $4, answered_by = $5, reason = $6
         where workspace_id = $1 and id = $2"
    );
    let now = work.now();
    work.run(text, args![handover.id, state.name(), now, by, reason]).await.map(drop)
}

/// `told` are the members whom it concerns.
fn answered(work: &mut Work, kind: &'static str, handover: &Handover, held: &Held, told: &[MemberId]) {
    let payload = json!({
        "handover_id": handover.id, "conversation_id": held.id, "seq": handover.seq, "members": told,
    });
    record(work, kind, (held, held), payload);
}
