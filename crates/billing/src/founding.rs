//! What every new workspace begins with: a subscription, its meters and its pool of credits.

use kernel::{DAY, Timestamp};
use tenancy::{Error, Meter, Work, args, sql};

use crate::{
    catalogue::{Interval, newest},
    effect, period,
    subscription::{State, TillKind, subscription, write},
};

/// Begins the subscription of a workspace that is just being made: with the trial of the highest plan, where the catalogue
/// has one, else with the lowest plan (BIL-009), which may be a trial itself (PLAN-023). Where that one is sold, the
/// workspace waits for its first payment, restricted (INV-41). Its owner holds a seat, its first business a slot.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn begin(work: &mut Work, catalogue: &str, till: TillKind) -> Result<(), Error> {
    let found = newest(work, catalogue).await?;
    let catalogue = found.ok_or_else(|| Error::Corrupt(format!("no plan catalogue {catalogue:?}")))?;
    let now = work.now();
    let plan = match &catalogue.trial {
        Some(_) => catalogue.plans.last(),
        None => catalogue.plans.first(),
    };
    let plan = plan.ok_or_else(|| Error::Corrupt(format!("the catalogue {:?} has no plan", catalogue.id)))?;
    let trial_days = catalogue.trial.as_ref().map(|trial| trial.days);
    let trial_ends_at = trial_days.or(plan.trial_days.filter(|_| plan.is_trial)).map(|days| after_days(now, days));
    // That it is restricted is no event: nothing was closed, and whoever just signed up reads it on their first page.
    let state = match trial_ends_at {
        Some(_) => State::Trialing,
        None if plan.is_paid_first(till) => State::Restricted,
        None => State::Active,
    };
    let interval = Interval::Month;
    let period = period::first(now, interval);
    for (meter, used) in [(Meter::FullSeats, 1), (Meter::CollaboratorSeats, 0), (Meter::Businesses, 1)] {
        work.begin_meter(meter, used).await?;
    }
    let insert = sql!(
        "insert into subscriptions (workspace_id, catalogue, catalogue_version, plan, billing_interval, state, anchor,
            period_start, period_end, trial_ends_at, cancel_at_period_end, attempts, till, version, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, $11, 1, $12)"
    );
    let values = args![
        &catalogue.id,
        catalogue.version,
        &plan.id,
        interval.name(),
        state.name(),
        now,
        period.start,
        period.end,
        trial_ends_at,
        till.name(),
        now,
    ];
    work.run(insert, values).await?;
    let unlimited = plan.credits_monthly.cap().is_none();
    let account = sql!(
        "insert into credit_accounts (workspace_id, granted, purchased, reserved, entries, unlimited, grant_size)
         values ($1, 0, 0, 0, 0, $2, 0)"
    );
    work.run(account, args![unlimited]).await?;
    let begun = subscription(work).await?;
    // Writing it whole says when there is something to do about it next.
    write(work, &begun).await?;
    effect::apply(work, &begun).await
}

fn after_days(now: Timestamp, days: i64) -> Timestamp {
    now.plus(DAY * u32::try_from(days).unwrap_or_default())
}
