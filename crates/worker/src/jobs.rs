//! Which operation a kind of job calls.

use std::sync::Arc;

use conversations::Files;
use directory::{ExitParty, MailDesk};
use kernel::{ConversationId, MemberId, Timestamp};
use serde::Deserialize;
use tenancy::{Housekeeping, OnDuty, RunningJob, Vault};

/// What jobs need; clones share it.
#[derive(Clone)]
pub struct Services {
    pub vault: Vault,
    pub mail: MailDesk,
    pub files: Arc<dyn Files>,
    pub on_exit: Arc<dyn ExitParty>,
}

/// Runs one job and writes down how it went.
pub(crate) async fn run(services: Services, job: RunningJob) {
    let duty = crate::on_duty(&services.vault);
    let outcome = perform(&services, &duty, &job).await;
    if let Err(cause) = &outcome {
        tracing::warn!(job = %job.id, kind = job.kind, attempts = job.attempts + 1, cause, "a job failed");
    }
    let label = if outcome.is_ok() { "done" } else { "failed" };
    metrics::counter!("guildhall_jobs_total", "kind" => job.kind.clone(), "outcome" => label).increment(1);
    if let Err(error) = duty.finish_job(&job, outcome.err().as_deref()).await {
        tracing::error!(%error, job = %job.id, "a job's end could not be written; its lease will run out");
    }
}

async fn perform(services: &Services, duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    match job.kind.as_str() {
        kind if directory::is_mail_job(kind) => {
            directory::run_mail_job(&services.mail, duty, job).await.map_err(|error| error.to_string())
        }
        conversations::WAKE_JOB => wake(duty, job).await,
        directory::END_JOB => end_membership(services, duty, job).await,
        directory::EXPIRE_TRANSFER_JOB => expire_transfers(duty, job).await,
        directory::ERASE_WORKSPACE_JOB => erase(services, duty, job).await,
        kind => Err(format!("no operation for jobs of kind {kind:?}")),
    }
}

/// A snooze that ends.
#[derive(Deserialize)]
struct Wake {
    conversation_id: ConversationId,
    until: Timestamp,
}

async fn wake(duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    let Wake { conversation_id, until } = Wake::deserialize(&job.payload).map_err(|error| error.to_string())?;
    let workspace = job.workspace.ok_or("the job names no workspace")?;
    let grant = duty.enter(workspace).grant::<Housekeeping>().map_err(|error| error.to_string())?;
    let mut tx = grant.begin().await.map_err(|error| error.to_string())?;
    let outcome = conversations::wake(&mut tx, conversation_id, until).await;
    tx.settle(outcome).await.map_err(|error| error.to_string())
}

/// A membership whose day has come.
#[derive(Deserialize)]
struct End {
    member_id: MemberId,
    ends_on: Timestamp,
}

async fn end_membership(services: &Services, duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    let End { member_id, ends_on } = End::deserialize(&job.payload).map_err(|error| error.to_string())?;
    let workspace = job.workspace.ok_or("the job names no workspace")?;
    let grant = duty.enter(workspace).grant::<Housekeeping>().map_err(|error| error.to_string())?;
    let mut tx = grant.begin().await.map_err(|error| error.to_string())?;
    let outcome = directory::end_membership(&mut tx, &*services.on_exit, member_id, ends_on).await;
    tx.settle(outcome).await.map_err(|error| error.to_string())
}

async fn expire_transfers(duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    let workspace = job.workspace.ok_or("the job names no workspace")?;
    let grant = duty.enter(workspace).grant::<Housekeeping>().map_err(|error| error.to_string())?;
    let mut tx = grant.begin().await.map_err(|error| error.to_string())?;
    let outcome = directory::expire_transfers(&mut tx).await;
    tx.settle(outcome).await.map_err(|error| error.to_string())
}

/// A deletion whose time has come.
#[derive(Deserialize)]
struct Erasure {
    deletion_at: Timestamp,
}

async fn erase(services: &Services, duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    let Erasure { deletion_at } = Erasure::deserialize(&job.payload).map_err(|error| error.to_string())?;
    let workspace = job.workspace.ok_or("the job names no workspace")?;
    if !duty.close_for_erasure(workspace, deletion_at).await.map_err(|error| error.to_string())? {
        return Ok(());
    }
    duty.erase_in_steps(workspace).await.map_err(|error| error.to_string())?;
    services.files.delete_all(workspace).await.map_err(|error| error.to_string())?;
    duty.erase_for_good(workspace).await.map_err(|error| error.to_string())?;
    // Once more, for an upload that was under way.
    services.files.delete_all(workspace).await.map_err(|error| error.to_string())
}
