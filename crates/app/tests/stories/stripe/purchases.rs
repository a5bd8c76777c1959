//! What is bought is had once it was paid, and once.

use serde_json::{Value, json};

use super::{Shop, credits, plan, seats};
use crate::support::{text_of, until};

#[test]
fn bil_034_completing_checkout_activates_the_plan_and_nothing_before_does() {
    let shop = Shop::open();
    // What it costs is known before anybody goes to pay, although nothing is paid with a card yet.
    let wish = json!({ "plan": "enterprise", "interval": "year" });
    let shown = shop.owner.post("billing/plan-preview", wish).ok();
    assert_eq!((&shown["is_bought"], &shown["begins"]), (&json!(true), &json!("now")));
    assert_eq!((&shown["lines"][0]["item"], &shown["next_total"]), (&json!("plan"), &shown["due_now"]));
    let seat = json!({ "addon": "extra_member_seat", "quantity": 1 });
    shop.owner.post("billing/addon-preview", seat).refused(409, "subscription.not_running");
    let first = shop.buy(plan("year"));
    assert_eq!(first["amount"], shown["due_now"], "what was shown is what the page asks for");
    assert_eq!(
        (&first["state"], &first["amount"], &first["currency"]),
        (&json!("open"), &json!(99_000), &json!("USD"))
    );
    // Asked for again, it is the same page; another choice closes it.
    let again = shop.buy(plan("year"));
    assert_eq!((&again["id"], &again["url"]), (&first["id"], &first["url"]));
    let page = shop.buy(plan("month"));
    assert_ne!(page["id"], first["id"]);
    shop.settled(&first, "expired");
    let sessions = shop.stripe.get("checkout/sessions");
    let states: Vec<_> =
        sessions["data"].as_array().expect("pages").iter().map(|page| page["status"].clone()).collect();
    assert_eq!(states, [json!("open"), json!("expired")]);

    // A card that is declined buys nothing, nor does a page that is only looked at.
    let before = shop.billing();
    assert_eq!((&before["plan"], &before["payment_method"]), (&json!("individual"), &Value::Null));
    shop.stripe.pay(&page);
    shop.settled(&page, "complete");
    let billing = shop.billing();
    assert_eq!((&billing["plan"], &billing["state"]), (&json!("enterprise"), &json!("active")));
    assert_eq!(billing["payment_method"]["last4"], "4242");
    assert_eq!(shop.seats(), 5);
    assert_eq!(shop.credits(), 2000);
    let invoices =
        until("the invoice", || Some(shop.owner.all("billing/invoices")).filter(|invoices| !invoices.is_empty()));
    assert_eq!((&invoices[0]["state"], &invoices[0]["total"]), (&json!("paid"), &json!(9_900)));
    // Who pays already changes the plan instead.
    shop.owner.post("billing/checkouts", plan("year")).refused(409, "checkout.subscribed");
    let portal = shop.owner.post("billing/portal-sessions", json!({})).ok_with(201);
    assert!(text_of(&portal["url"]).contains("/p/session/"), "{portal}");
}

