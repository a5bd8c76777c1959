//! What a subscription of the provider's means here. Pure.

use std::collections::BTreeMap;

use kernel::Timestamp;

use crate::{
    price::{PriceKey, Thing},
    pricing::PLAN,
    subscription::{Item, State, Subscription, TillKind},
    till::{Kept, ProviderSubscription},
};

/// Whether it runs, paid or not: one that never began, or is over, does not.
pub(super) fn lives(status: &str) -> bool {
    !["incomplete", "incomplete_expired", "canceled"].contains(&status)
}

fn state(status: &str) -> State {
    match status {
        "trialing" => State::Trialing,
        "active" => State::Active,
        "past_due" => State::PastDue,
        // unpaid, paused, canceled: nobody pays any more.
        _ => State::Restricted,
    }
}

/// Ours, as it is once theirs is taken over. The same fetched object leads to the same, whatever ours was before.
pub(super) fn mirrored(ours: &Subscription, theirs: &ProviderSubscription, now: Timestamp) -> Subscription {
    let lives = lives(&theirs.status);
    let state = state(&theirs.status);
    let mut new = Subscription {
        state,
        till: TillKind::Stripe,
        provider_customer: Some(theirs.customer.clone()),
        provider_subscription: lives.then(|| theirs.id.clone()),
        period: theirs.period,
        anchor: theirs.anchor,
        trial_ends_at: theirs.trial_ends_at.or(ours.trial_ends_at),
        // What ended was cancelled, by somebody here or by the provider for want of payment.
        cancel_at_period_end: theirs.cancel_at_period_end || !lives,
        payment_method: theirs.payment_method.clone(),
        past_due_since: (state == State::PastDue || theirs.status == "unpaid")
            .then(|| ours.past_due_since.unwrap_or(now)),
        attempts: 0,
        next_attempt_at: None,
        next: None,
        ..ours.clone()
    };
    let kept = theirs.kept.as_ref().filter(|kept| kept.until > theirs.period.start);
    let known = things(theirs, kept);
    if let Some((key, _)) = known.values().find(|(key, _)| matches!(key.thing, Thing::Plan(_))) {
        take_plan(&mut new, key, kept);
    }
    if lives {
        new.items = known.into_values().filter_map(|(key, item)| (key.thing.item() != PLAN).then_some(item)).collect();
    }
    new
}

/// The plan that runs, and the smaller one that begins with the next period.
fn take_plan(new: &mut Subscription, key: &PriceKey, kept: Option<&Kept>) {
    let kept = kept.into_iter().flat_map(|kept| &kept.items).filter_map(|(key, _)| PriceKey::parse(key));
    let running = kept.into_iter().find(|key| matches!(key.thing, Thing::Plan(_)));
    let runs = running.as_ref().unwrap_or(key);
    if let Thing::Plan(plan) = &runs.thing {
        new.catalogue.clone_from(&runs.catalogue);
        (new.catalogue_version, new.plan, new.interval) = (runs.version, plan.clone(), runs.interval);
    }
    if let (Some(_), Thing::Plan(next)) = (&running, &key.thing) {
        new.next = Some((next.clone(), key.interval));
    }
}

/// What is had beside each other, by item: as paid for the next period, and as kept until this one ends.
fn things(theirs: &ProviderSubscription, kept: Option<&Kept>) -> BTreeMap<String, (PriceKey, Item)> {
    let mut things = BTreeMap::new();
    for item in &theirs.items {
        let Some(key) = PriceKey::parse(&item.price_key) else { continue };
        let entry = entry(&key, item.quantity, Some(item.id.clone()));
        things.insert(key.thing.item().to_owned(), (key, entry));
    }
    for (key, quantity) in kept.into_iter().flat_map(|kept| &kept.items) {
        let Some(key) = PriceKey::parse(key).filter(|key| key.thing.item() != PLAN) else { continue };
        let (_, item) =
            things.entry(key.thing.item().to_owned()).or_insert_with(|| (key.clone(), entry(&key, 0, None)));
        if *quantity > item.quantity {
            item.next_quantity = Some(item.quantity);
            item.quantity = *quantity;
        }
    }
    things
}

fn entry(key: &PriceKey, quantity: i64, provider_item: Option<String>) -> Item {
    let unit_monthly = key.unit / key.interval.months();
    Item { item: key.thing.item().to_owned(), quantity, unit_monthly, next_quantity: None, provider_item }
}
