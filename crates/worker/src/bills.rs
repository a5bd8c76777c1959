//! What the clock does to subscriptions.

use kernel::WorkspaceId;
use tenancy::{Housekeeping, OnDuty};

/// Steps of one workspace at a time; whoever has more to do is met again a minute later.
const MOST_STEPS: usize = 50;

/// Does everything that is due about the subscriptions we run: trials, periods, what is owed, purchases that nobody paid.
///
/// # Errors
/// The database fails; the other workspaces were looked at all the same.
pub(crate) async fn run(duty: &OnDuty) -> Result<(), String> {
    let mut failed = None;
    for workspace in duty.bills_due().await.map_err(|error| error.to_string())? {
        if let Err(cause) = advance(duty, workspace).await {
            tracing::warn!(cause, %workspace, "what was due about a subscription was not done; it is tried again");
            failed = Some(cause);
        }
    }
    failed.map_or(Ok(()), Err)
}

/// Each step is a transaction of its own, so that what was done stays done.
async fn advance(duty: &OnDuty, workspace: WorkspaceId) -> Result<(), String> {
    let grant = duty.enter(workspace).grant::<Housekeeping>().map_err(|error| error.to_string())?;
    for _ in 0..MOST_STEPS {
        let mut tx = grant.begin().await.map_err(|error| error.to_string())?;
        let outcome = billing::advance(&mut tx).await;
        if !tx.settle(outcome).await.map_err(|error| error.to_string())? {
            return Ok(());
        }
    }
    Ok(())
}
