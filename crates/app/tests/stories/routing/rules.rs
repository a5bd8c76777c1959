//! Rules: in order, the first that holds decides; what contradicts itself is refused.

use serde_json::{Value, json};

use super::{assignee, availability, decisions, shared_out, shown, team};
use crate::support::{Person, Reply, World, text_of};

fn make(person: &Person, name: &str, conditions: Value, action: Value) -> Reply {
    person.post("routing-rules", json!({ "name": name, "conditions": conditions, "action": action }))
}

/// Names of the rules, in order.
fn names(list: &Value) -> Vec<String> {
    list["items"].as_array().expect("rules").iter().map(|rule| text_of(&rule["name"])).collect()
}

fn id(list: &Value, name: &str) -> String {
    let rules = list["items"].as_array().expect("rules");
    text_of(&rules.iter().find(|rule| rule["name"] == name).expect("the rule")["id"])
}

#[test]
fn the_first_rule_that_holds_decides_and_its_name_stays_with_the_decision() {
    let world = World::new();
    let (ann, bo, vic) = (world.ann(), world.bo(), world.vic());
    let (sales, support) = (team(&world, "round_robin", &[&bo]), team(&world, "manual", &[&ann]));
    let second = ann.post("channels", json!({ "name": "Second shop" })).ok_with(201);
    let elsewhere = json!({ "channel_ids": [second["id"]] });
    make(&ann, "Elsewhere", elsewhere, json!({ "team_id": sales })).ok_with(201);
    let made = make(&ann, "All", json!({}), json!({ "team_id": support })).ok_with(201);
    assert_eq!(names(&made), ["Elsewhere", "All"]);
    let conversation = world.conversation("Hello");
    assert_eq!(shown(&world, &conversation)["team"]["id"], json!(support), "the first does not hold here");

    // A further rule goes before the one that takes everything, and decides from then on.
    let here = json!({ "channel_ids": [world.channel], "within": "business_hours" });
    let made = make(&ann, "Here", here, json!({ "team_id": sales })).ok_with(201);
    assert_eq!(names(&made), ["Elsewhere", "Here", "All"]);
    let conversation = world.conversation("Hello again");
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Bo"));
    let rule = json!({ "id": id(&made, "Here"), "name": "Here" });
    assert_eq!(decisions(&world, &conversation)[0]["rule"], rule);
    ann.patch(&format!("routing-rules/{}", id(&made, "Here")), json!({ "version": 1, "name": "There" })).ok();
    ann.delete(&format!("routing-rules/{}", id(&made, "Here"))).ok_with(204);
    assert_eq!(decisions(&world, &conversation)[0]["rule"], rule, "as it was called then");

    // A rule whose team is gone is passed over.
    let made = make(&ann, "Ours", json!({ "channel_ids": [world.channel] }), json!({ "team_id": sales })).ok_with(201);
    ann.delete(&format!("teams/{sales}")).ok_with(204);
    assert_eq!(shown(&world, &world.conversation("Third"))["team"]["id"], json!(support));
    let listed = bo.get("routing-rules").ok();
    assert_eq!(listed["items"].as_array().map(Vec::len), made["items"].as_array().map(Vec::len));
    assert_eq!((&listed["items"][1]["leads_nowhere"], &listed["can"]["team.manage"]), (&json!(true), &json!("role")));
    make(&bo, "Mine", json!({}), json!({})).refused(403, "forbidden");
    vic.get("routing-rules").refused(403, "forbidden");
}

#[test]
fn a_rule_that_would_never_get_a_turn_is_refused_however_it_comes_about() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let to_bo = json!({ "member_id": bo.member });
    let here = json!({ "channel_ids": [world.channel] });
    make(&ann, "Here", here.clone(), to_bo.clone()).ok_with(201);
    let list = make(&ann, "All", json!({}), json!({})).ok_with(201);
    let (first, all) = (id(&list, "Here"), id(&list, "All"));
    let before = world.recorded();

    let told = make(&ann, "Contradicts", here.clone(), json!({})).refused(422, "rule.shadows");
    assert_eq!([&told["by"]["name"], &told["behind"]["name"]], ["Contradicts", "Here"]);
    let everything = json!({ "name": "Too early", "position": 0 });
    assert_eq!(ann.post("routing-rules", everything).refused(422, "rule.shadows")["behind"]["name"], "Here");
    make(&ann, "Second of all", json!({}), json!({})).refused(422, "rule.shadows");
    ann.put("routing-rules/order", json!({ "ids": [all, first] })).refused(422, "rule.shadows");
    ann.put("routing-rules/order", json!({ "ids": [first] })).refused(422, "rule.order");
    ann.put("routing-rules/order", json!({ "ids": [first, first] })).refused(422, "rule.order");
    let wider = json!({ "version": 1, "conditions": {} });
    ann.patch(&format!("routing-rules/{first}"), wider).refused(422, "rule.shadows");
    assert_eq!(world.recorded(), before, "nothing of it was done");

    // Switched off, it keeps nobody from a turn; switched on again it would.
    ann.patch(&format!("routing-rules/{first}"), json!({ "version": 1, "enabled": false })).ok();
    ann.patch(&format!("routing-rules/{first}"), json!({ "version": 1, "enabled": true })).refused(409, "rule.changed");
    make(&ann, "Instead", here, to_bo).ok_with(201);
    ann.patch(&format!("routing-rules/{first}"), json!({ "version": 2, "enabled": true })).refused(422, "rule.shadows");
}

