//! Which operation a kind of job calls.

use tenancy::{RunningJob, Vault};

/// What jobs need; clones share it.
#[derive(Clone)]
pub struct Services {
    pub vault: Vault,
}

/// Runs one job and writes down how it went.
pub(crate) async fn run(services: Services, job: RunningJob) {
    let outcome = perform(&services, &job).await;
    if let Err(cause) = &outcome {
        tracing::warn!(job = %job.id, kind = job.kind, attempts = job.attempts + 1, cause, "a job failed");
    }
    let label = if outcome.is_ok() { "done" } else { "failed" };
    metrics::counter!("guildhall_jobs_total", "kind" => job.kind.clone(), "outcome" => label).increment(1);
    let duty = crate::on_duty(&services.vault);
    if let Err(error) = duty.finish_job(&job, outcome.err().as_deref()).await {
        tracing::error!(%error, job = %job.id, "a job's end could not be written; its lease will run out");
    }
}

async fn perform(_services: &Services, job: &RunningJob) -> Result<(), String> {
    Err(format!("no operation for jobs of kind {:?}", job.kind))
}
