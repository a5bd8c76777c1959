//! The operator's decisions beside Stripe's: what is paid there ends there first.

use std::time::Duration;

use guildhall::TillChoice;
use kernel::DAY;
use serde_json::{Value, json};

use super::{Shop, plan};
use crate::{
    stories::billing::CATALOGUE,
    support::{Person, until},
};

fn assign(olga: &Person, workspace: &str) -> crate::support::Reply {
    let wanted = json!({ "catalogue": "askusers", "plan": "individual" });
    olga.put(&format!("/api/v1/operator/workspaces/{workspace}/plan"), wanted)
}

#[test]
fn inv_33_who_pays_at_stripe_is_put_on_another_plan_only_once_that_is_over() {
    let mut shop = Shop::paying();
    shop.until_quiet();
    let (olga, before) = (shop.world.operator(), (shop.billing(), shop.subscription()));
    let recorded = shop.world.recorded();
    assign(&olga, &shop.owner.workspace).refused(409, "subscription.at_provider");
    assert_eq!((shop.billing(), shop.subscription()), before, "neither here nor there is anything different");
    assert_eq!(shop.world.recorded(), recorded);

    // The owner lets it end; what was paid is had until then, and a plan can be assigned after it.
    shop.owner.put("billing/cancellation", json!({})).ok();
    assign(&olga, &shop.owner.workspace).refused(409, "subscription.at_provider");
    shop.pass_days(32);
    shop.until_billing("the end", |billing| billing["state"] == "restricted");
    let assigned = assign(&shop.world.operator(), &shop.owner.workspace).ok();
    assert_eq!((&assigned["plan"], &assigned["subscription"]), (&json!("individual"), &json!("active")));
    assert_eq!((&assigned["till"], &assigned["state"]), (&json!("stripe"), &json!("active")));
    shop.pass_days(32);
    shop.until_quiet();
    assert_eq!(shop.billing()["plan"], "individual", "nothing that Stripe still tells takes it away");
    let subscriptions = shop.stripe.get("subscriptions?status=all")["data"].clone();
    let running = |one: &&Value| one["status"] != "canceled";
    assert_eq!(subscriptions.as_array().expect("subscriptions").iter().filter(running).count(), 0, "nobody is charged");
}

#[test]
fn a_workspace_made_where_nothing_was_sold_pays_at_stripe_once_it_is_put_on_a_plan() {
    let shop = Shop::open();
    let (olga, ann) = (shop.world.operator(), shop.world.ann());
    let billing = || ann.get("billing").ok();
    assert_eq!(billing()["till"], "none");
    assert_eq!(assign(&olga, &ann.workspace).ok()["till"], "stripe");
    let page = ann.post("billing/checkouts", plan("month")).ok_with(201);
    shop.stripe.pay(&page);
    crate::support::until("the plan that was paid", || (billing()["plan"] == "enterprise").then_some(()));
}

#[test]
fn a_page_that_can_still_be_paid_keeps_the_workspace_with_stripe() {
    let mut shop = Shop::open();
    shop.buy(plan("month"));
    shop.world.restart_with(|settings| settings.till = Some(TillChoice::Manual));
    let olga = shop.world.operator();
    assign(&olga, &shop.owner.workspace).refused(409, "checkout.pending");
    shop.world.clock.advance(Duration::from_secs(2 * 60 * 60) + DAY);
    let assigned = assign(&shop.world.operator(), &shop.owner.workspace).ok();
    assert_eq!(assigned["till"], "manual");
    // The page that nobody paid is in the way of nothing.
    shop.pass_days(0);
    let asked = shop.owner.put("billing/plan", json!({ "plan": "enterprise", "interval": "month" })).ok();
    assert_eq!(asked["invoice"]["state"], "open");
}

#[test]
fn what_was_owed_by_hand_before_is_paid_or_taken_back_beside_stripe() {
    let mut shop = Shop::open();
    shop.world.shelve(CATALOGUE);
    shop.world.assign_to(&shop.owner.workspace, "walked", "starter");
    // The operator collected its bills, of which it owes two.
    shop.world.database.run("update subscriptions set till = 'manual'");
    shop.pass_days(62);
    let olga = shop.world.operator();
    let owed = until("two invoices", || {
        let mut open = olga.all("/api/v1/operator/invoices?state=open");
        open.retain(|each| each["workspace"]["id"] == json!(shop.owner.workspace));
        Some(open).filter(|open| open.len() == 2)
    });
    assign(&olga, &shop.owner.workspace).ok();
    let page = shop.buy(plan("month"));
    shop.stripe.pay(&page);
    shop.settled(&page, "complete");
    let before = shop.billing();
    for (invoice, act, state) in [(&owed[0], "payment", "paid"), (&owed[1], "void", "void")] {
        let id = crate::support::text_of(&invoice["invoice"]["id"]);
        let path = format!("/api/v1/operator/workspaces/{}/invoices/{id}/{act}", shop.owner.workspace);
        assert_eq!(olga.put(&path, json!({})).ok()["invoice"]["state"], state);
    }
    assert_eq!(shop.billing(), before, "what runs at Stripe is as it was");
    // What Stripe collects the operator does not.
    let theirs = shop.owner.all("billing/invoices").into_iter().find(|invoice| invoice["reason"] == "plan");
    let id = crate::support::text_of(&theirs.expect("Stripe's own invoice")["id"]);
    let path = format!("/api/v1/operator/workspaces/{}/invoices/{id}/void", shop.owner.workspace);
    olga.put(&path, json!({})).refused(409, "invoice.not_open");
}
