//! What a period costs: the plan, and what is had beside it.

use crate::{
    Refusal,
    catalogue::{Catalogue, Interval, Plan, SeatBilling},
    contract::CONTRACT_SEATS,
    invoice::{Line, LineKind},
    price::EXTRA_SEAT,
    proration::prorate,
    subscription::{Item, Period, Subscription},
};

/// The item that stands for the plan itself; as an item of a subscription, at a price of its own.
pub const PLAN: &str = "plan";

/// Something that is paid in every period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    pub item: String,
    pub name: String,
    pub quantity: i64,
    /// Of one, for one interval, in minor units.
    pub unit: i64,
}

impl Interval {
    /// How many months it has: what is priced by the month costs so much of it (E6).
    pub const fn months(self) -> i64 {
        match self {
            Self::Month => 1,
            Self::Year => 12,
        }
    }
}

/// What every period of a plan costs with these items beside it. A plan whose price is nowhere stated costs nothing here.
///
/// # Errors
/// An amount is too large to be one.
pub fn charges(catalogue: &Catalogue, plan: &Plan, interval: Interval, items: &[Item]) -> Result<Vec<Charge>, Refusal> {
    let agreed = items.iter().find(|item| item.item == PLAN);
    let price = match agreed {
        Some(item) => Some(of_interval(item.unit_monthly, interval)?),
        None => plan.price(interval).stated(),
    };
    let whole = price.map(|unit| Charge { item: PLAN.to_owned(), name: plan.name.clone(), quantity: 1, unit });
    let mut charges: Vec<_> = whole.into_iter().collect();
    let is_priced = |item: &&Item| ![PLAN, CONTRACT_SEATS].contains(&item.item.as_str()) && item.quantity > 0;
    for item in items.iter().filter(is_priced) {
        charges.push(Charge {
            item: item.item.clone(),
            name: name_of(catalogue, &item.item),
            quantity: item.quantity,
            unit: of_interval(item.unit_monthly, interval)?,
        });
    }
    Ok(charges)
}

fn of_interval(unit_monthly: i64, interval: Interval) -> Result<i64, Refusal> {
    unit_monthly.checked_mul(interval.months()).ok_or(Refusal::TooMuch)
}

/// What an item is called on an invoice.
pub fn name_of(catalogue: &Catalogue, item: &str) -> String {
    match item {
        EXTRA_SEAT => "Extra seat".to_owned(),
        item => catalogue.addon(item).map_or_else(|| item.to_owned(), |addon| addon.name.clone()),
    }
}

/// The items beside a plan that `used` full seats need, taken over from another plan: what was bought stays, metered
/// seats are counted anew at the new plan's price, and a price agreed on for the old plan ends with it.
pub fn items_under(catalogue: &Catalogue, plan: &Plan, items: &[Item], used: i64) -> Vec<Item> {
    let kept = items.iter().filter(|item| item.item != PLAN && item.item != EXTRA_SEAT).cloned();
    kept.chain(extra_seats(catalogue, plan, used)).collect()
}

/// The item of metered seats, where there are any (INV-16).
fn extra_seats(catalogue: &Catalogue, plan: &Plan, used: i64) -> Option<Item> {
    let quantity = billable(catalogue, plan, used)?;
    let unit_monthly = plan.extra_seat_monthly.stated()?;
    let item = Item { item: EXTRA_SEAT.to_owned(), quantity, unit_monthly, next_quantity: None, provider_item: None };
    Some(item).filter(|item| item.quantity > 0)
}

/// How many of the active full seats are billed beside the plan; `None` where seats are not metered.
pub fn billable(catalogue: &Catalogue, plan: &Plan, active: i64) -> Option<i64> {
    let included = plan.included_full_seats.cap().filter(|_| catalogue.seat_billing == SeatBilling::Metered)?;
    Some(active.saturating_sub(included).max(0))
}

/// Whole periods of these charges.
///
/// # Errors
/// An amount is too large to be one.
pub fn whole(charges: &[Charge]) -> Result<Vec<Line>, Refusal> {
    let lines = charges.iter().map(|charge| {
        let amount = charge.unit.checked_mul(charge.quantity).ok_or(Refusal::TooMuch)?;
        Ok(Line { amount, ..line(charge, LineKind::Period, charge.quantity) })
    });
    lines.collect()
}

/// What `quantity` of a charge costs for the rest of a period of so many seconds; negative quantities are given back.
///
/// # Errors
/// An amount is too large to be one.
pub fn part(charge: &Charge, quantity: i64, remaining: i64, period: i64) -> Result<Line, Refusal> {
    let amount = prorate(charge.unit, quantity, remaining, period).ok_or(Refusal::TooMuch)?;
    Ok(Line { remaining, period, amount, ..line(charge, LineKind::Proration, quantity) })
}

fn line(charge: &Charge, kind: LineKind, quantity: i64) -> Line {
    let Charge { item, name, unit, .. } = charge.clone();
    Line { item, name, kind, quantity, unit, remaining: 0, period: 0, amount: 0 }
}

/// From one set of charges to another within a period: what is no longer had is given back for the rest of it, what
/// comes instead is charged for the same rest (E6).
///
/// # Errors
/// An amount is too large to be one.
pub fn exchange(old: &[Charge], new: &[Charge], period: Period, remaining: i64) -> Result<Vec<Line>, Refusal> {
    let length = period.seconds();
    let mut lines = Vec::new();
    for charge in old.iter().filter(|charge| !new.contains(charge)) {
        lines.push(part(charge, -charge.quantity, remaining, length)?);
    }
    for charge in new.iter().filter(|charge| !old.contains(charge)) {
        lines.push(part(charge, charge.quantity, remaining, length)?);
    }
    Ok(lines)
}

/// What lines come to.
///
/// # Errors
/// It is too large to be an amount.
pub fn total(lines: &[Line]) -> Result<i64, Refusal> {
    lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(line.amount)).ok_or(Refusal::TooMuch)
}

/// The plan and the items of the next period, with so many active full seats: what was scheduled takes effect, what was
/// given up is gone (E6).
pub fn next_terms(catalogue: &Catalogue, subscription: &Subscription, active: i64) -> (String, Interval, Vec<Item>) {
    let kept = subscription.items.iter().filter_map(|item| {
        let quantity = item.next_quantity.unwrap_or(item.quantity);
        Some(Item { quantity, next_quantity: None, ..item.clone() }).filter(|item| item.quantity > 0)
    });
    let items: Vec<_> = kept.collect();
    let Some((id, interval)) = subscription.next.clone() else {
        return (subscription.plan.clone(), subscription.interval, items);
    };
    let items = catalogue.plan(&id).map(|plan| items_under(catalogue, plan, &items, active)).unwrap_or(items);
    (id, interval, items)
}
