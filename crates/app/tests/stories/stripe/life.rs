//! Payments that fail, and the end of a subscription.

use serde_json::json;

use super::{Shop, another, plan};
use crate::support::{Person, text_of, until};

#[test]
fn a_renewal_that_fails_is_past_due_then_restricted_and_can_be_bought_again() {
    let mut shop = Shop::paying();
    let subscription = shop.subscription();
    let (id, customer) = (text_of(&subscription["id"]), text_of(&subscription["customer"]));
    let card = shop.stripe.post("payment_methods/pm_card_chargeCustomerFail/attach", &[("customer", &customer)]);
    shop.stripe.post(&format!("subscriptions/{id}"), &[("default_payment_method", &text_of(&card["id"]))]);
    shop.until_billing("the new card", |billing| billing["payment_method"]["last4"] == "0341");
    shop.pass_days(32);
    shop.until_billing("the failure", |billing| billing["state"] == "past_due");
    assert_eq!(shop.number("select count(*) from events where kind = 'payment.failed' and"), 1);
    shop.pass_days(30);
    let billing = shop.until_billing("the end of the tries", |billing| billing["state"] == "restricted");
    assert_eq!(billing["plan"], "enterprise");
    // Nothing is lost, and the owner may buy again.
    shop.until_quiet();
    let page = shop.buy(plan("month"));
    shop.stripe.pay(&page);
    shop.until_billing("the new subscription", |billing| billing["state"] == "active");
    assert_eq!(shop.number("select count(*) from events where kind = 'subscription.restored' and"), 1);
}

/// Waits until a workspace's billing says this.
#[track_caller]
fn until_at(person: &Person, what: &str, path: &str, said: &str) {
    until(what, || (person.get("billing").ok().pointer(path) == Some(&json!(said))).then_some(()));
}

/// An agency pays for its own workspace and for a client's, which it then hands over.
#[test]
fn bil_017_bil_025_bil_029_each_workspace_has_a_subscription_and_a_card_of_its_own_whoever_owns_it() {
    let shop = Shop::paying();
    let there = another(&shop.owner);
    let page = there.post("billing/checkouts", plan("month")).ok_with(201);
    shop.stripe.pay(&page);
    until_at(&there, "the client's plan", "/plan", "enterprise");
    // The same card pays for both, and each is a subscription by itself.
    for person in [&shop.owner, &there] {
        until_at(person, "the card", "/payment_method/last4", "4242");
    }
    let subscriptions = shop.stripe.get("subscriptions")["data"].as_array().expect("subscriptions").clone();
    let of = |person: &Person| {
        let of = subscriptions.iter().find(|one| one["metadata"]["workspace"] == json!(person.workspace));
        let of = of.expect("its subscription");
        (text_of(&of["id"]), text_of(&of["customer"]))
    };
    let (ours, theirs) = (of(&shop.owner), of(&there));
    assert!(subscriptions.len() == 2 && ours.0 != theirs.0 && ours.1 != theirs.1);

    // The client gets another card on the provider's page; the agency's stays.
    let portal = there.post("billing/portal-sessions", json!({})).ok_with(201);
    assert!(text_of(&portal["url"]).contains("/p/session/"), "{portal}");
    let card = shop.stripe.post("payment_methods/pm_card_mastercard/attach", &[("customer", &theirs.1)]);
    shop.stripe.post(&format!("subscriptions/{}", theirs.0), &[("default_payment_method", &text_of(&card["id"]))]);
    until_at(&there, "the other card", "/payment_method/last4", "4444");
    assert_eq!(shop.billing()["payment_method"]["last4"], "4242");

    // Handed over, the subscription goes on with the workspace; the agency has no part in it any more.
    let client = shop.world.join(&there, "Kim", "owner");
    there.post("leave", json!({})).ok();
    there.get("billing").refused(404, "not_found");
    let billing = client.get("billing").ok();
    assert_eq!((&billing["plan"], &billing["state"]), (&json!("enterprise"), &json!("active")));
    client.put("billing/cancellation", json!({})).ok();
    assert_eq!(shop.stripe.get(&format!("subscriptions/{}", theirs.0))["cancel_at_period_end"], true);
    assert_eq!(shop.stripe.get(&format!("subscriptions/{}", ours.0))["cancel_at_period_end"], false);
    assert_eq!(shop.billing()["cancel_at_period_end"], false);
}