#[test]
fn bil_038_bil_039_bil_048_bil_050_seats_are_had_at_once_and_renewed_with_the_plan() {
    let mut shop = Shop::paying();
    shop.pass_days(10);
    let wish = json!({ "addon": "extra_member_seat", "quantity": 2 });
    let shown = shop.owner.post("billing/addon-preview", wish).ok();
    assert_eq!((&shown["lines"][0]["kind"], &shown["next_total"]), (&json!("proration"), &json!(2 * 1_900)));
    let page = shop.buy(seats(2));
    assert_eq!(page["amount"], shown["due_now"], "the seconds stand still: what was shown is what is charged");
    let period = shop.billing()["period"].clone();
    let line_of = |invoice: &Value| invoice["lines"][0].clone();
    shop.stripe.pay(&page);
    shop.settled(&page, "complete");
    assert_eq!(shop.seats(), 7);
    let subscription = shop.subscription();
    let items: Vec<_> = subscription["items"]["data"].as_array().expect("items").clone();
    let ends: Vec<_> = items.iter().map(|item| item["current_period_end"].clone()).collect();
    assert_eq!((items.len(), &ends[0]), (2, &ends[1]), "one subscription on one cycle");
    assert_eq!((&items[1]["quantity"], &items[1]["price"]["unit_amount"]), (&json!(2), &json!(1_900)));
    assert_eq!(shop.billing()["period"], period, "the cycle is the plan's own");

    // The invoice says how its amount comes about (INV-34), and is what was shown.
    let invoice = until("the invoice of the seats", || {
        let invoices = shop.owner.all("billing/invoices");
        invoices.into_iter().find(|invoice| invoice["reason"] == "addon")
    });
    let invoice = shop.owner.get(&format!("billing/invoices/{}", text_of(&invoice["id"]))).ok();
    let line = line_of(&invoice);
    let [unit, quantity, remaining, length] =
        ["unit", "quantity", "remaining", "period"].map(|name| line[name].as_i64().expect("a number"));
    assert_eq!((unit, quantity, &line["kind"]), (1_900, 2, &json!("proration")));
    assert_eq!(billing::prorate(unit, quantity, remaining, length), line["amount"].as_i64());
    assert_eq!((&invoice["total"], &page["amount"]), (&line["amount"], &invoice["total"]));

    // One more on top, and room for a business; then the next period costs it all.
    let page = shop.buy(seats(1));
    shop.stripe.pay(&page);
    shop.settled(&page, "complete");
    assert_eq!(shop.seats(), 8);
    let page = shop.buy(json!({ "kind": "addon", "addon": "extra_business_slot" }));
    shop.stripe.pay(&page);
    shop.settled(&page, "complete");
    assert_eq!(shop.number("select cap from meters where meter = 'businesses' and"), 6);
    shop.pass_days(22);
    let renewed = shop.until_billing("the next period", |billing| billing["period"] != period);
    assert_eq!(renewed["state"], "active");
    let paid = until("its invoice", || {
        let invoices = shop.owner.all("billing/invoices");
        invoices.into_iter().find(|invoice| invoice["reason"] == "period" && invoice["state"] == "paid")
    });
    assert_eq!(paid["total"], 9_900 + 3 * 1_900 + 2_900);
}

#[test]
fn bil_035_bil_043_inv_33_a_pack_is_granted_once_and_taken_back_with_its_money() {
    let shop = Shop::paying();
    let page = shop.buy(credits(2));
    assert_eq!((&page["kind"], &page["amount"]), (&json!("credits"), &json!(2 * 4_990)));
    shop.stripe.pay(&page);
    shop.settled(&page, "complete");
    assert_eq!(shop.credits(), 2000 + 2000);
    // Told again of everything, in whatever order, nothing more comes.
    let mut events: Vec<_> = shop.stripe.events().into_iter().map(|(id, _)| id).collect();
    events.reverse();
    shop.stripe.control("deliver", json!({ "events": events }));
    shop.until_quiet();
    assert_eq!(shop.credits(), 4000);

    // A quarter goes back, then the bank takes the rest, then it gives it up.
    let charges = shop.stripe.get("charges?limit=1");
    let charge = text_of(&charges["data"][0]["id"]);
    shop.stripe.post("refunds", &[("charge", &charge), ("amount", "2495")]);
    shop.until_quiet();
    assert_eq!(shop.credits(), 3500);
    shop.stripe.control("dispute", json!({ "charge": charge, "status": "needs_response" }));
    shop.until_quiet();
    assert_eq!(shop.credits(), 2000);
    shop.stripe.control("dispute", json!({ "charge": charge, "status": "won" }));
    shop.until_quiet();
    assert_eq!(shop.credits(), 3500);
    let kinds: Vec<_> = shop.owner.all("credits/entries").into_iter().map(|entry| entry["kind"].clone()).collect();
    assert_eq!(kinds, ["adjust", "dispute", "refund", "purchase", "grant"]);
}

