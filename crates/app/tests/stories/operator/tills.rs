//! Who takes the money of a workspace: as where it was made, until the operator puts it on a plan.

use guildhall::TillChoice;
use serde_json::json;

use super::admin;
use crate::{
    stories::billing::CATALOGUE,
    support::{World, text_of},
};

#[test]
fn a_workspace_from_before_anything_was_sold_buys_once_it_is_put_on_a_plan() {
    let mut world = World::new();
    world.shelve(CATALOGUE);
    // As in a database that is older than plans, no period of it has ever run.
    world.database.run("update subscriptions set period_end = period_start, due_at = null");
    world.restart_with(|settings| settings.till = Some(TillChoice::Manual));
    let (olga, ann) = (world.operator(), world.ann());
    world.join(&ann, "Kim", "member");
    let growth = json!({ "plan": "growth", "interval": "month" });
    ann.put("billing/plan", growth.clone()).refused(409, "till.none");

    let wanted = json!({ "catalogue": "walked", "plan": "starter" });
    let path = format!("/api/v1/operator/workspaces/{}/plan", ann.workspace);
    let assigned = olga.put(&path, wanted).ok();
    assert_eq!((&assigned["till"], &assigned["plan"]), (&json!("manual"), &json!("starter")));
    let event = ann.get("audit-events?kind=subscription.changed").ok()["items"][0].clone();
    assert_eq!((&event["detail"]["till"], &event["detail"]["cause"]), (&json!("manual"), &json!("assigned")));
    assert_eq!(ann.all("billing/invoices").len(), 0, "nothing is charged for it");
    assert_eq!(ann.get("billing").ok()["next_invoice"]["total"], 1_900 + 1_500, "and its next period is");

    let open = ann.put("billing/plan", growth).ok()["invoice"].clone();
    assert_eq!(open["state"], "open", "{open}");
    let paid = format!("/api/v1/operator/workspaces/{}/invoices/{}/payment", ann.workspace, text_of(&open["id"]));
    olga.put(&paid, json!({})).ok();
    assert_eq!(ann.get("billing").ok()["plan"], "growth");
}

#[test]
fn the_command_line_decides_who_takes_the_money_only_where_it_is_told() {
    let world = World::with(|settings| settings.till = Some(TillChoice::Manual));
    let (olga, ann) = (world.operator(), world.ann());
    let path = format!("/api/v1/operator/workspaces/{}", ann.workspace);
    olga.put(&format!("{path}/plan"), json!({ "catalogue": "linkai", "plan": "starter" })).ok();
    let till = || olga.get(&path).ok()["workspace"]["till"].clone();
    let assign = ["plan", "assign", "--workspace", &ann.workspace, "growth"];
    let (done, said) = admin(&world, &assign);
    assert!(done && said.contains("growth now, of linkai 1; you take its money"), "{said}");
    assert_eq!(till(), "manual");
    let (done, said) = admin(&world, &[&assign[..], &["--till", "none"]].concat());
    assert!(done && said.contains("nothing is sold to it"), "{said}");
    assert_eq!(till(), "none");
}

#[test]
fn seats_that_a_contract_states_are_written_down_by_the_operator_and_hold_at_once() {
    let world = World::new();
    let (olga, ann) = (world.operator(), world.ann());
    let path = format!("/api/v1/operator/workspaces/{}/contract-seats", ann.workspace);
    let before = world.recorded();
    // Where the plan says how many there are nothing is agreed on.
    olga.put(&path, json!({ "seats": 20 })).refused(409, "seat.no_contract");
    for (wrong, code) in [
        (json!({ "seats": 0 }), "invalid_field"),
        (json!({ "seats": -1 }), "invalid_field"),
        (json!({ "seats": 10_001 }), "invalid_field"),
        (json!({ "seats": 1.5 }), "invalid_field"),
        (json!({ "seats": 3, "price": 1 }), "unknown_field"),
    ] {
        olga.put(&path, wrong).refused(422, code);
    }
    assert_eq!(world.recorded(), before, "what was refused left nothing");

    world.assign("kustomer", "with_collaborators");
    let full = || ann.get("billing/seats").ok()["full"].clone();
    assert_eq!(full()["cap"], json!(null), "the plan states no number");
    let agreed = olga.put(&path, json!({ "seats": 4 })).ok();
    assert_eq!((&agreed["contract_seats"], &agreed["seat_billing"]), (&json!(4), &json!("contract")));
    assert_eq!((&full()["cap"], &full()["used"]), (&json!(4), &json!(3)));
    let events = || ann.get("audit-events?kind=subscription.seats_agreed").ok()["items"].clone();
    assert_eq!((&events()[0]["detail"]["from"], &events()[0]["detail"]["to"]), (&json!(null), &json!(4)));
    assert_eq!(
        (&events()[0]["actor"]["kind"], &events()[0]["actor"]["id"]),
        (&json!("operator"), &json!(olga.account))
    );
    let invite = |email: &str| ann.post("invitations", json!({ "email": email, "role_key": "member" }));
    invite("kim@example.com").ok_with(201);
    invite("lee@example.com").refused(409, "seat.limit_reached");

    // Said twice it is said once; another number goes with the same contract.
    olga.put(&path, json!({ "seats": 4 })).ok();
    let (done, said) = admin(&world, &["plan", "seats", "--workspace", &ann.workspace, "5"]);
    assert!(done && said.contains("5 full seats"), "{said}");
    assert_eq!(events().as_array().expect("events").len(), 2);
    invite("lee@example.com").ok_with(201);
    olga.put(&format!("/api/v1/operator/workspaces/{}/plan", ann.workspace), json!({ "plan": "with_collaborators" }))
        .ok();
    assert_eq!(full()["cap"], 5, "the plan assigned anew keeps the contract");

    // Fewer than are held lose nobody a seat at once; taken back, the plan says how many there are.
    assert_eq!(olga.put(&path, json!({ "seats": 2 })).ok()["over_limit"], true);
    let (done, said) = admin(&world, &["plan", "seats", "--workspace", &ann.workspace]);
    assert!(done && said.contains("as its plan says"), "{said}");
    assert_eq!((&full()["cap"], &full()["over_since"]), (&json!(null), &json!(null)));
    let (done, said) = admin(&world, &["plan", "seats", "--workspace", &ann.workspace, "0"]);
    assert!(!done && said.contains("between 1 and 10000"), "{said}");
}
