//! Plans, seats and slots that change while less was chosen for the next period: what is paid until then is had until then,
//! and nothing of it is charged a second time.

use kernel::DAY;
use serde_json::{Value, json};

use super::Shop;
use crate::{
    stories::billing::CATALOGUE,
    support::{text_of, until},
};

fn plan(plan: &str, interval: &str) -> Value {
    json!({ "plan": plan, "interval": interval })
}

impl Shop {
    /// A shop that pays for Growth and two business slots.
    fn grown() -> Self {
        let shop = Self::metered();
        shop.owner.put("billing/plan", plan("growth", "month")).ok();
        shop.with_slots()
    }

    fn with_slots(self) -> Self {
        let page = self.buy(json!({ "kind": "addon", "addon": "business_slot", "quantity": 2 }));
        self.stripe.pay(&page);
        self.settled(&page, "complete");
        self
    }

    #[track_caller]
    fn fewer_slots(&self, quantity: i64) {
        self.owner.put("billing/addons/business_slot", json!({ "quantity": quantity })).ok();
    }

    /// The plan that runs and the one that comes, the slots of this period and of the next.
    fn terms(&self) -> [Value; 4] {
        let billing = self.billing();
        let items = billing["items"].as_array().expect("items");
        let slots = items.iter().find(|item| item["item"] == "business_slot").cloned().unwrap_or_default();
        let next = billing["next_plan"]["plan"].clone();
        [billing["plan"].clone(), next, slots["quantity"].clone(), slots["next_quantity"].clone()]
    }

    /// How many of an add-on are had now.
    fn had(&self, addon: &str) -> i64 {
        let billing = self.billing();
        let mut items = billing["items"].as_array().expect("items").iter();
        items.find(|item| item["item"] == addon).map_or(0, |item| item["quantity"].as_i64().expect("a number"))
    }

    /// Waits until the next period was paid; what it cost.
    #[track_caller]
    fn next_period(&mut self) -> i64 {
        let before = self.totals().len();
        self.pass_days(32);
        until("the next period's invoice", || {
            let totals = self.totals();
            totals.get(before).copied()
        })
    }

    /// Another card, which pays or does not.
    fn card(&self, card: &str) {
        let subscription = self.subscription();
        let (id, customer) = (text_of(&subscription["id"]), text_of(&subscription["customer"]));
        let card = self.stripe.post(&format!("payment_methods/{card}/attach"), &[("customer", &customer)]);
        self.stripe.post(&format!("subscriptions/{id}"), &[("default_payment_method", &text_of(&card["id"]))]);
    }
}

#[test]
fn less_that_is_chosen_twice_and_beside_other_less_leaves_what_is_paid() {
    let mut shop = Shop::grown();
    let paid = shop.totals();
    for _ in 0..2 {
        shop.owner.put("billing/plan", plan("starter", "month")).ok();
        assert_eq!(shop.terms(), [json!("growth"), json!("starter"), json!(2), json!(null)]);
    }
    shop.fewer_slots(1);
    assert_eq!(shop.terms(), [json!("growth"), json!("starter"), json!(2), json!(1)]);
    // Fewer slots stay chosen beside a plan that is chosen after them.
    shop.owner.put("billing/plan", plan("starter", "month")).ok();
    assert_eq!(shop.terms(), [json!("growth"), json!("starter"), json!(2), json!(1)]);
    assert_eq!(shop.totals(), paid, "nothing was charged or given back");
    assert_eq!(shop.next_period(), 1_900 + 2_900);
    shop.until_billing("the smaller plan", |billing| billing["plan"] == "starter");
    assert_eq!(shop.terms(), [json!("starter"), json!(null), json!(1), json!(null)]);
}

/// Eleven things with names of ordinary length are more than Stripe lets one value beside a subscription hold.
#[test]
fn of_many_things_less_is_chosen_and_all_that_is_paid_is_had_until_then() {
    let slots = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
        .map(|number| format!("slot_of_number_{number}"));
    let addon = |id: &String| {
        let words = format!("id = {id:?}\nname = {id:?}\ndescription = {id:?}\n");
        format!("[[addon]]\n{words}adds = \"business_slot\"\nquantity = 1\nmonthly = 100\n")
    };
    let addons: String = slots.iter().map(addon).collect();
    let mut shop = Shop::metered_with(&addons);
    shop.owner.put("billing/plan", plan("growth", "month")).ok();
    for slot in &slots {
        let page = shop.buy(json!({ "kind": "addon", "addon": slot, "quantity": 1 }));
        shop.stripe.pay(&page);
        shop.settled(&page, "complete");
    }
    for slot in &slots {
        shop.owner.put(&format!("billing/addons/{slot}"), json!({ "quantity": 0 })).ok();
    }
    shop.owner.put("billing/plan", plan("starter", "month")).ok();
    assert_eq!(shop.billing()["plan"], "growth");
    assert_eq!(slots.each_ref().map(|slot| shop.had(slot)), [1; 10]);
    assert_eq!(shop.next_period(), 1_900);
    until("none to be had any more", || slots.iter().all(|slot| shop.had(slot) == 0).then_some(()));
}

