//! Work for later and work by the clock. Jobs come from the queue of the database, recurring duties from a list here.
//!
//! Invariant: the worker decides nothing. A job calls one operation of a lower floor, which is safe to run twice.

mod agents;
mod bills;
mod bulk;
mod conversation;
mod credits;
mod jobs;
mod reactions;
mod routing;
mod schedule;
mod seats;
mod till;

use std::time::Duration;

use tenancy::{Duty, OnDuty, Vault};
use tokio::{sync::watch, task::JoinSet};

pub use jobs::Services;

/// Without any hint the queue is looked at this often, so that jobs of other servers and due moments are found.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
const BATCH: i64 = 16;
/// Jobs that wait for the outside for long run beside the others, at most so many at once.
const MOST_SLOW: usize = 64;

/// Runs due jobs and recurring duties until `stop` turns true; what runs then is finished first.
pub async fn run(services: Services, mut stop: watch::Receiver<bool>) {
    let duty = on_duty(&services.vault);
    if let Err(cause) = agents::take_stock(&duty, services.model.is_some()).await {
        tracing::warn!(cause, "the AIs of the workspaces were not told whether there is one to ask");
    }
    let reacting = tokio::spawn(reactions::run(services.vault.clone(), stop.clone()));
    let (mut running, mut slow) = (JoinSet::new(), JoinSet::new());
    while !*stop.borrow() {
        schedule::run_due(&duty, &services).await;
        while running.len() >= duty.workers() {
            running.join_next().await;
        }
        while slow.len() >= MOST_SLOW {
            slow.join_next().await;
        }
        let claimed = match duty.claim_jobs(BATCH.min((duty.workers() - running.len()) as i64)).await {
            Ok(jobs) => jobs,
            Err(error) => {
                tracing::warn!(%error, "the queue cannot be read");
                Vec::new()
            }
        };
        let idle = claimed.is_empty();
        for job in claimed {
            if jobs::is_slow(&job) {
                slow.spawn(jobs::run_until(services.clone(), job, stop.clone()));
            } else if jobs::leaves_the_house(&job) {
                slow.spawn(jobs::run(services.clone(), job));
            } else {
                running.spawn(jobs::run(services.clone(), job));
            }
        }
        if idle {
            tokio::select! {
                () = services.vault.wake().job_enqueued() => {}
                Some(_) = running.join_next() => {}
                Some(_) = slow.join_next() => {}
                _ = tokio::time::timeout(LONGEST_PAUSE, stop.changed()) => {}
            }
        }
    }
    while running.join_next().await.is_some() {}
    while slow.join_next().await.is_some() {}
    // A task that panicked has ended too, and was logged.
    let _ = reacting.await;
}

#[expect(clippy::disallowed_methods, reason = "the worker is what the duty Jobs is for")]
fn on_duty(vault: &Vault) -> OnDuty {
    vault.on_duty(Duty::Jobs)
}
