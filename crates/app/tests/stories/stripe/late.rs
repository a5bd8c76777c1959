//! What Stripe tells when something else has happened since.

use serde_json::json;

use super::{Shop, credits, plan};
use crate::support::text_of;

impl Shop {
    /// Tells of everything of these kinds that happened so far, in this order of kinds.
    fn deliver(&self, kinds: &[&'static str]) {
        let happened = self.stripe.events();
        let of = |wanted: &'static str| happened.iter().filter(move |(_, kind)| kind == wanted);
        let told: Vec<_> = kinds.iter().flat_map(|kind| of(kind)).map(|(id, _)| id.clone()).collect();
        assert!(!told.is_empty(), "{kinds:?}");
        self.stripe.control("deliver", json!({ "events": told }));
        self.until_quiet();
    }
}

#[test]
fn inv_33_a_pack_that_was_paid_back_before_it_was_heard_of_is_not_had() {
    for order in [["charge.refunded", "checkout.session.completed"], ["checkout.session.completed", "charge.refunded"]]
    {
        let shop = Shop::paying();
        shop.until_quiet();
        shop.stripe.control("hold", json!({ "held": true }));
        let page = shop.buy(credits(1));
        shop.stripe.pay(&page);
        let charge = text_of(&shop.stripe.get("charges?limit=1")["data"][0]["id"]);
        shop.stripe.post("refunds", &[("charge", &charge)]);
        shop.deliver(&order);
        assert_eq!(shop.credits(), 2000, "{order:?}");
        shop.settled(&page, "complete");
        let kinds: Vec<_> = shop.owner.all("credits/entries").into_iter().map(|entry| entry["kind"].clone()).collect();
        assert_eq!(kinds, ["refund", "purchase", "grant"], "{order:?}");
    }
}

#[test]
fn inv_33_what_a_bank_takes_back_again_is_taken_back_again_and_where_it_only_asks_nothing_is() {
    let shop = Shop::paying();
    let page = shop.buy(credits(1));
    shop.stripe.pay(&page);
    shop.settled(&page, "complete");
    let charge = text_of(&shop.stripe.get("charges?limit=1")["data"][0]["id"]);
    for (status, left) in [
        ("warning_needs_response", 3000),
        ("warning_closed", 3000),
        ("needs_response", 2000),
        ("won", 3000),
        ("needs_response", 2000),
        ("lost", 2000),
    ] {
        shop.stripe.control("dispute", json!({ "charge": charge, "status": status }));
        shop.until_quiet();
        assert_eq!(shop.credits(), left, "{status}");
    }
}

#[test]
fn a_plan_that_was_over_before_it_was_heard_of_is_in_nobodys_way() {
    let mut shop = Shop::open();
    shop.stripe.control("hold", json!({ "held": true }));
    let page = shop.buy(plan("month"));
    shop.stripe.pay(&page);
    let id = text_of(&shop.subscription()["id"]);
    shop.stripe.post(&format!("subscriptions/{id}"), &[("cancel_at_period_end", "true")]);
    shop.pass_days(40);
    assert_eq!(shop.subscription()["status"], "canceled");
    shop.deliver(&["customer.subscription.deleted", "checkout.session.completed"]);
    shop.settled(&page, "complete");
    assert_eq!(shop.billing()["plan"], "individual", "it is over");
    shop.stripe.control("hold", json!({ "held": false }));
    let again = shop.buy(plan("month"));
    assert_ne!(again["id"], page["id"]);
    shop.stripe.pay(&again);
    shop.settled(&again, "complete");
    assert_eq!(shop.billing()["plan"], "enterprise");
}

#[test]
fn t_g3_a_plan_that_was_paid_after_the_backup_that_was_put_back_is_had() {
    let shop = Shop::open();
    shop.stripe.control("hold", json!({ "held": true }));
    shop.stripe.pay(&shop.buy(plan("month")));
    shop.world.database.run("delete from checkouts");
    shop.deliver(&["customer.subscription.created"]);
    let billing = shop.billing();
    assert_eq!((&billing["plan"], &billing["state"]), (&json!("enterprise"), &json!("active")));
}
