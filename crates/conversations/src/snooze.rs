//! Out of the way until a time, or until the customer writes.

use std::time::Duration;

use kernel::{ConversationId, Timestamp, days};
use serde_json::json;
use tenancy::{ConversationSetStatus, Housekeeping, Job, Tx};

use crate::{
    Conversation, Refusal, Status,
    conversation::{hold, must_be_own, reread},
    status::{change, record},
    undo::Before,
};

/// The job that wakes a conversation; its payload is `{conversation_id, until}`.
pub const WAKE_JOB: &str = "conversation.wake";
const LONGEST: Duration = days(366);

/// Snoozes a conversation until a time. The wake-up was accepted now, so it happens as a duty of the house, whatever
/// becomes of the member (ruling 27).
///
/// # Errors
/// Out of sight, not one's own, not open, or the time is not within the next year.
pub async fn snooze(
    tx: &mut Tx<ConversationSetStatus>,
    id: ConversationId,
    until: Timestamp,
) -> Result<Conversation, Refusal> {
    must_lie_ahead(tx.now(), until)?;
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    if !held.status.is_living() {
        return Err(Refusal::NotOpen);
    }
    if (held.status, held.snoozed_until) != (Status::Snoozed, Some(until)) {
        let before = Before::of(tx, &held).await?;
        change(tx, &held, Status::Snoozed, Some(until)).await?;
        let payload = json!({ "conversation_id": id, "from": held.status.name(), "until": until });
        record(tx, "conversation.snoozed", &held, payload);
        let key = format!("{id}/{}", until.millis());
        tx.enqueue(Job::new(WAKE_JOB, key, json!({ "conversation_id": id, "until": until })).at(until));
        before.leave(tx).await?;
    }
    reread(tx, id).await
}

/// Within the next year.
pub(crate) fn must_lie_ahead(now: Timestamp, until: Timestamp) -> Result<(), Refusal> {
    if until <= now || until > now.plus(LONGEST) { Err(Refusal::SnoozeTime) } else { Ok(()) }
}

/// Opens a snoozed conversation before its time; any other stays as it is.
///
/// # Errors
/// Out of sight, or not one's own.
pub async fn unsnooze(tx: &mut Tx<ConversationSetStatus>, id: ConversationId) -> Result<Conversation, Refusal> {
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    if held.status == Status::Snoozed {
        let before = Before::of(tx, &held).await?;
        change(tx, &held, Status::Open, None).await?;
        record(tx, "conversation.status_changed", &held, opened(id, "unsnoozed"));
        before.leave(tx).await?;
    }
    reread(tx, id).await
}

/// Opens a conversation whose time has come, unless it was snoozed anew or settled meanwhile. Safe to run twice.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn wake(tx: &mut Tx<Housekeeping>, id: ConversationId, until: Timestamp) -> Result<(), Refusal> {
    let held = hold(tx, id).await?;
    if (held.status, held.snoozed_until) == (Status::Snoozed, Some(until)) {
        change(tx, &held, Status::Open, None).await?;
        record(tx, "conversation.status_changed", &held, opened(id, "wake"));
    }
    Ok(())
}

fn opened(id: ConversationId, cause: &str) -> serde_json::Value {
    json!({ "conversation_id": id, "from": Status::Snoozed.name(), "to": Status::Open.name(), "cause": cause })
}
