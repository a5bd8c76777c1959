//! What another plan, or more beside it, costs and when it begins. Pure: whoever shows a price and whoever invoices it
//! ask the same function.

use std::time::Duration;

use kernel::Timestamp;
use tenancy::words;

use crate::{
    Refusal,
    catalogue::{Addon, Adds, Catalogue, Interval, Plan},
    invoice::{Line, LineKind},
    period,
    price::EXTRA_SEAT,
    pricing::{self, Charge},
    subscription::{Item, Period, State, Subscription, TillKind},
};

words! {
    /// When what was asked for begins.
    Begins {
        /// As soon as what is due now was paid.
        Now = "now",
        /// When the trial ends; it is paid before.
        TrialEnd = "trial_end",
        /// With the next period: less is had then, and nothing is due now.
        PeriodEnd = "period_end",
    }
}

/// Of a trial, the payment provider takes only what ends at least so much later.
const SHORTEST_TRIAL: Duration = Duration::from_secs(49 * 60 * 60);

/// Another plan, priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub plan: String,
    pub interval: Interval,
    pub begins: Begins,
    pub at: Timestamp,
    /// The period that the lines are for.
    pub period: Period,
    /// What is due now.
    pub lines: Vec<Line>,
    pub due_now: i64,
    /// What every whole period costs afterwards.
    pub next_total: i64,
    /// Whether it is bought on the payment provider's page; otherwise the subscription that runs is changed.
    pub is_bought: bool,
}

/// More of an add-on, priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddonOffer {
    /// What is due now.
    pub lines: Vec<Line>,
    pub due_now: i64,
    /// What every whole period costs more afterwards; nothing where it is paid once.
    pub next_total: i64,
}

/// What a plan costs a workspace with so many active full seats, at this moment (E6).
///
/// # Errors
/// There is no such plan, its price is not stated, it is the plan already, an invoice is due first, or an amount is too
/// large.
pub fn offer(
    catalogue: &Catalogue,
    subscription: &Subscription,
    (id, interval): (&str, Interval),
    active: i64,
    now: Timestamp,
) -> Result<Offer, Refusal> {
    let plan = catalogue.plan(id).ok_or_else(|| Refusal::UnknownPlan(id.to_owned()))?;
    if subscription.till == TillKind::Stripe && plan.bills_usage() {
        return Err(Refusal::NotForSale(id.to_owned()));
    }
    if subscription.is_bought_elsewhere() {
        return first_at_provider(catalogue, subscription, (plan, interval), active, now);
    }
    if subscription.past_due_since.is_some() {
        return Err(Refusal::PaymentDue);
    }
    if plan.price(interval).stated().is_none() && !is_current(subscription, id, interval) {
        return Err(Refusal::NotForSale(id.to_owned()));
    }
    let items = pricing::items_under(catalogue, plan, &subscription.items, active);
    let new = pricing::charges(catalogue, plan, interval, &items)?;
    let whole = pricing::whole(&new)?;
    let next_total = pricing::total(&whole)?;
    let (begins, at, period, lines) = match subscription.state {
        State::Trialing if subscription.next.is_some() => return Err(Refusal::PlanPaid),
        State::Trialing => {
            let end = subscription.trial_ends_at.unwrap_or(now);
            // The provider asks for nothing before the trial is over.
            let lines = if subscription.is_mirrored() { Vec::new() } else { whole };
            (Begins::TrialEnd, end, period::first(end, interval), lines)
        }
        State::Restricted => (Begins::Now, now, period::first(now, interval), whole),
        State::Active | State::PastDue if is_current(subscription, id, interval) => {
            if subscription.next.is_none() && !subscription.cancel_at_period_end {
                return Err(Refusal::CurrentPlan);
            }
            return Ok(unchanged(subscription, next_total, now));
        }
        State::Active | State::PastDue if is_less(catalogue, subscription, plan, interval) => {
            // The provider changes the interval at once or not at all (decision record 0017).
            if subscription.is_mirrored() && interval != subscription.interval {
                return Err(Refusal::NotOffered);
            }
            (Begins::PeriodEnd, subscription.period.end, subscription.period, Vec::new())
        }
        State::Active | State::PastDue => {
            let (period, lines) = upgrade(catalogue, subscription, (interval, &new), now)?;
            (Begins::Now, now, period, lines)
        }
    };
    let due_now = pricing::total(&lines)?.max(0);
    Ok(Offer { plan: id.to_owned(), interval, begins, at, period, lines, due_now, next_total, is_bought: false })
}