#[test]
fn a_rule_names_only_what_is_there_and_what_its_maker_may_know() {
    let world = World::new();
    let (ann, vic) = (world.ann(), world.vic());
    let nobody = world.gus().member;
    let before = world.recorded();
    let unknown = |conditions: Value, action: Value| {
        make(&ann, "Unsound", conditions, action).refused(422, "invalid_field")["errors"][0]["pointer"].clone()
    };
    assert_eq!(unknown(json!({ "channel_ids": [nobody] }), json!({})), "/conditions/channel_ids");
    assert_eq!(unknown(json!({ "label_ids": [nobody] }), json!({})), "/conditions/label_ids");
    assert_eq!(unknown(json!({ "business_ids": [nobody] }), json!({})), "/conditions/business_ids");
    assert_eq!(unknown(json!({ "within": { "shift_of": nobody } }), json!({})), "/conditions/within");
    assert_eq!(unknown(json!({ "languages": ["english"] }), json!({})), "/conditions/languages");
    let blank = json!({ "customer_field": { "field": "source", "is": " " } });
    assert_eq!(unknown(blank, json!({})), "/conditions/customer_field/is");
    assert_eq!(unknown(json!({}), json!({ "team_id": nobody })), "/action/team_id");
    assert_eq!(unknown(json!({}), json!({ "member_id": nobody })), "/action/member_id");
    make(&ann, "To a viewer", json!({}), json!({ "member_id": vic.member })).refused(422, "assignment.not_eligible");
    make(&ann, "Strange", json!({ "weather": "fine" }), json!({})).refused(422, "unknown_field");
    assert_eq!(world.recorded(), before);

    // Who sees addresses masked asks nothing about them through a rule (INV-20).
    let role =
        text_of(&ann.post("roles", json!({ "label": "Router", "base_role_key": "supervisor" })).ok_with(201)["key"]);
    let masked = json!({ "version": 1, "grants": { "customer.view_unmasked": "masked" } });
    ann.patch(&format!("roles/{role}"), masked).ok();
    let dee = world.join(&ann, "Dee", &role);
    let domain = json!({ "customer_field": { "field": "email_domain", "is": "shop.example" } });
    let told = make(&dee, "By address", domain.clone(), json!({})).refused(422, "invalid_field");
    assert_eq!(told["errors"][0]["code"], "masked");
    let rehearsal = json!({ "rules": [{ "name": "By address", "conditions": domain }], "days": 7 });
    dee.post("routing-rules/rehearsal", rehearsal).refused(422, "invalid_field");
    make(&ann, "By address", domain, json!({})).ok_with(201);
}

#[test]
fn a_rule_to_a_member_waits_for_them_in_everybodys_queue_where_others_may_claim() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    make(&ann, "To Bo", json!({}), json!({ "member_id": bo.member })).ok_with(201);
    assert_eq!(assignee(&world, &world.conversation("Hello")).as_deref(), Some("Bo"));
    availability(&bo, "away");
    let (waits, claimed) = (world.conversation("Waits for Bo"), world.conversation("Waits for nobody long"));
    let told = &decisions(&world, &waits)[0];
    assert_eq!((&told["strategy"], &told["considered"][0]["reason"]), (&json!("named"), &json!("away")));
    ann.post(&format!("conversations/{claimed}/claim"), json!({})).ok();
    availability(&bo, "available");
    shared_out(&world);
    assert_eq!(assignee(&world, &waits).as_deref(), Some("Bo"));
    assert_eq!(assignee(&world, &claimed).as_deref(), Some("Ann"));
}
