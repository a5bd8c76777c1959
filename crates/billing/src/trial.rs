//! The trial: everything may be tried until it ends; then the plan that was paid begins, or the workspace is restricted
//! (E7). Nothing that came in is lost (INV-41).

use kernel::{DAY, Timestamp};
use serde_json::json;
use tenancy::{Event, Subject, Work};

use crate::{
    Refusal,
    catalogue::Catalogue,
    cycle, extra_seats, period,
    subscription::{State, Subscription},
};

/// Days before the end at which is reminded of a plan that is a trial itself.
const USUAL_REMINDERS: [i64; 3] = [7, 3, 1];

/// The reminders that are still to come: when, and how many days before the end. Who paid for what comes after the
/// trial needs none.
fn reminders(catalogue: &Catalogue, subscription: &Subscription) -> Vec<(Timestamp, i64)> {
    let Some(end) = subscription.trial_ends_at.filter(|_| subscription.next.is_none()) else { return Vec::new() };
    let days = catalogue.trial.as_ref().map_or(&USUAL_REMINDERS[..], |trial| &trial.reminder_days[..]);
    let reminded: Option<i64> = subscription.reminded.as_deref().and_then(|days| days.parse().ok());
    let days = days.iter().copied().filter(|days| reminded.is_none_or(|last| *days < last));
    let ahead = days.map(|days| (end.minus(DAY * u32::try_from(days).unwrap_or_default()), days));
    // A trial may be shorter than the first of them.
    let mut ahead: Vec<_> = ahead.filter(|(at, _)| *at >= subscription.anchor).collect();
    ahead.sort_unstable();
    ahead
}

/// When is reminded next, and of how many days.
pub(crate) fn next_reminder(catalogue: &Catalogue, subscription: &Subscription) -> Option<(Timestamp, i64)> {
    reminders(catalogue, subscription).into_iter().next()
}

/// The reminder that is due; of several that were missed, the last.
pub(crate) fn newest_reminder(catalogue: &Catalogue, subscription: &Subscription, now: Timestamp) -> Option<i64> {
    reminders(catalogue, subscription).into_iter().filter(|(at, _)| *at <= now).map(|(_, days)| days).next_back()
}

/// Reminds once of so many days.
pub(crate) fn remind(work: &mut Work, subscription: &mut Subscription, days: i64) {
    subscription.reminded = Some(days.to_string());
    let event = Event::new("trial.ending", Subject::new("workspace", work.workspace()));
    work.record(event.payload(json!({ "days": days })));
}

/// Ends it: the plan that was chosen and paid meanwhile begins, else only billing and export remain.
pub(crate) async fn end(
    work: &mut Work,
    catalogue: &Catalogue,
    subscription: &mut Subscription,
) -> Result<(), Refusal> {
    let (Some((plan, interval)), Some(end)) = (subscription.next.take(), subscription.trial_ends_at) else {
        cycle::restrict(work, subscription);
        return Ok(());
    };
    subscription.state = State::Active;
    (subscription.plan, subscription.interval) = (plan, interval);
    subscription.anchor = end;
    subscription.period = period::first(end, interval);
    let event = Event::new("subscription.changed", Subject::new("workspace", work.workspace()));
    work.record(event.payload(json!({ "plan": subscription.plan, "interval": interval, "cause": "trial_over" })));
    extra_seats::settle(work, catalogue, subscription, end).await.map(drop)
}