/// Two pages that can be paid: for one purchase, whose first page's address was lost, or for two, the first of which was
/// believed to be closed.
#[test]
fn inv_33_a_second_subscription_is_ended_and_paid_back_once() {
    for same_purchase in [true, false] {
        let shop = Shop::open();
        shop.stripe.control("hold", json!({ "held": true }));
        let first = shop.buy(plan("month"));
        let pages = if same_purchase {
            let id = text_of(&first["url"]).rsplit('/').next().expect("its id").to_owned();
            [first.clone(), again(&shop, &shop.stripe.get(&format!("checkout/sessions/{id}")))]
        } else {
            shop.world.database.run("update checkouts set state = 'expired'");
            [first.clone(), shop.buy(plan("month"))]
        };
        pages.iter().for_each(|page| shop.stripe.pay(page));
        let mut events: Vec<_> = shop.stripe.events().into_iter().map(|(id, _)| id).collect();
        // Down when what was paid is to go back: it is tried again, and nothing is paid back twice.
        shop.stripe.control("fault", json!({ "at": "POST /v1/refunds", "kind": "lose_answer", "times": 2 }));
        for _ in 0..2 {
            shop.stripe.control("deliver", json!({ "events": events }));
            until("every event to be looked into", || {
                shop.pass(std::time::Duration::from_secs(20));
                let open = "select count(*) from provider_events where settled_at is null";
                (shop.world.database.count(open) == 0).then_some(())
            });
            events.reverse();
        }
        let subscriptions = shop.stripe.get("subscriptions")["data"].as_array().expect("subscriptions").clone();
        let mut states: Vec<_> = subscriptions.iter().map(|one| text_of(&one["status"])).collect();
        states.sort_unstable();
        assert_eq!(states, ["active", "canceled"]);
        let charges = shop.stripe.get("charges")["data"].as_array().expect("charges").clone();
        let mut back: Vec<_> = charges.iter().map(|one| one["amount_refunded"].as_i64().expect("a sum")).collect();
        back.sort_unstable();
        assert_eq!(back, [0, 9_900]);
        assert_eq!(shop.number("select count(*) from events where kind = 'checkout.refunded' and"), 1);
        let billing = shop.billing();
        assert_eq!((&billing["plan"], &billing["state"]), (&json!("enterprise"), &json!("active")));
        assert_eq!((shop.credits(), shop.seats()), (json!(2000), 5), "had once");
        let state =
            |page: &Value| shop.owner.get(&format!("billing/checkouts/{}", text_of(&page["id"]))).ok()["state"].clone();
        if same_purchase {
            assert_eq!(state(&first), "complete");
        } else {
            let mut states = pages.each_ref().map(|page| text_of(&state(page)));
            states.sort_unstable();
            assert_eq!(states, ["complete", "refunded"]);
        }
    }
}

/// Another page for the same purchase.
fn again(shop: &Shop, session: &Value) -> Value {
    let price = shop.stripe.get("prices?lookup_keys[]=guildhall:askusers:1:plan:enterprise:month:9900");
    let [price, checkout, workspace] =
        [&price["data"][0]["id"], &session["metadata"]["checkout"], &session["metadata"]["workspace"]].map(text_of);
    let form = [
        ("mode", "subscription"),
        ("line_items[0][price]", price.as_str()),
        ("metadata[checkout]", checkout.as_str()),
        ("metadata[workspace]", workspace.as_str()),
        ("subscription_data[metadata][checkout]", checkout.as_str()),
        ("subscription_data[metadata][workspace]", workspace.as_str()),
    ];
    shop.stripe.post("checkout/sessions", &form)
}

#[test]
fn plan_changes_charge_the_card_now_and_less_begins_with_the_next_period() {
    let shop = Shop::paying();
    let preview = shop.owner.post("billing/plan-preview", json!({ "plan": "enterprise", "interval": "year" }));
    let due = preview.ok()["due_now"].clone();
    shop.owner.put("billing/plan", json!({ "plan": "enterprise", "interval": "year" })).ok();
    let billing = shop.billing();
    assert_eq!(billing["interval"], "year");
    let charged = shop.stripe.get("invoices?limit=1");
    assert_eq!(charged["data"][0]["total"], due, "what was shown is what was charged");
    // Months again are told before to be had only when the year is over.
    let months = json!({ "plan": "enterprise", "interval": "month" });
    shop.owner.post("billing/plan-preview", months.clone()).refused(409, "till.not_offered");
    shop.owner.put("billing/plan", months).refused(409, "till.not_offered");
    assert_eq!(shop.billing()["next_plan"], json!(null));

    shop.owner.put("billing/cancellation", json!({})).ok();
    assert_eq!(shop.billing()["cancel_at_period_end"], true);
    assert_eq!(shop.subscription()["cancel_at_period_end"], true);
    shop.owner.delete("billing/cancellation").ok();
    assert_eq!(shop.subscription()["cancel_at_period_end"], false);
}
