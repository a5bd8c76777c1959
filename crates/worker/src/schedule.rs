//! Recurring duties, in UTC.

use tenancy::{Error, OnDuty, Vault};

use crate::{Services, agents, bills, credits, reactions, routing, seats, till};

/// Runs every recurring duty that is due on this server.
pub(crate) async fn run_due(duty: &OnDuty, services: &Services) {
    if let Err(error) = forget_expired(duty).await {
        tracing::warn!(%error, "a recurring duty failed");
    }
    if let Err(error) = tell_digests(duty, &services.vault).await {
        tracing::warn!(%error, "a recurring duty failed");
    }
    if let Err(cause) = reconcile_till(duty).await {
        tracing::warn!(cause, "a recurring duty failed");
    }
    if let Err(cause) = settle_seats(duty, services).await {
        tracing::warn!(cause, "a recurring duty failed");
    }
    if let Err(cause) = run_bills(duty).await {
        tracing::warn!(cause, "a recurring duty failed");
    }
    if let Err(cause) = look_after_credits(duty).await {
        tracing::warn!(cause, "a recurring duty failed");
    }
    if let Err(cause) = look_at_hours(duty).await {
        tracing::warn!(cause, "a recurring duty failed");
    }
    if let Err(cause) = keep_queues_moving(duty).await {
        tracing::warn!(cause, "a recurring duty failed");
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

/// Every five minutes: who chose this time of day is told what waits.
async fn tell_digests(duty: &OnDuty, vault: &Vault) -> Result<(), Error> {
    if duty.claim_schedule("tell_digests", "*/5 * * * *").await? {
        reactions::tell_digests(duty, vault).await?;
    }
    Ok(())
}

/// Every minute: what invitations that ran out hold is free, and where there are too many seats for too long the newest
/// rest.
async fn settle_seats(duty: &OnDuty, services: &Services) -> Result<(), String> {
    let due = duty.claim_schedule("settle_seats", "* * * * *").await;
    if due.map_err(|error| error.to_string())? {
        seats::settle_all(duty, &*services.on_exit, services.vault.clock().now()).await?;
    }
    Ok(())
}

/// Every minute: trials are reminded of and end, periods begin, what is owed is looked at.
async fn run_bills(duty: &OnDuty) -> Result<(), String> {
    let due = duty.claim_schedule("billing_run", "* * * * *").await;
    if due.map_err(|error| error.to_string())? {
        bills::run(duty).await?;
    }
    Ok(())
}

/// Every minute: grants whose month is over expire and are granted anew, and what was reserved for too long is given back.
async fn look_after_credits(duty: &OnDuty) -> Result<(), String> {
    let due = duty.claim_schedule("look_after_credits", "* * * * *").await;
    if due.map_err(|error| error.to_string())? {
        credits::look_after_due(duty).await?;
    }
    Ok(())
}

/// Every minute: where the business hours have just ended, the AI answers what nobody holds.
async fn look_at_hours(duty: &OnDuty) -> Result<(), String> {
    let due = duty.claim_schedule("look_at_hours", "* * * * *").await;
    if due.map_err(|error| error.to_string())? {
        agents::look_at_hours(duty).await?;
    }
    Ok(())
}

/// Every minute: who left their desk is set away, queues whose members come on shift are shared out, and who is away for
/// too long gives back.
async fn keep_queues_moving(duty: &OnDuty) -> Result<(), String> {
    let due = duty.claim_schedule("keep_queues_moving", "* * * * *").await;
    if due.map_err(|error| error.to_string())? {
        routing::keep_moving(duty).await?;
    }
    Ok(())
}

/// Hourly: whatever events of the payment provider may have been lost of is looked at.
async fn reconcile_till(duty: &OnDuty) -> Result<(), String> {
    let due = duty.claim_schedule("reconcile_till", "41 * * * *").await;
    if due.map_err(|error| error.to_string())? {
        till::look_at_all(duty).await?;
    }
    Ok(())
}
