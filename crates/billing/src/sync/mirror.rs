//! What a subscription of the provider's means here. Pure.

use std::collections::BTreeMap;

use kernel::Timestamp;

use crate::{
    contract::CONTRACT_SEATS,
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
        // What was agreed on with the operator costs nothing and is not known there.
        let agreed = ours.items.iter().filter(|item| item.item == CONTRACT_SEATS).cloned();
        let theirs = known.into_values().filter_map(|(key, item)| (key.thing.item() != PLAN).then_some(item));
        new.items = agreed.chain(theirs).collect();
        new.items.sort_by(|one, other| one.item.cmp(&other.item));
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
    // The plan is kept beside fewer seats too, and is then no other one.
    if let Thing::Plan(next) = &key.thing
        && (runs.thing != key.thing || runs.interval != key.interval)
    {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalogue::Interval, subscription::Period, till::ProviderItem};

    const PLAN_KEY: &str = "guildhall:askusers:1:plan:enterprise:month:9900";
    const SEAT_KEY: &str = "guildhall:askusers:1:addon:extra_member_seat:month:1900";

    fn moment(day: i64) -> Timestamp {
        Timestamp::from_millis(day * 86_400_000)
    }

    fn ours() -> Subscription {
        Subscription {
            catalogue: "askusers".into(),
            catalogue_version: 1,
            plan: "individual".into(),
            interval: Interval::Month,
            state: State::Active,
            anchor: moment(0),
            period: Period { start: moment(0), end: moment(30) },
            trial_ends_at: None,
            cancel_at_period_end: false,
            next: None,
            past_due_since: None,
            attempts: 0,
            next_attempt_at: None,
            reminded: None,
            till: TillKind::Stripe,
            provider_customer: None,
            provider_subscription: None,
            provider_version: 0,
            payment_method: None,
            payer: None,
            items: Vec::new(),
            version: 1,
        }
    }

    fn theirs(status: &str, seats: i64, kept: Option<Kept>) -> ProviderSubscription {
        let item =
            |id: &str, key: &str, quantity| ProviderItem { id: id.into(), price_key: key.into(), quantity, unit: 0 };
        ProviderSubscription {
            id: "sub_1".into(),
            checkout: None,
            workspace: None,
            customer: "cus_1".into(),
            status: status.into(),
            interval: Interval::Month,
            period: Period { start: moment(40), end: moment(70) },
            anchor: moment(40),
            trial_ends_at: None,
            cancel_at_period_end: false,
            items: vec![item("si_1", PLAN_KEY, 1), item("si_2", SEAT_KEY, seats), item("si_3", "theirs alone", 9)],
            payment_method: None,
            kept,
            fulfilled: None,
        }
    }

    #[test]
    fn inv_33_the_same_object_leads_to_the_same_whatever_was_before() {
        let once = mirrored(&ours(), &theirs("active", 2, None), moment(41));
        let seats = Item {
            item: "extra_member_seat".into(),
            quantity: 2,
            unit_monthly: 1_900,
            next_quantity: None,
            provider_item: Some("si_2".into()),
        };
        assert_eq!((once.plan.as_str(), once.state, &once.items), ("enterprise", State::Active, &vec![seats]));
        assert_eq!(mirrored(&once, &theirs("active", 2, None), moment(50)), once);
        let later = mirrored(&once, &theirs("active", 7, None), moment(42));
        assert_eq!(mirrored(&later, &theirs("active", 2, None), moment(60)), once);
    }

    #[test]
    fn seats_that_were_agreed_on_stay_beside_what_is_paid_there() {
        let agreed = Item {
            item: CONTRACT_SEATS.into(),
            quantity: 40,
            unit_monthly: 0,
            next_quantity: None,
            provider_item: None,
        };
        let ours = Subscription { items: vec![agreed.clone()], ..ours() };
        let once = mirrored(&ours, &theirs("active", 2, None), moment(41));
        assert_eq!((once.items.len(), &once.items[0], once.contract_seats()), (2, &agreed, Some(40)));
        assert_eq!(mirrored(&once, &theirs("active", 2, None), moment(50)), once);
    }

    #[test]
    fn what_is_paid_until_the_period_ends_is_had_until_then() {
        let kept = |until| Some(Kept { until: moment(until), items: vec![(SEAT_KEY.into(), 5)] });
        let now = mirrored(&ours(), &theirs("active", 2, kept(70)), moment(41));
        assert_eq!((now.items[0].quantity, now.items[0].next_quantity), (5, Some(2)));
        // A period that began since then is paid for two.
        let next = mirrored(&now, &theirs("active", 2, kept(40)), moment(41));
        assert_eq!((next.items[0].quantity, next.items[0].next_quantity), (2, None));
    }

    #[test]
    fn a_plan_that_is_kept_beside_another_runs_until_the_period_ends_and_beside_itself_it_is_no_other() {
        let kept = |plan: &str| Some(Kept { until: moment(70), items: vec![(plan.to_owned(), 1)] });
        let same = mirrored(&ours(), &theirs("active", 2, kept(PLAN_KEY)), moment(41));
        assert_eq!((same.plan.as_str(), same.next), ("enterprise", None));
        let larger = mirrored(&ours(), &theirs("active", 2, kept(&PLAN_KEY.replace("enterprise", "team"))), moment(41));
        let next = ("enterprise".to_owned(), Interval::Month);
        assert_eq!((larger.plan.as_str(), larger.next), ("team", Some(next)));
    }

    #[test]
    fn what_the_provider_says_of_the_payment_decides_whether_the_workspace_goes_on() {
        for (status, state) in [
            ("trialing", State::Trialing),
            ("active", State::Active),
            ("past_due", State::PastDue),
            ("unpaid", State::Restricted),
            ("paused", State::Restricted),
            ("canceled", State::Restricted),
            ("a word of tomorrow", State::Restricted),
        ] {
            assert_eq!(mirrored(&ours(), &theirs(status, 1, None), moment(41)).state, state, "{status}");
        }
        let over = mirrored(&ours(), &theirs("canceled", 1, None), moment(41));
        assert_eq!((over.provider_subscription, over.cancel_at_period_end), (None, true), "another can be bought");
        assert!(!lives("incomplete") && !lives("incomplete_expired") && lives("past_due"));
    }
}
