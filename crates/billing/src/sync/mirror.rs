//! What a subscription of the provider's means here. Pure.

use kernel::Timestamp;

use super::paid::{billed, is_plan, paid};
use crate::{
    contract::CONTRACT_SEATS,
    price::{PriceKey, Thing},
    subscription::{Item, State, Subscription, TillKind},
    till::ProviderSubscription,
};

/// Whether it runs, paid or not: one that never began, or is over, does not.
pub(super) fn lives(status: &str) -> bool {
    status != "incomplete" && !is_over(status)
}

/// Whether it is over for good.
pub(super) fn is_over(status: &str) -> bool {
    ["incomplete_expired", "canceled"].contains(&status)
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
    let plan = |things: Vec<(PriceKey, i64)>| things.into_iter().map(|(key, _)| key).find(is_plan);
    if let (Some(runs), Some(next)) = (plan(paid(theirs)), plan(billed(theirs))) {
        take_plan(&mut new, &runs, &next);
    }
    if lives {
        // What was agreed on with the operator costs nothing and is not known there.
        let agreed = ours.items.iter().filter(|item| item.item == CONTRACT_SEATS).cloned();
        new.items = agreed.chain(things(theirs)).collect();
        new.items.sort_by(|one, other| one.item.cmp(&other.item));
    }
    new
}

/// The plan that runs, and the smaller one that begins with the next period.
fn take_plan(new: &mut Subscription, runs: &PriceKey, next: &PriceKey) {
    if let Thing::Plan(plan) = &runs.thing {
        new.catalogue.clone_from(&runs.catalogue);
        (new.catalogue_version, new.plan, new.interval) = (runs.version, plan.clone(), runs.interval);
    }
    // The plan is kept beside fewer seats too, and is then no other one.
    if let Thing::Plan(plan) = &next.thing
        && (runs.thing != next.thing || runs.interval != next.interval)
    {
        new.next = Some((plan.clone(), next.interval));
    }
}

/// What is had beside the plan until the period ends, and how much of it is paid for the next one.
fn things(theirs: &ProviderSubscription) -> Vec<Item> {
    let (paid, billed) = (paid(theirs), billed(theirs));
    let is_same = |one: &PriceKey, other: &PriceKey| one.thing.item() == other.thing.item();
    let later = billed.iter().filter(|(key, _)| !paid.iter().any(|(same, _)| is_same(same, key)));
    let all = paid.iter().cloned().chain(later.map(|(key, _)| (key.clone(), 0)));
    let item = |(key, quantity): (PriceKey, i64)| {
        let next = billed.iter().find(|(next, _)| is_same(next, &key)).map_or(0, |(_, next)| *next);
        let of_key = |price_key: &str| PriceKey::parse(price_key).is_some_and(|other| is_same(&other, &key));
        let provider_item = theirs.items.iter().find(|item| of_key(&item.price_key)).map(|item| item.id.clone());
        Item {
            item: key.thing.item().to_owned(),
            quantity,
            unit_monthly: key.unit / key.interval.months(),
            next_quantity: Some(next).filter(|next| *next != quantity),
            provider_item,
        }
    };
    all.filter(|(key, _)| !is_plan(key)).map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::Interval,
        subscription::Period,
        till::{Kept, ProviderItem},
    };

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
        let kept = |until| Some(Kept { until: moment(until), since: moment(41), items: vec![(SEAT_KEY.into(), 5)] });
        let now = mirrored(&ours(), &theirs("active", 2, kept(70)), moment(41));
        assert_eq!((now.items[0].quantity, now.items[0].next_quantity), (5, Some(2)));
        // A period that began since then is paid for two.
        let next = mirrored(&now, &theirs("active", 2, kept(40)), moment(41));
        assert_eq!((next.items[0].quantity, next.items[0].next_quantity), (2, None));
    }

    #[test]
    fn a_plan_that_is_kept_beside_another_runs_until_the_period_ends_and_beside_itself_it_is_no_other() {
        let kept = |plan: &str| Some(Kept { until: moment(70), since: moment(41), items: vec![(plan.to_owned(), 1)] });
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
