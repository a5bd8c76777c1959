//! Which operation a kind of job calls.

use std::sync::Arc;

use agent::Model;
use billing::till::Till;
use conversations::Files;
use directory::{ExitParty, MailDesk};
use kernel::{MemberId, Timestamp};
use notifications::{Push, Slack};
use serde::Deserialize;
use tenancy::{Housekeeping, OnDuty, RunningJob, Vault};
use tokio::sync::watch;

use crate::{agents, bulk, conversation, routing, till};

/// What jobs need; clones share it.
#[derive(Clone)]
pub struct Services {
    pub vault: Vault,
    pub mail: MailDesk,
    pub files: Arc<dyn Files>,
    pub on_exit: Arc<dyn ExitParty>,
    pub push: Arc<dyn Push>,
    pub slack: Arc<dyn Slack>,
    pub till: Arc<dyn Till>,
    /// Who writes the AI's answers, if anybody does.
    pub model: Option<Arc<dyn Model>>,
}

/// Whether a job waits for the outside for so long that it should keep nobody else from working.
pub(crate) fn is_slow(job: &RunningJob) -> bool {
    job.kind == conversations::ANSWER_JOB
}

/// Whether a job waits for a service outside, which may take its time; what was handed over must not be handed over
/// again, so it is finished even when the server stops.
pub(crate) fn leaves_the_house(job: &RunningJob) -> bool {
    let kinds =
        [notifications::PUSH_JOB, notifications::SLACK_JOB, billing::sync::EVENT_JOB, billing::sync::RECONCILE_JOB];
    kinds.contains(&job.kind.as_str())
}

/// Runs one job and writes down how it went.
pub(crate) async fn run(services: Services, job: RunningJob) {
    let duty = crate::on_duty(&services.vault);
    let outcome = perform(&services, &duty, &job).await;
    finish(&duty, &job, outcome).await;
}

/// The same, unless the server stops before: the job is then done by the next one.
pub(crate) async fn run_until(services: Services, job: RunningJob, mut stop: watch::Receiver<bool>) {
    let duty = crate::on_duty(&services.vault);
    let outcome = tokio::select! {
        outcome = perform(&services, &duty, &job) => outcome,
        _ = stop.wait_for(|stop| *stop) => Err("the server stopped".to_owned()),
    };
    finish(&duty, &job, outcome).await;
}

async fn finish(duty: &OnDuty, job: &RunningJob, outcome: Result<(), String>) {
    if let Err(cause) = &outcome {
        tracing::warn!(job = %job.id, kind = job.kind, attempts = job.attempts + 1, cause, "a job failed");
    }
    let label = if outcome.is_ok() { "done" } else { "failed" };
    metrics::counter!("guildhall_jobs_total", "kind" => job.kind.clone(), "outcome" => label).increment(1);
    if let Err(error) = duty.finish_job(job, outcome.err().as_deref()).await {
        tracing::error!(%error, job = %job.id, "a job's end could not be written; its lease will run out");
    }
}

async fn perform(services: &Services, duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    match job.kind.as_str() {
        kind if directory::is_mail_job(kind) => {
            directory::run_mail_job(&services.mail, duty, job).await.map_err(|error| error.to_string())
        }
        conversations::WAKE_JOB => conversation::wake(duty, job).await,
        conversations::HANDOVER_JOB => conversation::expire_handover(duty, job).await,
        conversations::ANSWER_JOB => answer(services, duty, job).await,
        conversations::SEND_ANSWER_JOB => agent::send(duty, job).await.map_err(|error| error.to_string()),
        conversations::REMIND_JOB => conversation::remind(duty, job).await,
        conversations::RESUME_JOB => conversation::resume(duty, job).await,
        conversations::SEND_JOB => conversation::send_held(duty, job).await,
        conversations::SCHEDULED_JOB => conversation::send_scheduled(duty, job).await,
        conversations::BULK_JOB => bulk::run(duty, job).await,
        directory::DRAIN_JOB => routing::drain(duty, job).await,
        conversations::SETTLE_JOB => agents::settle(duty, job).await,
        notifications::MAIL_JOB => {
            notifications::send_mail(&services.mail, duty, job).await.map_err(|error| error.to_string())
        }
        notifications::PUSH_JOB => {
            let MailDesk { instance, public_url, .. } = &services.mail;
            let sent = notifications::send_push(&*services.push, instance, public_url, duty, job).await;
            sent.map_err(|error| error.to_string())
        }
        notifications::SLACK_JOB => {
            let sent = notifications::send_slack(&*services.slack, &services.mail, duty, job).await;
            sent.map_err(|error| error.to_string())
        }
        billing::sync::EVENT_JOB => {
            let run = billing::sync::run(&*services.till, duty, &services.mail.instance, job).await;
            run.map_err(|error| error.to_string())
        }
        billing::sync::RECONCILE_JOB => till::reconcile(services, duty, job).await,
        directory::END_JOB => end_membership(services, duty, job).await,
        directory::EXPIRE_TRANSFER_JOB => expire_transfers(duty, job).await,
        directory::ERASE_WORKSPACE_JOB => erase(services, duty, job).await,
        kind => Err(format!("no operation for jobs of kind {kind:?}")),
    }
}

/// Without anybody to ask, the AI of the workspace is paused and people answer.
async fn answer(services: &Services, duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    match &services.model {
        Some(model) => agent::answer(&**model, duty, job).await.map_err(|error| error.to_string()),
        None => agents::has_model(duty, job.workspace.ok_or("the job names no workspace")?, false).await,
    }
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
    till::close(services, duty, workspace).await?;
    duty.erase_in_steps(workspace).await.map_err(|error| error.to_string())?;
    services.files.delete_all(workspace).await.map_err(|error| error.to_string())?;
    duty.erase_for_good(workspace).await.map_err(|error| error.to_string())?;
    // Once more, for an upload that was under way.
    services.files.delete_all(workspace).await.map_err(|error| error.to_string())
}
