//! What Stripe tells when something else has happened since.

use serde_json::json;

use super::{Shop, credits};
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
