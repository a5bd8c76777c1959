//! A workspace that is deleted buys nothing and pays for nothing any more (INV-06).

use std::time::Duration;

use serde_json::json;

use super::{Shop, credits};
use crate::support::{text_of, until};

#[test]
fn inv_06_inv_33_what_is_paid_for_a_workspace_that_is_gone_goes_back_and_nothing_runs_on() {
    let mut shop = Shop::paying();
    shop.until_quiet();
    let looked_at = shop.buy(credits(1));
    shop.owner.patch("", json!({ "name": "Harbour" })).ok();
    shop.owner.delete(&format!("/api/v1/workspaces/{}?confirm=Harbour", shop.owner.workspace)).ok();
    // While its deletion waits nothing more can be bought.
    shop.owner.post("billing/checkouts", credits(1)).refused(409, "workspace.deleting");
    let year = json!({ "plan": "enterprise", "interval": "year" });
    shop.owner.put("billing/plan", year).refused(409, "workspace.deleting");
    // A page that was open before is paid, and nobody tells us before everything is erased.
    shop.stripe.control("hold", json!({ "held": true }));
    shop.stripe.pay(&looked_at);
    let kind = "checkout.session.completed";
    let (paid, _) = shop.stripe.events().into_iter().rfind(|(_, other)| other == kind).expect("it was paid");
    shop.pass_days(8);
    until("the workspace to be gone", || {
        shop.world.clock.advance(Duration::from_secs(1));
        (shop.number("select count(*) from workspaces where") == 0).then_some(())
    });

    let subscriptions = shop.stripe.get("subscriptions?status=all")["data"].clone();
    assert_eq!(subscriptions[0]["status"], "canceled", "nobody is charged for the next period: {subscriptions}");
    let of_pack = || {
        let charges = shop.stripe.get("charges")["data"].as_array().expect("charges").clone();
        charges.into_iter().find(|charge| charge["amount"] == 4_990).expect("the pack was paid")
    };
    // Told late, twice, and the refund's own event beside it.
    let events: Vec<_> = shop.stripe.events().into_iter().map(|(id, _)| id).collect();
    shop.stripe.control("deliver", json!({ "events": [paid, paid] }));
    shop.stripe.control("deliver", json!({ "events": events }));
    shop.until_quiet();
    assert_eq!(of_pack()["amount_refunded"], 4_990, "what was paid for nothing goes back, once");
    let outcome = format!("select outcome from provider_events where id = '{paid}'");
    assert_eq!(shop.world.database.column(&outcome), ["erased"]);
    // Its invoices stay: they are the operator's books (INV-06).
    let olga = shop.world.operator();
    let invoices = olga.all("/api/v1/operator/invoices?state=paid");
    assert!(invoices.iter().any(|each| text_of(&each["workspace"]["id"]) == shop.owner.workspace), "{invoices:?}");
}
