//! Every workspace in the console, and the plan that the operator puts one on.

use serde_json::{Value, json};

use crate::support::{Person, World, fresh_id};

const WORKSPACES: &str = "/api/v1/operator/workspaces";

fn plan(workspace: &str) -> String {
    format!("{WORKSPACES}/{workspace}/plan")
}

/// The one of them that is Acme.
fn acme<'a>(world: &World, items: &'a [Value]) -> &'a Value {
    items.iter().find(|item| item["id"] == world.workspace()).expect("Acme")
}

/// The newest event of a kind in a workspace's own log.
#[track_caller]
fn logged(owner: &Person, kind: &str) -> Value {
    owner.get(&format!("audit-events?kind={kind}")).ok()["items"][0].clone()
}

#[test]
fn an_operator_finds_every_workspace_with_what_it_pays_and_has() {
    let world = World::new();
    let (olga, ann) = (world.operator(), world.ann());
    world.on_plan("ten");
    let all = olga.all(&format!("{WORKSPACES}?limit=2"));
    let ids: std::collections::BTreeSet<_> = all.iter().map(|item| item["id"].to_string()).collect();
    assert_eq!(ids.len(), all.len(), "no page repeats another");
    assert_eq!(all.len() as i64, world.database.count("select count(*) from workspaces"));
    let shown = acme(&world, &all);
    for (field, value) in [
        ("name", json!("Acme")),
        ("state", json!("active")),
        ("owner_name", json!("Ann")),
        ("catalogue", json!("stage")),
        ("plan", json!("ten")),
        ("subscription", json!("active")),
        ("over_limit", json!(false)),
        ("till", json!("none")),
        ("deletion_at", Value::Null),
    ] {
        assert_eq!(shown[field], value, "{field}: {shown}");
    }
    let seats = ann.get("billing").ok()["gauges"].clone();
    assert_eq!(shown["gauges"], seats);
    assert_eq!(shown["credits"], ann.get("credits").ok()["balance"]);

    let found = |q: &str| olga.all(&format!("{WORKSPACES}?q={q}"));
    for q in ["acme", "CM", &ann.workspace, "%20Acme"] {
        assert!(found(q).iter().any(|item| item["id"] == ann.workspace), "{q}");
    }
    // What stands for anything elsewhere stands for itself.
    for q in ["%25", "_", "acme%25", &fresh_id(), "nobody%27s"] {
        assert!(found(q).iter().all(|item| item["id"] != ann.workspace), "{q}");
    }
    let cursor = olga.get(&format!("{WORKSPACES}?limit=1")).ok()["next_cursor"].as_str().expect("more").to_owned();
    olga.get(&format!("{WORKSPACES}?q=acme&cursor={cursor}")).refused(422, "invalid_field");
    olga.get(&format!("{WORKSPACES}?owner=ann")).refused(422, "invalid_field");

    let detail = olga.get(&format!("{WORKSPACES}/{}", ann.workspace)).ok();
    assert_eq!(detail["workspace"], olga.get(&format!("{WORKSPACES}?q={}", ann.workspace)).ok()["items"][0]);
    let mut own = ann.get("billing").ok();
    let mut billing = detail["billing"].clone();
    assert!(billing["can"].as_object().expect("abilities").values().all(|can| can != true), "{billing}");
    (own["can"], billing["can"]) = (Value::Null, Value::Null);
    assert_eq!(billing, own);
    for nothing in [fresh_id(), "acme".to_owned()] {
        olga.get(&format!("{WORKSPACES}/{nothing}")).refused(404, "not_found");
    }
}

#[test]
fn a_plan_is_assigned_and_the_workspaces_own_log_says_which_operator_did_it() {
    let world = World::new();
    let (olga, ann) = (world.operator(), world.ann());
    let assigned = olga.put(&plan(&ann.workspace), json!({ "catalogue": "linkai", "plan": "growth" })).ok();
    assert_eq!((&assigned["catalogue"], &assigned["plan"]), (&json!("linkai"), &json!("growth")));
    let billing = ann.get("billing").ok();
    assert_eq!((&billing["plan"], &billing["state"]), (&json!("growth"), &json!("active")));
    assert_eq!(ann.all("billing/invoices"), Vec::<Value>::new(), "nothing is charged");
    let event = logged(&ann, "subscription.changed");
    assert_eq!(event["actor"]["kind"], "operator", "{event}");
    assert_eq!((&event["actor"]["id"], &event["actor"]["name"]), (&json!(olga.account), &json!(olga.name)));
    assert_eq!((&event["permission"], &event["detail"]["to"]), (&json!("internal.operating"), &json!("growth")));

    // Its own catalogue, where none is named; and another interval, which begins now.
    let yearly = olga.put(&plan(&ann.workspace), json!({ "plan": "starter", "interval": "year" })).ok();
    assert_eq!((&yearly["catalogue"], &yearly["interval"]), (&json!("linkai"), &json!("year")));
    let period = ann.get("billing").ok()["period"].clone();
    let [start, end] = ["start", "end"].map(|side| period[side].as_str().expect("a moment")[..4].to_owned());
    assert_eq!(end.parse::<i32>().expect("a year") - start.parse::<i32>().expect("a year"), 1, "{period}");

    let before = world.recorded();
    for (wanted, status, code) in [
        (json!({ "catalogue": "no_such", "plan": "growth" }), 422, "catalogue.unknown"),
        (json!({ "plan": "no_such" }), 422, "plan.unknown"),
        (json!({ "plan": "growth", "interval": "week" }), 422, "invalid_field"),
        (json!({ "catalogue": "linkai" }), 422, "invalid_field"),
    ] {
        olga.put(&plan(&ann.workspace), wanted.clone()).refused(status, code);
    }
    olga.put(&plan(&fresh_id()), json!({ "plan": "growth" })).refused(404, "not_found");
    assert_eq!(world.recorded(), before);
    assert_eq!(ann.get("billing").ok()["plan"], "starter");
}