/// A plan that begins anew on the payment provider's page, whatever ran before: a whole period at once, or nothing
/// until the trial ends where the provider keeps to it.
fn first_at_provider(
    catalogue: &Catalogue,
    subscription: &Subscription,
    (plan, interval): (&Plan, Interval),
    active: i64,
    now: Timestamp,
) -> Result<Offer, Refusal> {
    if plan.price(interval).stated().is_none() {
        return Err(Refusal::NotForSale(plan.id.clone()));
    }
    let items = pricing::items_under(catalogue, plan, &subscription.items, active);
    let whole = pricing::whole(&pricing::charges(catalogue, plan, interval, &items)?)?;
    let next_total = pricing::total(&whole)?;
    let (begins, at, lines) = match kept_trial(subscription, now) {
        Some(end) => (Begins::TrialEnd, end, Vec::new()),
        None => (Begins::Now, now, whole),
    };
    let due_now = pricing::total(&lines)?;
    let (plan, period) = (plan.id.clone(), period::first(at, interval));
    Ok(Offer { plan, interval, begins, at, period, lines, due_now, next_total, is_bought: true })
}

/// When the trial ends that a plan bought from the payment provider begins after; `None` where it begins at once.
pub(crate) fn kept_trial(subscription: &Subscription, now: Timestamp) -> Option<Timestamp> {
    let soonest = now.plus(SHORTEST_TRIAL);
    subscription.trial_ends_at.filter(|end| subscription.state == State::Trialing && *end > soonest)
}

/// The plan that runs, as it goes on: nothing is due for it.
pub(crate) fn unchanged(subscription: &Subscription, next_total: i64, now: Timestamp) -> Offer {
    Offer {
        plan: subscription.plan.clone(),
        interval: subscription.interval,
        begins: Begins::Now,
        at: now,
        period: subscription.period,
        lines: Vec::new(),
        due_now: 0,
        next_total,
        is_bought: false,
    }
}

pub(crate) fn is_current(subscription: &Subscription, plan: &str, interval: Interval) -> bool {
    let runs = matches!(subscription.state, State::Active | State::PastDue);
    runs && subscription.plan == plan && subscription.interval == interval
}

/// A smaller plan, or the same for shorter: what was paid is used up first.
fn is_less(catalogue: &Catalogue, subscription: &Subscription, plan: &Plan, interval: Interval) -> bool {
    let rank = catalogue.plan(&subscription.plan).map_or(i64::MIN, |current| current.rank);
    plan.rank < rank || (subscription.interval, interval) == (Interval::Year, Interval::Month)
}

/// The rest of what was paid is given back, and what comes instead is charged, at the same instant: for the rest of the
/// same period, or for a whole new one where years come instead of months.
fn upgrade(
    catalogue: &Catalogue,
    subscription: &Subscription,
    (interval, new): (Interval, &[Charge]),
    now: Timestamp,
) -> Result<(Period, Vec<Line>), Refusal> {
    let (period, items) = (subscription.period, &subscription.items);
    let old = match catalogue.plan(&subscription.plan) {
        Some(plan) => pricing::charges(catalogue, plan, subscription.interval, items)?,
        None => Vec::new(),
    };
    let remaining = period.remaining(now);
    if interval == subscription.interval {
        return Ok((period, pricing::exchange(&old, new, period, remaining)?));
    }
    let mut lines = pricing::exchange(&old, &[], period, remaining)?;
    lines.extend(pricing::whole(new)?);
    Ok((period::first(now, interval), lines))
}

/// Puts a subscription on a plan whose lines were paid. While a trial runs it begins when that ends, so that no day of
/// it is paid.
pub(crate) fn take_plan(
    catalogue: &Catalogue,
    subscription: &mut Subscription,
    (plan, interval): (&Plan, Interval),
    lines: &[Line],
    now: Timestamp,
) {
    let seats = paid_seats(subscription, lines);
    subscription.items = pricing::items_under(catalogue, plan, &subscription.items, 0);
    if let (Some(unit_monthly), true) = (plan.extra_seat_monthly.stated(), seats > 0) {
        let item = EXTRA_SEAT.to_owned();
        subscription.items.push(Item { item, quantity: seats, unit_monthly, next_quantity: None, provider_item: None });
    }
    if subscription.state == State::Trialing {
        subscription.next = Some((plan.id.clone(), interval));
        return;
    }
    if subscription.state == State::Restricted || interval != subscription.interval {
        subscription.anchor = now;
        subscription.period = period::first(now, interval);
    }
    subscription.plan.clone_from(&plan.id);
    subscription.interval = interval;
    subscription.state = State::Active;
    subscription.next = None;
    subscription.cancel_at_period_end = false;
}

