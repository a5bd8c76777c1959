//! What the clock does in conversations: each job is one operation in one transaction.

use kernel::{ConversationId, HandoverId, ScheduledMessageId, TaskId, Timestamp};
use serde::Deserialize;
use tenancy::{Housekeeping, OnDuty, RunningJob, Tx};

/// A snooze that ends.
#[derive(Deserialize)]
struct Wake {
    conversation_id: ConversationId,
    until: Timestamp,
}

/// # Errors
/// The job is malformed, or the database fails.
pub(crate) async fn wake(duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    let Wake { conversation_id, until } = payload(job)?;
    let mut tx = begin(duty, job).await?;
    let outcome = conversations::wake(&mut tx, conversation_id, until).await;
    tx.settle(outcome).await.map_err(|error| error.to_string())
}

/// A task that somebody is to be reminded of.
#[derive(Deserialize)]
struct Remind {
    task_id: TaskId,
    remind_at: Timestamp,
}

/// # Errors
/// The job is malformed, or the database fails.
pub(crate) async fn remind(duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    let Remind { task_id, remind_at } = payload(job)?;
    let mut tx = begin(duty, job).await?;
    let outcome = conversations::remind(&mut tx, task_id, remind_at).await;
    tx.settle(outcome).await.map_err(|error| error.to_string())
}

/// A hand-over whose time is over.
#[derive(Deserialize)]
struct Expire {
    handover_id: HandoverId,
}

/// # Errors
/// The job is malformed, or the database fails.
pub(crate) async fn expire_handover(duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    let Expire { handover_id } = payload(job)?;
    let mut tx = begin(duty, job).await?;
    let outcome = conversations::expire_handover(&mut tx, handover_id).await;
    tx.settle(outcome).await.map_err(|error| error.to_string())
}

/// A conversation that goes back to the AI when nobody does anything in it.
#[derive(Deserialize)]
struct Resume {
    conversation_id: ConversationId,
}

/// # Errors
/// The job is malformed, or the database fails.
pub(crate) async fn resume(duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    let Resume { conversation_id } = payload(job)?;
    let mut tx = begin(duty, job).await?;
    let outcome = conversations::resume(&mut tx, conversation_id).await;
    tx.settle(outcome).await.map_err(|error| error.to_string())
}

/// A held answer that goes out.
#[derive(Deserialize)]
struct Held {
    conversation_id: ConversationId,
    seq: i64,
}

/// # Errors
/// The job is malformed, or the database fails.
pub(crate) async fn send_held(duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    let Held { conversation_id, seq } = payload(job)?;
    let mut tx = begin(duty, job).await?;
    let outcome = conversations::send_held(&mut tx, conversation_id, seq).await;
    tx.settle(outcome).await.map_err(|error| error.to_string())
}

/// An answer for later whose moment has come.
#[derive(Deserialize)]
struct Scheduled {
    scheduled_message_id: ScheduledMessageId,
}

/// # Errors
/// The job is malformed, or the database fails.
pub(crate) async fn send_scheduled(duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    let Scheduled { scheduled_message_id } = payload(job)?;
    let mut tx = begin(duty, job).await?;
    let outcome = conversations::send_scheduled(&mut tx, scheduled_message_id).await;
    tx.settle(outcome).await.map_err(|error| error.to_string())
}

fn payload<'a, T: Deserialize<'a>>(job: &'a RunningJob) -> Result<T, String> {
    T::deserialize(&job.payload).map_err(|error| error.to_string())
}

async fn begin(duty: &OnDuty, job: &RunningJob) -> Result<Tx<Housekeeping>, String> {
    let workspace = job.workspace.ok_or("the job names no workspace")?;
    let grant = duty.enter(workspace).grant::<Housekeeping>().map_err(|error| error.to_string())?;
    grant.begin().await.map_err(|error| error.to_string())
}
