//! What the doors of billing refuse, and what an invoice looks like.

use serde_json::{Value, json};

use super::{again, diary::Diary, on, paid};
use crate::support::{World, text_of};

const MORNING: &str = "2026-03-01T08:00:00Z";

#[test]
fn bil_019_d4_without_a_till_everything_is_seen_and_nothing_is_sold() {
    let world = World::new();
    let ann = world.ann();
    let now = ann.get("billing").ok();
    assert_eq!((&now["till"], &now["plan"], &now["next_invoice"]), (&json!("none"), &json!("community"), &Value::Null));
    assert_eq!(ann.get("billing/invoices").ok()["items"], json!([]));
    let wish = json!({ "plan": "community", "interval": "month" });
    ann.post("billing/plan-preview", wish.clone()).refused(409, "till.none");
    ann.put("billing/plan", wish).refused(409, "till.none");
    ann.put("billing/cancellation", json!(null)).refused(409, "till.none");
    ann.put("billing/addons/slot", json!({ "quantity": 0 })).refused(404, "not_found");
    world.bo().get("billing").refused(403, "forbidden");
}

#[test]
fn what_cannot_be_had_is_refused_and_changes_nothing() {
    let world = World::new();
    on(&world, MORNING, |_| {});
    let ann = again(&world, &world.ann());
    let before = (ann.get("billing").ok(), world.recorded());
    let wish = |plan: &str, interval: &str| json!({ "plan": plan, "interval": interval });
    for (method, path, body, status, code) in [
        ("PUT", "billing/plan", wish("gold", "month"), 422, "plan.unknown"),
        ("PUT", "billing/plan", wish("growth", "month"), 409, "plan.current"),
        ("PUT", "billing/plan", wish("growth", "week"), 422, "invalid_field"),
        ("PUT", "billing/plan", json!({ "plan": "growth" }), 422, "invalid_field"),
        ("PUT", "billing/addons/business_slot", json!({ "quantity": -1 }), 422, "invalid_field"),
        ("PUT", "billing/addons/business_slot", json!({ "quantity": 1.5 }), 422, "invalid_field"),
        ("PUT", "billing/addons/business_slot", json!({ "quantity": 1 }), 404, "not_found"),
        ("POST", "billing/plan-preview", wish("gold", "month"), 422, "plan.unknown"),
    ] {
        let path = format!("/api/v1/workspaces/{}/{path}", ann.workspace);
        ann.browser.send(method, &path, Some(body)).refused(status, code);
    }
    ann.get("billing/invoices?cursor=nonsense").refused(422, "invalid_field");
    ann.get(&format!("billing/invoices/{}", crate::support::fresh_id())).refused(404, "not_found");
    assert_eq!((ann.get("billing").ok(), world.recorded()), before);
}

#[test]
fn bil_006_bil_015_inv_33_an_invoice_is_a_page_to_print_and_is_paid_once() {
    let world = World::new();
    on(&world, MORNING, |subscription| subscription.plan = "starter".to_owned());
    let ann = again(&world, &world.ann());
    ann.patch("", json!({ "name": "Acme" })).ok();
    let changed = ann.put("billing/plan", json!({ "plan": "growth", "interval": "year" })).ok();
    let id = text_of(&changed["invoice"]["id"]);
    assert_eq!(ann.get("billing").ok()["plan"], "starter", "nothing is had unpaid");
    ann.patch("/api/v1/me", json!({ "locale": "es" })).ok();
    let page = ann.get(&format!("billing/invoices/{id}/document"));
    let policy = page.header("content-security-policy").expect("a policy").to_owned();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let text = page.text();
    for said in ["lang=\"es\"", "Factura INV-", "490,00 USD", "devolución del tiempo no usado", "Acme", "Pendiente"] {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert!(!text.contains("http"), "it loads nothing: {text}");
    paid(&world, &id);
    let now = ann.get("billing").ok();
    assert_eq!((&now["plan"], &now["interval"]), (&json!("growth"), &json!("year")));
    let before = world.recorded();
    paid(&world, &id);
    assert_eq!(world.recorded(), before, "it is paid once");
    let gus = again(&world, &world.gus()).in_workspace(&ann.workspace);
    gus.get(&format!("billing/invoices/{id}")).refused(404, "not_found");
}

#[test]
fn bil_011_bil_026_a_new_owner_is_reminded_that_they_pay() {
    let world = World::new();
    on(&world, MORNING, |_| {});
    let ada = world.join(&again(&world, &world.ann()), "Ada", "admin");
    let mut diary = Diary::begin(&world, "payer", "A workspace that changes its owner");
    let ann = again(&world, &world.ann());
    let offer = json!({ "to_member_id": ada.member, "workspace_name": "Acme" });
    let offered = ann.post("ownership-transfers", offer).ok_with(201);
    let ada = again(&world, &ada);
    ada.post(&format!("ownership-transfers/{}/acceptance", text_of(&offered["id"])), json!({})).ok();
    diary.then("Ada owns the workspace from now on");
    diary.end();
}

/// Where a help text says "verify that you are the owner", an admin may as well; who may not is told whom to ask.
#[test]
fn bil_030_the_owner_and_admins_manage_billing_and_others_are_told_who_does() {
    let world = World::new();
    let ada = world.join(&world.ann(), "Ada", "admin");
    on(&world, MORNING, |subscription| subscription.plan = "starter".to_owned());
    for person in [&world.ann(), &ada] {
        let person = again(&world, person);
        person.post("billing/plan-preview", json!({ "plan": "growth", "interval": "month" })).ok();
        assert_eq!(person.get("billing").ok()["can"]["billing.manage"], true);
        let buyers = person.get("billing/seats").ok()["who_can_buy"].clone();
        let names: Vec<_> = buyers.as_array().expect("people").iter().map(|one| text_of(&one["name"])).collect();
        assert_eq!(names, ["Ann", "Ada"]);
    }
    let bo = again(&world, &world.bo());
    let refused = bo.put("billing/plan", json!({ "plan": "growth", "interval": "month" })).refused(403, "forbidden");
    assert_eq!(refused["permission"], "billing.manage");
}
