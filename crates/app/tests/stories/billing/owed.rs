//! What is asked for beside an invoice that nobody pays.

use guildhall::TillChoice;
use serde_json::json;

use super::{CATALOGUE, again, diary::ACME, on, paid};
use crate::{
    stories::workspaces::samples::literal,
    support::{Person, Reply, World, fresh_id, text_of, until},
};

/// Goes to a moment; what is due by then is done.
fn at(world: &World, moment: &str) {
    world.clock.set(kernel::Timestamp::parse(moment).expect("a moment"));
    let now = world.clock.now().millis();
    let due = format!("select count(*) from subscriptions where workspace_id = {ACME} and due_at <= {now}");
    until("everything that is due is done", || (world.database.count(&due) == 0).then_some(()));
}

#[test]
fn inv_33_a_larger_plan_that_was_asked_for_before_is_not_had_while_a_period_is_owed() {
    let world = World::new();
    on(&world, "2026-03-01T09:00:00Z", |subscription| subscription.plan = "starter".to_owned());
    at(&world, "2026-04-01T09:00:00Z");
    at(&world, "2026-04-14T09:00:00Z");
    let ann = again(&world, &world.ann());
    let asked = ann.put("billing/plan", json!({ "plan": "growth", "interval": "month" })).ok();
    // The period's own invoice is due, and looked at for the last time, before anybody pays for the larger plan.
    for day in ["15", "16", "18", "20"] {
        at(&world, &format!("2026-04-{day}T09:00:00Z"));
    }
    let ann = again(&world, &world.ann());
    assert_eq!(ann.get("billing").ok()["restricted_reason"], "unpaid");
    let id = text_of(&asked["invoice"]["id"]).parse().expect("an id");
    let refused = world.as_operator(async |grant| {
        let mut tx = grant.begin().await.expect("a transaction");
        let outcome = billing::by_hand::mark_paid(&mut tx, id).await.map(drop);
        tx.settle(outcome).await
    });
    assert!(matches!(refused, Err(billing::Refusal::NotOpen)), "{refused:?}");
    let billing = ann.get("billing").ok();
    assert_eq!((&billing["plan"], &billing["state"]), (&json!("starter"), &json!("restricted")));
}

#[test]
fn inv_06_what_a_workspace_owes_that_is_gone_waits_for_nobody() {
    let world = World::new();
    on(&world, "2026-03-01T09:00:00Z", |_| {});
    at(&world, "2026-04-01T09:00:00Z");
    let ann = again(&world, &world.ann());
    let in_state = |state: &str| {
        let invoices = world.operator().all(&format!("/api/v1/operator/invoices?state={state}"));
        invoices.iter().filter(|each| each["workspace"]["id"] == json!(ann.workspace)).count()
    };
    assert_eq!((in_state("open"), in_state("uncollectible")), (1, 0));
    ann.delete(&format!("/api/v1/workspaces/{}?confirm=Acme", ann.workspace)).ok();
    world.clock.advance(kernel::DAY * 8);
    until("the workspace to be gone", || {
        world.clock.advance(std::time::Duration::from_secs(1));
        (world.database.count("select count(*) from workspaces where name = 'Acme'") == 0).then_some(())
    });
    assert_eq!((in_state("open"), in_state("uncollectible")), (0, 1));
}

