//! What the payment provider is asked by the clock, and once a workspace ends.

use kernel::WorkspaceId;
use tenancy::{Housekeeping, OnDuty, RunningJob};

use crate::jobs::Services;

/// Leaves a look at the provider to a job of each workspace that has something there.
///
/// # Errors
/// The database fails; the other workspaces were looked at all the same.
pub(crate) async fn look_at_all(duty: &OnDuty) -> Result<(), String> {
    let mut failed = None;
    for workspace in duty.workspaces().await.map_err(|error| error.to_string())? {
        let grant = duty.enter(workspace).grant::<Housekeeping>().map_err(|error| error.to_string())?;
        if let Err(error) = billing::sync::leave_to_reconcile(&grant).await {
            failed = Some(error.to_string());
        }
    }
    failed.map_or(Ok(()), Err)
}

/// # Errors
/// The provider or the database does not answer; it is tried again.
pub(crate) async fn reconcile(services: &Services, duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    let workspace = job.workspace.ok_or("the job names no workspace")?;
    let grant = duty.enter(workspace).grant::<Housekeeping>().map_err(|error| error.to_string())?;
    billing::sync::reconcile(&grant, &*services.till).await.map_err(|error| error.to_string())
}

/// Ends what a workspace pays for, before its rows are erased.
///
/// # Errors
/// The provider or the database does not answer; nothing is erased before it did.
pub(crate) async fn close(services: &Services, duty: &OnDuty, workspace: WorkspaceId) -> Result<(), String> {
    let grant = duty.enter(workspace).grant::<Housekeeping>().map_err(|error| error.to_string())?;
    billing::sync::close(&grant, &*services.till).await.map_err(|error| error.to_string())
}
