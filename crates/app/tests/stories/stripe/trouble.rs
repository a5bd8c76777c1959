//! What is asked wrongly is refused, and a provider that is down, slow or answers nonsense charges and grants nothing.

use serde_json::json;

use super::{Shop, credits, plan, seats};

#[test]
fn what_is_asked_wrongly_buys_nothing() {
    let shop = Shop::open();
    for quantity in [json!(-1), json!(0), json!(1.5), json!(10_001), json!("2"), json!(9_223_372_036_854_775_807_i64)] {
        let wanted = json!({ "kind": "credits", "addon": "team_credits_pack", "quantity": quantity });
        shop.owner.post("billing/checkouts", wanted).refused(422, "invalid_field");
    }
    for (wanted, status, code) in [
        (json!({ "kind": "plan", "plan": "enterprise" }), 422, "invalid_field"),
        (json!({ "kind": "plan", "plan": "enterprise", "interval": "month", "quantity": 2 }), 422, "invalid_field"),
        (json!({ "kind": "credits", "addon": "team_credits_pack", "plan": "enterprise" }), 422, "invalid_field"),
        (json!({ "kind": "plan", "plan": "enterprise", "interval": "month", "price": 1 }), 422, "unknown_field"),
        (json!({ "kind": "plan", "plan": "golden", "interval": "month" }), 422, "plan.unknown"),
        (json!({ "kind": "plan", "plan": "individual", "interval": "month" }), 409, "plan.not_for_sale"),
        (json!({ "kind": "addon", "addon": "gold" }), 422, "addon.unknown"),
        // A seat is had beside a plan that runs.
        (seats(1), 409, "subscription.not_running"),
    ] {
        shop.owner.post("billing/checkouts", wanted.clone()).refused(status, code);
    }
    assert_eq!(shop.number("select count(*) from checkouts where"), 0);
    assert_eq!(shop.stripe.get("checkout/sessions")["data"], json!([]));
}

#[test]
fn a_provider_in_trouble_charges_nothing_and_the_same_can_be_asked_again() {
    let shop = Shop::open();
    let ask = |fault: serde_json::Value| {
        shop.stripe.control("fault", fault);
        shop.owner.post("billing/checkouts", plan("month"))
    };
    let at = "POST /v1/checkout/sessions";
    for fault in [
        json!({ "at": "GET /v1/prices", "kind": "status", "status": 503 }),
        json!({ "at": at, "kind": "status", "status": 500 }),
        json!({ "at": at, "kind": "status", "status": 429 }),
        json!({ "at": at, "kind": "garbage" }),
        json!({ "at": at, "kind": "hang_up", "times": 2 }),
    ] {
        ask(fault).refused(503, "till.unavailable");
    }
    // The answer is lost on its way, after the page was opened: asked again under the same key, it is the same page.
    let page = ask(json!({ "at": at, "kind": "lose_answer" })).ok_with(201);
    assert_eq!(page["state"], "open");
    assert_eq!(shop.stripe.get("checkout/sessions")["data"].as_array().expect("pages").len(), 1);
    assert_eq!(shop.number("select count(*) from checkouts where"), 1, "one purchase, whatever went wrong");
    assert_eq!(shop.billing()["plan"], "individual");
}

#[test]
fn what_was_paid_is_carried_out_once_the_provider_can_be_asked() {
    let shop = Shop::paying();
    let page = shop.buy(seats(1));
    // Down when the event comes; then the change is made and its answer lost.
    shop.stripe
        .control("fault", json!({ "at": "GET /v1/checkout/sessions", "kind": "status", "status": 503, "times": 2 }));
    shop.stripe.control("fault", json!({ "at": "POST /v1/subscriptions", "kind": "lose_answer", "times": 2 }));
    shop.stripe.pay(&page);
    let path = format!("billing/checkouts/{}", crate::support::text_of(&page["id"]));
    crate::support::until("what was paid to be had", || {
        shop.pass(std::time::Duration::from_secs(20));
        Some(shop.owner.get(&path).ok()).filter(|checkout| checkout["state"] == "complete")
    });
    assert_eq!(shop.seats(), 6, "added once");
    assert_eq!(shop.subscription()["items"]["data"][1]["quantity"], 1);
}

