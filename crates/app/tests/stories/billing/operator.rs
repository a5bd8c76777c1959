//! The till by hand, in the operator's console: what is open, what was paid, and what follows from it.

use guildhall::TillChoice;
use serde_json::{Value, json};

use super::{again, on, tried};
use crate::support::{Person, World, fresh_id, text_of, until};

fn selling() -> World {
    World::with(|settings| settings.till = Some(TillChoice::Manual))
}

/// Acme's invoices in a state, as the operator sees them.
fn invoices(olga: &Person, workspace: &str, state: &str) -> Vec<Value> {
    let all = olga.all(&format!("/api/v1/operator/invoices?state={state}"));
    all.into_iter().filter(|each| each["workspace"]["id"] == workspace).collect()
}

/// The owner, who asks for a plan; the invoice for it, as the operator finds it.
fn asked(world: &World, olga: &Person, plan: &str) -> (Person, Value) {
    let ann = again(world, &world.ann());
    ann.put("billing/plan", json!({ "plan": plan, "interval": "month" })).ok();
    let [open] = &invoices(olga, &ann.workspace, "open")[..] else { panic!("one invoice is open") };
    (ann, open["invoice"].clone())
}

fn path(workspace: &str, invoice: &Value, what: &str) -> String {
    format!("/api/v1/operator/workspaces/{workspace}/invoices/{}/{what}", text_of(&invoice["id"]))
}

#[test]
fn inv_33_inv_41_an_invoice_that_the_operator_marks_as_paid_opens_a_restricted_workspace_once() {
    let world = selling();
    on(&world, "2026-01-05T09:00:00Z", tried);
    world.clock.set(kernel::Timestamp::parse("2026-01-19T09:01:00Z").expect("a moment"));
    let workspace = world.workspace();
    until("the trial is over", || {
        let state = again(&world, &world.ann()).get("").ok()["state"].clone();
        (state == "restricted").then_some(())
    });
    let olga = world.operator();
    let seen = || olga.get(&format!("/api/v1/operator/workspaces/{workspace}")).ok()["workspace"].clone();
    assert_eq!((&seen()["state"], &seen()["restricted_reason"]), (&json!("restricted"), &json!("trial_over")));

    let (ann, open) = asked(&world, &olga, "starter");
    assert!(!open["lines"].as_array().expect("lines").is_empty(), "{open}");
    let pay = || olga.put(&path(&workspace, &open, "payment"), json!({})).ok();
    let paid = pay();
    assert_eq!((&paid["workspace"]["name"], &paid["invoice"]["state"]), (&json!("Acme"), &json!("paid")));
    assert_eq!((&seen()["state"], &seen()["plan"]), (&json!("active"), &json!("starter")));
    assert_eq!(ann.get("billing").ok()["state"], "active");
    let before = world.recorded();
    assert_eq!(pay(), paid, "what is paid is paid once");
    olga.put(&path(&workspace, &open, "void"), json!({})).refused(409, "invoice.not_open");
    assert_eq!(world.recorded(), before);
    assert_eq!(invoices(&olga, &workspace, "open"), Vec::<Value>::new());
    assert_eq!(invoices(&olga, &workspace, "paid")[0]["invoice"]["number"], open["number"]);
    let events = ann.get("audit-events?kind=invoice.paid").ok();
    let [event] = &events["items"].as_array().expect("items")[..] else { panic!("one payment: {events}") };
    assert_eq!((&event["actor"]["kind"], &event["actor"]["id"]), (&json!("operator"), &json!(olga.account)));
}

#[test]
fn an_invoice_that_is_taken_back_is_owed_by_nobody_and_gives_nothing() {
    let world = selling();
    on(&world, "2026-01-05T09:00:00Z", |subscription| "starter".clone_into(&mut subscription.plan));
    let olga = world.operator();
    let (ann, open) = asked(&world, &olga, "growth");
    // Another workspace's id, or another invoice's, is no invoice.
    let other = path(&world.gus().workspace, &open, "void");
    olga.put(&other, json!({})).refused(404, "not_found");
    olga.put(&path(&ann.workspace, &json!({ "id": fresh_id() }), "payment"), json!({})).refused(404, "not_found");
    let gone = olga.put(&path(&ann.workspace, &open, "void"), json!({})).ok();
    assert_eq!(gone["invoice"]["state"], "void");
    assert_eq!(ann.get("billing").ok()["plan"], "starter");
    assert_eq!(invoices(&olga, &ann.workspace, "void").len(), 1);
    olga.put(&path(&ann.workspace, &open, "payment"), json!({})).refused(409, "invoice.not_open");
    olga.get("/api/v1/operator/invoices?state=owed").refused(422, "invalid_field");
}
