//! What the clock brings about seats, in every workspace where it brings something.

use directory::ExitParty;
use kernel::Timestamp;
use tenancy::{Housekeeping, OnDuty};

/// Lets go of what invitations hold that ran out, takes seats away where there were too many for too long, and gives
/// them back where there is room (INV-17).
///
/// # Errors
/// The database fails; the other workspaces were looked after all the same.
pub(crate) async fn settle_all(duty: &OnDuty, party: &dyn ExitParty, now: Timestamp) -> Result<(), String> {
    let grace = i64::try_from(billing::seat::GRACE.as_millis()).unwrap_or(i64::MAX);
    let over_before = Timestamp::from_millis(now.millis().saturating_sub(grace));
    let mut failed = None;
    for workspace in duty.seats_to_settle(over_before).await.map_err(|error| error.to_string())? {
        let grant = duty.enter(workspace).grant::<Housekeeping>().map_err(|error| error.to_string())?;
        if let Err(error) = directory::settle_seats(&grant, party, over_before).await {
            failed = Some(error.to_string());
        }
    }
    failed.map_or(Ok(()), Err)
}