#[test]
fn a_lost_event_is_made_up_for_within_the_hour() {
    let shop = Shop::paying();
    shop.stripe.control("hold", json!({ "held": true }));
    let page = shop.buy(credits(1));
    shop.stripe.pay(&page);
    // Somebody changes a quantity in Stripe's own dashboard, and nobody tells us of either.
    let id = crate::support::text_of(&shop.subscription()["id"]);
    shop.stripe.post(&format!("subscriptions/{id}"), &[("cancel_at_period_end", "true")]);
    assert_eq!(shop.credits(), 2000);
    for _ in 0..3 {
        shop.pass(std::time::Duration::from_secs(3600));
        crate::support::until("a look at the clock", || {
            let waiting = "select count(*) from schedules where name = 'reconcile_till' and next_run_at > ";
            let now = shop.world.clock.now().millis();
            (shop.world.database.count(&format!("{waiting}{now}")) == 1).then_some(())
        });
    }
    shop.settled(&page, "complete");
    assert_eq!(shop.credits(), 3000);
    shop.until_billing("the cancellation", |billing| billing["cancel_at_period_end"] == true);
}

#[test]
fn what_could_not_be_looked_into_is_shown_to_operators_until_it_was() {
    let shop = Shop::paying();
    let (olga, page) = (shop.world.operator(), shop.buy(credits(1)));
    let waiting = || {
        let troubles = olga.get("/api/v1/operator/troubles").ok()["items"].as_array().expect("items").clone();
        troubles.into_iter().find(|each| each["kind"] == "event_waiting")
    };
    shop.until_quiet();
    shop.stripe
        .control("fault", json!({ "at": "GET /v1/checkout/sessions", "kind": "status", "status": 503, "times": 6 }));
    shop.stripe.pay(&page);
    shop.stripe.control("delivered", json!({}));
    shop.pass(std::time::Duration::from_secs(11 * 60));
    let shown =
        crate::support::until("an event that was tried in vain", || waiting().filter(|each| each["cause"].is_string()));
    assert_eq!(shown["what"], "checkout.session.completed", "{shown}");
    assert!(shown["attempts"].as_i64().is_some_and(|attempts| attempts > 0), "{shown}");
    crate::support::until("the trouble to be over", || {
        shop.pass(std::time::Duration::from_secs(60));
        waiting().is_none().then_some(())
    });
    shop.settled(&page, "complete");
}

#[test]
fn what_somebody_else_sells_with_the_same_account_is_shown_to_operators_and_changes_nothing() {
    let shop = Shop::paying();
    let page = shop.buy(credits(1));
    shop.stripe.pay(&page);
    shop.settled(&page, "complete");
    shop.until_quiet();
    let olga = shop.world.operator();
    let foreign = || {
        let troubles = olga.get("/api/v1/operator/troubles").ok()["items"].as_array().expect("items").clone();
        troubles.into_iter().filter(|each| each["kind"] == "event_foreign").collect::<Vec<_>>()
    };
    assert!(foreign().is_empty(), "nothing of what is sold here is foreign: {:?}", foreign());
    let before = shop.billing();
    let sold = shop.stripe.post(
        "checkout/sessions",
        &[
            ("line_items[0][price_data][currency]", "usd"),
            ("line_items[0][price_data][unit_amount]", "1200"),
            ("line_items[0][price_data][product_data][name]", "A mug"),
            ("success_url", "https://mugs.example/"),
        ],
    );
    shop.stripe.pay(&sold);
    shop.until_quiet();
    let shown = foreign();
    assert!(shown.iter().any(|each| each["object"] == sold["id"]), "{shown:?}");
    assert!(shown.iter().all(|each| each["workspace"].is_null()), "{shown:?}");
    assert_eq!(shop.billing(), before);
}
