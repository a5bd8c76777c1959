//! Recurring duties, in UTC.

use tenancy::OnDuty;

use crate::{Services, agents, bills, credits, reactions, routing, seats, till};

/// Runs every recurring duty that is due on this server. What fails keeps no other duty from its turn.
pub(crate) async fn run_due(duty: &OnDuty, services: &Services) {
    // What its retention has passed is deleted.
    when_due(duty, "forget_expired", "17 * * * *", async || {
        let rows = duty.forget_expired().await.map_err(|error| error.to_string())?;
        tracing::info!(rows, "expired records deleted");
        Ok(())
    })
    .await;
    // Who chose this time of day is told what waits.
    when_due(duty, "tell_digests", "*/5 * * * *", async || {
        reactions::tell_digests(duty, &services.vault).await.map_err(|error| error.to_string())
    })
    .await;
    // Whatever events of the payment provider may have been lost of is looked at.
    when_due(duty, "reconcile_till", "41 * * * *", async || till::look_at_all(duty).await).await;
    // What invitations that ran out hold is free, and where there are too many seats for too long the newest rest.
    when_due(duty, "settle_seats", EVERY_MINUTE, async || {
        seats::settle_all(duty, &*services.on_exit, services.vault.clock().now()).await
    })
    .await;
    // Trials are reminded of and end, periods begin, what is owed is looked at.
    when_due(duty, "billing_run", EVERY_MINUTE, async || bills::run(duty).await).await;
    // Grants whose month is over expire and are granted anew, and what was reserved for too long is given back.
    when_due(duty, "look_after_credits", EVERY_MINUTE, async || credits::look_after_due(duty).await).await;
    // Where the business hours have just ended, the AI answers what nobody holds.
    when_due(duty, "look_at_hours", EVERY_MINUTE, async || agents::look_at_hours(duty).await).await;
    // Who left their desk is set away, queues whose members come on shift are shared out, and who is away for too long
    // gives back.
    when_due(duty, "keep_queues_moving", EVERY_MINUTE, async || routing::keep_moving(duty).await).await;
}

const EVERY_MINUTE: &str = "* * * * *";

/// Does a duty if it is due and no other server took its turn.
async fn when_due(duty: &OnDuty, name: &str, cron: &str, act: impl AsyncFnOnce() -> Result<(), String>) {
    let outcome = match duty.claim_schedule(name, cron).await {
        Ok(true) => act().await,
        Ok(false) => Ok(()),
        Err(error) => Err(error.to_string()),
    };
    if let Err(cause) = outcome {
        tracing::warn!(name, cause, "a recurring duty failed");
    }
}