#[test]
fn what_a_newer_catalogue_sells_no_more_is_not_paid_and_what_was_priced_for_the_older_waits_no_more() {
    let world = World::with(|settings| settings.till = Some(TillChoice::Manual));
    on(&world, "2026-03-01T09:00:00Z", |subscription| subscription.plan = "starter".to_owned());
    let ann = again(&world, &world.ann());
    let newest = || ann.get("billing/invoices").ok()["items"][0].clone();
    ann.post("billing/checkouts", json!({ "kind": "addon", "addon": "business_slot", "quantity": 2 })).ok_with(201);
    paid(&world, &text_of(&newest()["id"]));
    ann.put("billing/plan", json!({ "plan": "growth", "interval": "month" })).ok();
    assert_eq!((&newest()["state"], &ann.get("billing").ok()["items"][1]["quantity"]), (&json!("open"), &json!(2)));
    let (plans, _) = CATALOGUE.split_once("[[addon]]").expect("what is sold beside the plans");
    world.shelve(&plans.replacen("version = 1", "version = 2", 1));
    world.assign("walked", "starter");
    let billing = ann.get("billing").ok();
    assert_eq!((&billing["plan"], &billing["next_invoice"]["total"]), (&json!("starter"), &json!(1_900)));
    assert_eq!(newest()["state"], "void");
}

/// Who owes a further seat of the second half of March in dollars, how much, and the same catalogue in euros.
fn owing() -> (World, Person, i64) {
    let world = World::with(|settings| settings.till = Some(TillChoice::Manual));
    on(&world, "2026-03-01T09:00:00Z", |subscription| subscription.plan = "starter".to_owned());
    world.shelve(&CATALOGUE.replacen("\"walked\"", "\"walked_eur\"", 1).replacen("USD", "EUR", 1));
    at(&world, "2026-03-16T09:00:00Z");
    let ann = again(&world, &world.ann());
    world.join(&ann, "Kim", "agent");
    let waits = format!("select coalesce(sum(amount), 0) from pending_lines where workspace_id = {ACME}");
    let owed = until("a fourth seat is billed", || Some(world.database.count(&waits)).filter(|owed| *owed > 0));
    (world, ann, owed)
}

/// Credit that the next invoice takes.
fn credit(world: &World, amount: i64) {
    let moment = world.clock.now().millis();
    world.database.run(&format!(
        "insert into pending_lines (workspace_id, id, item, name, kind, quantity, unit, remaining, period, amount, at)
         values ({ACME}, {}, 'carried', 'Credit carried over', 'carried', 1, {amount}, 0, 0, -{amount}, {moment})",
        literal(&fresh_id())
    ));
}

fn to_euros(world: &World, ann: &Person) -> Reply {
    let plan = format!("/api/v1/operator/workspaces/{}/plan", ann.workspace);
    world.operator().put(&plan, json!({ "catalogue": "walked_eur", "plan": "starter" }))
}

#[test]
fn inv_34_another_currency_begins_once_what_waits_in_the_old_one_is_invoiced() {
    // Credit pays a little of what is owed, or all of it.
    for (paid, state) in [(|_| 1, "open"), (|owed| owed, "paid")] as [(fn(i64) -> i64, &str); 2] {
        let (world, ann, owed) = owing();
        credit(&world, paid(owed));
        to_euros(&world, &ann).ok();
        let invoice = ann.get("billing/invoices").ok()["items"][0].clone();
        let stands = (&invoice["total"], &invoice["currency"], &invoice["state"]);
        assert_eq!(stands, (&json!(owed - paid(owed)), &json!("USD"), &json!(state)));
        at(&world, "2026-04-01T09:00:00Z");
        let ann = again(&world, &ann);
        let invoice = ann.get("billing/invoices").ok()["items"][0].clone();
        assert_eq!((&invoice["total"], &invoice["currency"]), (&json!(1_900 + 1_500), &json!("EUR")));
        let lines = ann.get(&format!("billing/invoices/{}", text_of(&invoice["id"]))).ok()["lines"].clone();
        assert_eq!(lines.as_array().map(Vec::len), Some(2), "the plan and a seat: {lines}");
    }
}

#[test]
fn inv_34_who_has_credit_in_the_old_currency_stays_with_it() {
    let (world, ann, owed) = owing();
    credit(&world, owed + 1);
    let before = (ann.get("billing").ok(), ann.get("billing/invoices").ok());
    to_euros(&world, &ann).refused(409, "subscription.credit_waits");
    assert_eq!((ann.get("billing").ok(), ann.get("billing/invoices").ok()), before);
}