/// How many extra seats were paid by these lines; where they name none, as many as before.
fn paid_seats(subscription: &Subscription, lines: &[Line]) -> i64 {
    let mut named = lines.iter().filter(|line| line.item == EXTRA_SEAT).map(|line| line.quantity).peekable();
    if named.peek().is_some() {
        return named.filter(|quantity| *quantity > 0).sum();
    }
    subscription.items.iter().find(|item| item.item == EXTRA_SEAT).map_or(0, |item| item.quantity)
}

/// What so many of an add-on cost now and afterwards.
///
/// # Errors
/// As [`addon_lines`].
pub fn addon_offer(
    catalogue: &Catalogue,
    subscription: &Subscription,
    addon: &Addon,
    quantity: i64,
    now: Timestamp,
) -> Result<AddonOffer, Refusal> {
    if addon.recurring && subscription.is_bought_elsewhere() {
        return Err(Refusal::NotRunning);
    }
    let lines = addon_lines(catalogue, subscription, addon, quantity, now)?;
    let due_now = pricing::total(&lines)?;
    let every = |line: &Line| line.unit.checked_mul(line.quantity).ok_or(Refusal::TooMuch);
    let next_total = match addon.recurring {
        true => lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(every(line)?).ok_or(Refusal::TooMuch))?,
        false => 0,
    };
    Ok(AddonOffer { lines, due_now, next_total })
}

/// What an add-on costs now: once, or for the rest of the period that runs, since it is paid with the plan's own cycle
/// from then on (E6).
///
/// # Errors
/// Its price is not stated, no period runs that it could be part of, the plan has no room for so many, or an amount is too
/// large.
pub fn addon_lines(
    catalogue: &Catalogue,
    subscription: &Subscription,
    addon: &Addon,
    quantity: i64,
    now: Timestamp,
) -> Result<Vec<Line>, Refusal> {
    let price = addon.price.stated().ok_or_else(|| Refusal::NotForSale(addon.id.clone()))?;
    let charge = |unit| Charge { item: addon.id.clone(), name: addon.name.clone(), quantity, unit };
    if !addon.recurring {
        let lines = pricing::whole(&[charge(price)])?;
        return Ok(lines.into_iter().map(|line| Line { kind: LineKind::Once, ..line }).collect());
    }
    match subscription.state {
        State::Active => {}
        State::PastDue => return Err(Refusal::PaymentDue),
        State::Trialing | State::Restricted => return Err(Refusal::NotRunning),
    }
    if !fits(catalogue, subscription, addon, quantity) {
        return Err(Refusal::NoRoom);
    }
    let unit = price.checked_mul(subscription.interval.months()).ok_or(Refusal::TooMuch)?;
    let period = subscription.period;
    Ok(vec![pricing::part(&charge(unit), quantity, period.remaining(now), period.seconds())?])
}

/// Whether a plan can have so many more beside what it includes and what was bought already.
fn fits(catalogue: &Catalogue, subscription: &Subscription, addon: &Addon, quantity: i64) -> bool {
    let Some(plan) = catalogue.plan(&subscription.plan) else { return true };
    let (included, most) = match addon.adds {
        Adds::FullSeat => (plan.included_full_seats, plan.max_full_seats),
        Adds::BusinessSlot => (plan.included_businesses, plan.max_businesses),
        Adds::Credits => return true,
    };
    let (Some(included), Some(most)) = (included.cap(), most.cap()) else { return true };
    let bought = subscription.items.iter().filter_map(|item| {
        let same = catalogue.addon(&item.item).filter(|other| other.adds == addon.adds)?;
        Some(item.quantity.saturating_mul(same.quantity))
    });
    let with_them = bought.fold(quantity.saturating_mul(addon.quantity), i64::saturating_add);
    included.saturating_add(with_them) <= most
}

/// Adds what was bought to what every period has.
pub(crate) fn take_addon(subscription: &mut Subscription, addon: &Addon, quantity: i64) {
    if let Some(item) = subscription.items.iter_mut().find(|item| item.item == addon.id) {
        item.quantity = item.quantity.saturating_add(quantity);
        item.next_quantity = item.next_quantity.map(|next| next.saturating_add(quantity));
        return;
    }
    let (item, unit_monthly) = (addon.id.clone(), addon.price.stated().unwrap_or_default());
    subscription.items.push(Item { item, quantity, unit_monthly, next_quantity: None, provider_item: None });
}
