//! Events come in any order, twice, or not at all: what is true in the end is what Stripe itself says (T-J4).

use std::thread;

use serde_json::json;

use super::{Shop, another, credits, plan};
use crate::support::{Person, text_of, until};

/// The events of a subscription's first day that say something about it.
const TOLD: [&str; 6] = [
    "checkout.session.completed",
    "customer.subscription.created",
    "invoice.paid",
    "customer.subscription.updated",
    "invoice.finalized",
    "invoice.payment_succeeded",
];

#[test]
fn t_j4_in_any_order_twice_or_one_of_them_lost_the_end_is_what_stripe_says() {
    // Every thirtieth of the 720 orders, so that each event comes first, last and between.
    play((0..720).step_by(30));
}

#[test]
#[ignore = "all orders take minutes: bin/soak"]
fn soak_provider_orders() {
    // Mostly it is waited for what is told: several shops beside each other.
    const SHOPS: usize = 4;
    let orders: usize = thread::scope(|scope| {
        let shops: Vec<_> = (0..SHOPS).map(|shop| scope.spawn(move || play((shop..720).step_by(SHOPS)))).collect();
        shops.into_iter().map(|shop| shop.join().expect("a shop")).sum()
    });
    println!("soak: {orders} orders of six events, each told twice, and each event lost once: as Stripe says");
}

/// Plays a workspace's first day once for every order; how many there were.
fn play(orders: impl Iterator<Item = usize>) -> usize {
    let shop = Shop::open();
    shop.stripe.control("hold", json!({ "held": true }));
    let mut played = 0;
    for order in orders {
        let owner = another(&shop.owner);
        let (events, subscription) = first_day(&shop, &owner);
        let mut told = permuted(&events, order);
        // One of them is lost, a different one each time; the rest come twice, the second time the other way round.
        told.remove(order / 30 % told.len());
        told.extend(told.clone().into_iter().rev());
        shop.stripe.control("deliver", json!({ "events": told }));
        shop.until_quiet();
        ends_as_stripe_says(&shop, &owner, &subscription, order);
        played += 1;
    }
    played
}

/// The plan is paid, then somebody adds a seat in Stripe's dashboard and lets it end with its period. Nothing is told yet.
fn first_day(shop: &Shop, owner: &Person) -> (Vec<String>, String) {
    let before = shop.stripe.events().len();
    let page = owner.post("billing/checkouts", plan("month")).ok_with(201);
    shop.stripe.pay(&page);
    let happened = shop.stripe.events();
    let (id, _) = happened[before..].iter().find(|(_, kind)| kind == TOLD[1]).expect("it began");
    let subscription = text_of(&shop.stripe.get(&format!("events/{id}"))["data"]["object"]["id"]);
    let price = seat_price(shop);
    let seat =
        [("items[0][price]", price.as_str()), ("items[0][quantity]", "3"), ("proration_behavior", "always_invoice")];
    shop.stripe.post(&format!("subscriptions/{subscription}"), &seat);
    shop.stripe.post(&format!("subscriptions/{subscription}"), &[("cancel_at_period_end", "true")]);
    let happened = shop.stripe.events();
    let last_of = |kind: &str| happened[before..].iter().rfind(|(_, other)| other == kind).map(|(id, _)| id.clone());
    (TOLD.iter().filter_map(|kind| last_of(kind)).collect(), subscription)
}

/// Our price of a seat, which the first that is sold makes.
fn seat_price(shop: &Shop) -> String {
    const KEY: &str = "guildhall:askusers:1:addon:extra_member_seat:month:1900";
    let known = shop.stripe.get(&format!("prices?lookup_keys[]={KEY}"));
    if let Some(price) = known["data"].as_array().expect("prices").first() {
        return text_of(&price["id"]);
    }
    let form = [
        ("currency", "usd"),
        ("unit_amount", "1900"),
        ("recurring[interval]", "month"),
        ("product_data[name]", "Extra Member Seat"),
        ("lookup_key", KEY),
    ];
    text_of(&shop.stripe.post("prices", &form)["id"])
}

#[track_caller]
fn ends_as_stripe_says(shop: &Shop, owner: &Person, subscription: &str, order: usize) {
    let theirs = shop.stripe.get(&format!("subscriptions/{subscription}"));
    let ours = owner.get("billing").ok();
    assert_eq!((&ours["plan"], &ours["state"]), (&json!("enterprise"), &json!("active")), "order {order}");
    assert_eq!(ours["cancel_at_period_end"], theirs["cancel_at_period_end"], "order {order}");
    let seats = owner.get("billing/seats").ok();
    assert_eq!(seats["full"]["cap"], 5 + 3, "order {order}");
    assert_eq!(owner.get("credits").ok()["balance"], 2000, "order {order}");
}

/// The order with this number, of all there are.
fn permuted(events: &[String], mut number: usize) -> Vec<String> {
    let mut rest = events.to_vec();
    let mut told = Vec::new();
    while !rest.is_empty() {
        told.push(rest.remove(number % rest.len()));
        number /= rest.len() + 1;
    }
    told
}

#[test]
fn t_j4_a_paid_pack_is_granted_once_whichever_of_its_events_come() {
    let shop = Shop::paying();
    shop.stripe.control("hold", json!({ "held": true }));
    let mut balance = 2000;
    for (lost, reversed) in [(0, false), (1, false), (2, true), (9, true)] {
        let before = shop.stripe.events().len();
        let page = shop.buy(credits(1));
        shop.stripe.pay(&page);
        let about = ["checkout.session.completed", "invoice.paid", "payment_intent.succeeded"];
        let happened = shop.stripe.events();
        let mut told: Vec<_> = happened[before..].iter().filter(|(_, kind)| about.contains(&&**kind)).collect();
        if lost < told.len() {
            told.remove(lost);
        }
        if reversed {
            told.reverse();
        }
        let twice: Vec<_> = told.iter().chain(&told).map(|(id, _)| id.clone()).collect();
        shop.stripe.control("deliver", json!({ "events": twice }));
        shop.until_quiet();
        balance += 1000;
        until("the pack", || (shop.credits() == balance).then_some(()));
    }
}
