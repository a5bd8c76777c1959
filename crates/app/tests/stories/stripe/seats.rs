//! Metered seats at Stripe: how many are paid follows who works here, and the price that was shown is the one invoiced.

use std::time::Duration;

use serde_json::{Value, json};

use super::Shop;
use crate::{
    stories::billing::CATALOGUE,
    support::{Person, fresh_id, text_of, until},
};

impl Shop {
    /// A shop whose workspace pays for a plan with three full seats; each further one costs 15 a month.
    pub(super) fn metered() -> Self {
        Self::metered_with("")
    }

    /// The same, where the catalogue sells more.
    pub(super) fn metered_with(addons: &str) -> Self {
        let shop = Self::open();
        shop.world.shelve(&format!("{CATALOGUE}\n{addons}"));
        shop.world.assign_to(&shop.owner.workspace, "walked", "starter");
        let page = shop.buy(json!({ "kind": "plan", "plan": "starter", "interval": "month" }));
        assert_eq!(page["amount"], 1_900);
        shop.stripe.pay(&page);
        shop.settled(&page, "complete");
        shop
    }

    /// What one more full seat costs now, at a moment that Stripe's clock shows as well.
    #[track_caller]
    pub(super) fn shown(&self) -> i64 {
        self.pass(Duration::ZERO);
        let quote = self.owner.post("billing/seat-quote", json!({ "full": 1 })).ok();
        quote["full"]["charge_now"].as_i64().unwrap_or_else(|| panic!("a price: {quote}"))
    }

    pub(super) fn joins(&self) -> Person {
        self.world.join(&self.owner, &format!("Kim.{}", fresh_id()), "member")
    }

    #[track_caller]
    fn leaves(&self, person: &Person) {
        self.owner.delete(&format!("members/{}", person.member)).ok();
    }

    /// Waits until Stripe has so many extra seats; what met another change is tried again in a while.
    #[track_caller]
    pub(super) fn until_paid_seats(&self, seats: i64) {
        until(&format!("{seats} extra seats at Stripe"), || {
            self.world.clock.advance(Duration::from_secs(1));
            let items = self.subscription()["items"]["data"].clone();
            let extra = items
                .as_array()?
                .iter()
                .find(|item| item["price"]["lookup_key"].as_str().is_some_and(|key| key.contains(":extra_seat:")));
            (extra.map_or(0, |item| item["quantity"].as_i64().unwrap_or_default()) == seats).then_some(())
        });
    }

    /// The totals of the invoices at Stripe, oldest first.
    pub(super) fn totals(&self) -> Vec<i64> {
        let list = self.stripe.get("invoices?limit=100");
        let mut totals: Vec<_> =
            list["data"].as_array().expect("a list").iter().map(|one| one["total"].as_i64().expect("a sum")).collect();
        totals.reverse();
        totals
    }

    /// Waits until we have kept the newest of so many invoices; its lines add up and are what the formula says (INV-34).
    #[track_caller]
    fn newest_invoice(&self, count: usize) -> Value {
        let invoices = until("the invoice to be kept", || {
            self.world.clock.advance(Duration::from_millis(20));
            Some(self.owner.all("billing/invoices")).filter(|invoices| invoices.len() == count)
        });
        let invoice = self.owner.get(&format!("billing/invoices/{}", text_of(&invoices[0]["id"]))).ok();
        let lines = invoice["lines"].as_array().expect("lines");
        for line in lines.iter().filter(|line| line["kind"] == "proration") {
            let [unit, quantity, rest, period] =
                ["unit", "quantity", "remaining", "period"].map(|name| line[name].as_i64().expect("a number"));
            assert_eq!(billing::prorate(unit, quantity, rest, period), line["amount"].as_i64(), "{line}");
        }
        let sum: i64 = lines.iter().map(|line| line["amount"].as_i64().expect("a number")).sum();
        assert_eq!(invoice["total"], sum);
        invoice
    }
}

#[test]
fn bil_002_bil_005_inv_16_seats_at_stripe_follow_who_works_here_at_the_price_that_was_shown() {
    let mut shop = Shop::metered();
    shop.pass_days(10);
    (0..2).for_each(|_| drop(shop.joins()));
    assert_eq!(shop.totals(), [1_900], "three are included");
    // The fourth, the fifth and the sixth, each at what was shown just before.
    let mut totals = vec![1_900];
    let mut people = Vec::new();
    for seats in 1..=3 {
        let shown = shop.shown();
        people.push(shop.joins());
        shop.until_paid_seats(seats);
        totals.push(shown);
        assert_eq!(shop.totals(), totals, "what is shown is what is invoiced");
        assert_eq!(shop.newest_invoice(totals.len())["total"], shown);
        shop.pass_days(1);
        shop.pass(Duration::from_secs(12_345));
    }

    // Two go: both stay paid until the period ends, and one who comes instead costs nothing.
    people.drain(..2).for_each(|person| shop.leaves(&person));
    shop.until_paid_seats(1);
    let billing = shop.until_billing("what is paid until the end", |billing| {
        let items = billing["items"].as_array().expect("items");
        items.iter().any(|item| item["item"] == "extra_seat" && item["quantity"] == 3 && item["next_quantity"] == 1)
    });
    assert_eq!(billing["next_plan"], json!(null), "fewer seats are no other plan");
    assert_eq!(shop.shown(), 0);
    shop.joins();
    shop.until_paid_seats(2);
    assert_eq!(shop.totals(), totals, "nothing was charged, nothing given back");

    // Three come while Stripe cannot be asked: the two that are not paid are charged, at once.
    shop.pass(Duration::ZERO);
    let quote = shop.owner.post("billing/seat-quote", json!({ "full": 3 })).ok();
    shop.stripe
        .control("fault", json!({ "at": "GET /v1/subscriptions/", "kind": "status", "status": 503, "times": 6 }));
    (0..3).for_each(|_| drop(shop.joins()));
    shop.until_paid_seats(5);
    totals.push(quote["full"]["charge_now"].as_i64().expect("a price"));
    assert_eq!(shop.totals(), totals);

    // From the next period on the subscription itself costs them.
    shop.pass_days(22);
    until("the next period's invoice", || (shop.totals().len() == totals.len() + 1).then_some(()));
    assert_eq!(shop.totals().last(), Some(&(1_900 + 5 * 1_500)));
}

#[test]
fn with_a_smaller_plan_ahead_seats_beyond_it_are_paid_from_its_beginning_and_it_still_begins() {
    let mut shop = Shop::metered();
    shop.owner.put("billing/plan", json!({ "plan": "growth", "interval": "month" })).ok();
    let paid = shop.totals();
    shop.owner.put("billing/plan", json!({ "plan": "starter", "interval": "month" })).ok();
    (0..3).for_each(|_| drop(shop.joins()));
    shop.until_paid_seats(1);
    let billing = shop.until_billing("the smaller plan ahead", |billing| billing["next_plan"]["plan"] == "starter");
    assert_eq!((&billing["plan"], shop.totals()), (&json!("growth"), paid), "nothing more is charged");
    shop.pass_days(32);
    let billing = shop.until_billing("the smaller plan", |billing| billing["plan"] == "starter");
    assert_eq!(billing["state"], "active");
    assert_eq!(shop.totals().last(), Some(&(1_900 + 1_500)));
}
