//! Bulk actions: worked off part by part, as the member who asked for them.

use kernel::BulkActionId;
use serde::Deserialize;
use tenancy::{Error, Housekeeping, OnDuty, RunningJob};

/// A part of a bulk action.
#[derive(Deserialize)]
struct Part {
    bulk_action_id: BulkActionId,
    part: i64,
}

/// # Errors
/// The job is malformed, or the database fails.
pub(crate) async fn run(duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    let Part { bulk_action_id, part } = Part::deserialize(&job.payload).map_err(|error| error.to_string())?;
    let workspace = job.workspace.ok_or("the job names no workspace")?;
    let house = duty.enter(workspace).grant::<Housekeeping>().map_err(|error| error.to_string())?;
    let member = match duty.enter_for(job).await {
        Ok(member) => Some(member),
        // They are here no longer: nothing is done in their name any more.
        Err(Error::NotFound) => None,
        Err(error) => return Err(error.to_string()),
    };
    let run = conversations::run_bulk_action(&house, member.as_ref(), bulk_action_id, part).await;
    run.map_err(|error| error.to_string())
}
