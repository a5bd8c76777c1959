//! What the clock asks of the pools of credits.

use kernel::WorkspaceId;
use tenancy::{Error, Housekeeping, OnDuty};

/// Looks after the pools where something is due: months that are over, and what was reserved for too long.
///
/// # Errors
/// The database fails; the other pools were looked after all the same.
pub(crate) async fn look_after_due(duty: &OnDuty) -> Result<(), String> {
    let mut failed = None;
    for workspace in duty.credits_due().await.map_err(|error| error.to_string())? {
        if let Err(error) = look_after(duty, workspace).await {
            tracing::warn!(%error, %workspace, "a pool of credits was not looked after; it is tried again");
            failed = Some(error.to_string());
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn look_after(duty: &OnDuty, workspace: WorkspaceId) -> Result<(), Error> {
    let mut tx = duty.enter(workspace).grant::<Housekeeping>()?.begin().await?;
    let outcome = billing::ledger::look_after(&mut tx).await;
    tx.settle(outcome).await
}