#[test]
fn a_smaller_plan_and_a_cancellation_are_taken_back_for_nothing() {
    let mut shop = Shop::grown();
    let paid = shop.totals();
    shop.fewer_slots(1);
    for _ in 0..2 {
        shop.owner.put("billing/plan", plan("starter", "month")).ok();
        shop.owner.put("billing/cancellation", json!({})).ok();
        let shown = shop.owner.post("billing/plan-preview", plan("growth", "month")).ok();
        assert_eq!(shown["due_now"], 0);
        shop.owner.put("billing/plan", plan("growth", "month")).ok();
        assert_eq!(shop.terms(), [json!("growth"), json!(null), json!(2), json!(1)]);
        assert_eq!(shop.billing()["cancel_at_period_end"], false);
        assert_eq!(shop.totals(), paid, "what is paid already is not charged again");
    }
    assert_eq!(shop.next_period(), 4_900 + 2_900);
}

#[test]
fn inv_16_a_larger_plan_costs_what_was_shown_although_less_was_chosen_before() {
    let mut shop = Shop::metered().with_slots();
    shop.fewer_slots(1);
    shop.pass_days(10);
    let upgrade = |shop: &Shop, interval: &str| {
        shop.pass(std::time::Duration::ZERO);
        let shown = shop.owner.post("billing/plan-preview", plan("growth", interval)).ok();
        shop.owner.put("billing/plan", plan("growth", interval)).ok();
        assert_eq!(shop.totals().last(), shown["due_now"].as_i64().as_ref(), "{interval}");
        assert_eq!(shop.terms(), [json!("growth"), json!(null), json!(2), json!(1)], "{interval}");
    };
    upgrade(&shop, "month");
    // With the smaller plan ahead again, the year comes instead of it.
    shop.owner.put("billing/plan", plan("starter", "month")).ok();
    upgrade(&shop, "year");
}

#[test]
fn a_larger_plan_that_the_card_does_not_pay_changes_nothing_and_is_had_once_it_does() {
    let mut shop = Shop::metered().with_slots();
    shop.fewer_slots(1);
    let (paid, terms) = (shop.totals(), shop.terms());
    shop.card("pm_card_chargeCustomerFail");
    shop.until_quiet();
    // Nobody tells us that the card is another one then.
    shop.stripe.control("hold", json!({ "held": true }));
    for _ in 0..2 {
        shop.owner.put("billing/plan", plan("growth", "month")).refused(402, "payment.declined");
        assert_eq!((shop.totals(), shop.terms()), (paid.clone(), terms.clone()));
        shop.world.clock.advance(std::time::Duration::from_secs(1));
    }
    shop.card("pm_card_visa");
    shop.owner.put("billing/plan", plan("growth", "month")).ok();
    assert_eq!(shop.terms(), [json!("growth"), json!(null), json!(2), json!(1)]);
    assert_eq!(shop.totals().len(), paid.len() + 1);
    shop.stripe.control("hold", json!({ "held": false }));
    assert_eq!(shop.next_period(), 4_900 + 2_900);
}

#[test]
fn a_seat_that_the_card_does_not_pay_is_owed_with_the_next_invoice() {
    let mut shop = Shop::metered();
    (0..2).for_each(|_| drop(shop.joins()));
    shop.pass_days(10);
    shop.card("pm_card_chargeCustomerFail");
    shop.until_quiet();
    let (paid, shown) = (shop.totals(), shop.shown());
    shop.joins();
    shop.until_paid_seats(1);
    assert_eq!(shop.totals(), paid);
    shop.until_quiet();
    // How many there are follows who works here, not a wish for fewer.
    shop.owner.put("billing/addons/extra_seat", json!({ "quantity": 0 })).refused(422, "addon.unknown");
    shop.card("pm_card_visa");
    shop.until_quiet();
    assert_eq!(shop.next_period(), shown + 1_900 + 1_500, "the rest of the period it was had in, and the next one");
}

#[test]
fn while_a_trial_runs_another_plan_costs_nothing_before_it_is_over() {
    let mut shop = Shop::open();
    shop.world.shelve(CATALOGUE);
    shop.world.assign_to(&shop.owner.workspace, "walked", "growth");
    let end = shop.world.clock.now().plus(DAY * 14);
    shop.world.database.run(&format!("update subscriptions set state = 'trialing', trial_ends_at = {}", end.millis()));
    let shown = shop.owner.post("billing/plan-preview", plan("starter", "month")).ok();
    assert_eq!((&shown["begins"], &shown["due_now"]), (&json!("trial_end"), &json!(0)));
    let page = shop.buy(json!({ "kind": "plan", "plan": "starter", "interval": "month" }));
    shop.stripe.pay(&page);
    shop.settled(&page, "complete");
    assert_eq!(shop.billing()["state"], "trialing");
    let shown = shop.owner.post("billing/plan-preview", plan("growth", "month")).ok();
    assert_eq!((&shown["begins"], &shown["due_now"], &shown["lines"]), (&json!("trial_end"), &json!(0), &json!([])));
    shop.owner.put("billing/plan", plan("growth", "month")).ok();
    assert_eq!(shop.totals().into_iter().sum::<i64>(), 0);
    shop.pass_days(15);
    shop.until_billing("the plan", |billing| billing["state"] == "active" && billing["plan"] == "growth");
    assert_eq!(shop.totals().last(), Some(&4_900));
}
