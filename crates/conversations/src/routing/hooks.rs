//! When routing is asked: what comes in, comes back, is handed over by the AI or gets a label.

use kernel::{ConversationId, LabelId};
use tenancy::Work;

use super::{
    choice::skip_by_name,
    decision::Cause,
    place::{Routed, place, place_by_label, place_in_team},
};
use crate::{
    EscalationReason, Refusal,
    assignment::give_back,
    conversation::{Held, hold_unseen},
};

/// A conversation begins. What happened is to be recorded after its beginning.
pub(crate) async fn arrived(work: &mut Work, id: ConversationId) -> Result<Option<Routed>, Refusal> {
    place(work, id, Cause::Arrived, None).await
}

/// A customer comes back to what was settled or snoozed. Whoever had it keeps it, unless they are not here and the
/// workspace has it assigned anew then.
pub(crate) async fn reopened(work: &mut Work, id: ConversationId) -> Result<(), Refusal> {
    let held = hold_unseen(work, id).await?;
    let Some(member) = held.assignee else { return put_back(work, &held).await };
    let settings = directory::inbox_settings(work).await?;
    if settings.requeue_on_reopen_unavailable && skip_by_name(work, member, held.team).await?.is_some() {
        give_back(work, &held, Cause::Reopened).await?;
        if held.team.is_none() {
            return put_back(work, &Held { assignee: None, ..held }).await;
        }
    }
    Ok(())
}

/// What has a team already stays with it; rules place the rest.
async fn put_back(work: &mut Work, held: &Held) -> Result<(), Refusal> {
    let routed = match held.team {
        Some(_) => place_in_team(work, held, Cause::Reopened, None).await?,
        None => place(work, held.id, Cause::Reopened, None).await?,
    };
    record(work, routed).await
}

/// The AI asks for a person: who has the conversation goes on with it, and rules place what nobody has.
pub(crate) async fn escalated(work: &mut Work, id: ConversationId, reason: EscalationReason) -> Result<(), Refusal> {
    let routed = place(work, id, Cause::Escalated, Some(reason)).await?;
    record(work, routed).await
}

/// A conversation got a label.
pub(crate) async fn labelled(work: &mut Work, held: &Held, label: LabelId) -> Result<(), Refusal> {
    let routed = place_by_label(work, held, label).await?;
    record(work, routed).await
}

async fn record(work: &mut Work, routed: Option<Routed>) -> Result<(), Refusal> {
    match routed {
        Some(routed) => routed.record(work, false).await,
        None => Ok(()),
    }
}
