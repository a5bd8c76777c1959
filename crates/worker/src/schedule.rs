//! Recurring duties, in UTC.

use tenancy::{Error, OnDuty};

/// Runs every recurring duty that is due on this server.
pub(crate) async fn run_due(duty: &OnDuty) {
    if let Err(error) = forget_expired(duty).await {
        tracing::warn!(%error, "a recurring duty failed");
    }
}

/// Hourly: what its retention has passed is deleted.
async fn forget_expired(duty: &OnDuty) -> Result<(), Error> {
    if duty.claim_schedule("forget_expired", "17 * * * *").await? {
        let rows = duty.forget_expired().await?;
        tracing::info!(rows, "expired records deleted");
    }
    Ok(())
}
