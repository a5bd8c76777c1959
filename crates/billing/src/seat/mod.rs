//! Seats as a plan has them: how many there are, what helps when none is left, and what follows when there are suddenly
//! fewer than are held (INV-14 to INV-17). Who holds one is the directory's.

mod quote;

use std::time::Duration;

use kernel::days;
use serde_json::json;
use tenancy::{Error, Event, Meter, Remedy, Subject, Work};

pub use quote::{SeatMeter, SeatQuote, Terms, buyers, terms};

use crate::catalogue::{Adds, Amount, Catalogue, Plan, SeatBilling};

/// How long more members than seats are suffered (INV-17).
pub const GRACE: Duration = days(14);

/// Whether an event tells that somebody came to a full seat or lost one, so that metered seats are to be counted anew.
pub fn changes_seats(kind: &str) -> bool {
    const KINDS: [&str; 10] = [
        "member.joined",
        "member.created",
        "member.reactivated",
        "member.role_changed",
        "member.deactivated",
        "member.removed",
        "member.left",
        "member.expired",
        "seat.suspended",
        "seat.restored",
    ];
    KINDS.contains(&kind)
}

/// Sets the cap of a meter. That there are fewer seats than are held from now on is recorded once; everybody keeps theirs
/// for a while.
///
/// # Errors
/// The database cannot answer.
pub(crate) async fn limit(work: &mut Work, meter: Meter, cap: Option<i64>, remedies: &[Remedy]) -> Result<(), Error> {
    let was_over = work.gauge(meter).await?.over_since.is_some();
    work.set_cap(meter, cap, remedies).await?;
    let gauge = work.gauge(meter).await?;
    if let Some(since) = gauge.over_since.filter(|_| !was_over && meter != Meter::Businesses) {
        let event = Event::new("seat.over_limit", Subject::new("workspace", work.workspace()));
        work.record(event.payload(json!({
            "meter": meter.name(), "used": gauge.used, "cap": cap, "grace_until": since.plus(GRACE)
        })));
    }
    Ok(())
}

/// What helps whoever finds a meter full: to buy more where more is sold beside the plan, else a larger plan, if there
/// is one, or the operator (PLAN-026).
pub(crate) fn remedies(catalogue: &Catalogue, plan: &Plan, meter: Meter) -> Vec<Remedy> {
    if sells(catalogue, plan, meter) {
        return vec![Remedy::Buy];
    }
    let more = |other: &&Plan| other.rank > plan.rank && is_more(most(other, meter), most(plan, meter));
    let upgrade = catalogue.plans.iter().find(more).map(|_| Remedy::Upgrade);
    upgrade.into_iter().chain([Remedy::Contact]).collect()
}

/// Whether more of a meter can be had beside a plan, and is not there already.
fn sells(catalogue: &Catalogue, plan: &Plan, meter: Meter) -> bool {
    let adds = match meter {
        Meter::FullSeats if catalogue.seat_billing == SeatBilling::Slots => Adds::FullSeat,
        Meter::Businesses => Adds::BusinessSlot,
        Meter::FullSeats | Meter::CollaboratorSeats => return false,
    };
    let sold =
        catalogue.addons.iter().any(|addon| addon.recurring && addon.adds == adds && addon.price.stated().is_some());
    sold && is_more(most(plan, meter), included(plan, meter))
}

fn included(plan: &Plan, meter: Meter) -> Amount {
    match meter {
        Meter::FullSeats => plan.included_full_seats,
        Meter::CollaboratorSeats => plan.max_collaborator_seats,
        Meter::Businesses => plan.included_businesses,
    }
}

fn most(plan: &Plan, meter: Meter) -> Amount {
    match meter {
        Meter::FullSeats => plan.max_full_seats,
        Meter::CollaboratorSeats => plan.max_collaborator_seats,
        Meter::Businesses => plan.max_businesses,
    }
}

/// What is not capped is more than any number.
fn is_more(one: Amount, other: Amount) -> bool {
    match (one.cap(), other.cap()) {
        (Some(one), Some(other)) => one > other,
        (None, Some(_)) => true,
        (_, None) => false,
    }
}
