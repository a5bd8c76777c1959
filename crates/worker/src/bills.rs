//! What the clock does to subscriptions, and what happened to their workspaces.

use kernel::{MemberId, WorkspaceId};
use tenancy::{Housekeeping, OnDuty, StoredEvent, Tx};

use crate::reactions::{Hearer, Trouble};

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

/// Hears of seats that are taken and given back, of a new owner, and of workspaces that rest or go on.
pub(crate) struct Bills;

impl Hearer for Bills {
    const NAME: &'static str = "billing";

    fn among(events: Vec<StoredEvent>) -> Vec<StoredEvent> {
        events.into_iter().filter(|event| Concern::of(event).is_some()).collect()
    }

    async fn react(tx: &mut Tx<Housekeeping>, event: &StoredEvent) -> Result<Vec<MemberId>, Trouble> {
        match Concern::of(event) {
            Some(Concern::Seats) => billing::seats_changed(tx, event.at).await?,
            Some(Concern::Owner) => billing::owner_changed(tx).await?,
            Some(Concern::Standing) => conversations::agent_may_answer(tx).await?,
            None => {}
        }
        Ok(Vec::new())
    }
}

/// What an event means for what is paid, or because of it.
enum Concern {
    Seats,
    Owner,
    /// Whether anything is done in the workspace beside paying.
    Standing,
}

impl Concern {
    fn of(event: &StoredEvent) -> Option<Self> {
        match event.kind.as_str() {
            "subscription.restricted" | "subscription.restored" | "subscription.changed" => Some(Self::Standing),
            "ownership.transferred" => Some(Self::Owner),
            kind if billing::seat::changes_seats(kind) => Some(Self::Seats),
            _ => None,
        }
    }
}
