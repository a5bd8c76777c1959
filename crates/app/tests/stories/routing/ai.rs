//! Rules and the AI: what rules give to it, and where what it hands over goes; and rules whose label was merged.

use std::time::Duration;

use serde_json::{Value, json};

use super::{assignee, decisions, shown, team};
use crate::support::{Puppet, World, text_of, until};

/// The AI waits this long for the customer's next message.
const DEBOUNCE: Duration = Duration::from_secs(3);

fn rule(world: &World, name: &str, conditions: Value, action: Value) {
    let new = json!({ "name": name, "conditions": conditions, "action": action });
    world.ann().post("routing-rules", new).ok_with(201);
}

#[test]
fn asg_a_rule_to_the_ai_puts_a_conversation_into_a_queue_and_looks_for_nobody_where_the_ai_answers() {
    let to_ai = |world: &World| {
        let spanish = team(world, "round_robin", &[&world.bo()]);
        let action = json!({ "team_id": spanish, "to_ai": true });
        rule(world, "Spanish", json!({ "languages": ["es"] }), action);
        let conversation = world.visitor_who(json!({ "locale": "es-MX" })).says("thinking");
        assert_eq!(shown(world, &conversation)["team"]["id"], json!(spanish));
        conversation
    };
    let world = World::with_agent(Puppet::default());
    let conversation = to_ai(&world);
    assert_eq!((&shown(&world, &conversation)["mode"], assignee(&world, &conversation)), (&json!("ai"), None));
    let told = &decisions(&world, &conversation)[0];
    assert_eq!((&told["strategy"], &told["rule"]["name"]), (&json!("ai"), &json!("Spanish")));
    assert_eq!(told["considered"], json!([]), "nobody is looked for");

    // Where no AI answers, the same rule leads to people.
    let world = World::new();
    let conversation = to_ai(&world);
    let shown = shown(&world, &conversation);
    assert_eq!((&shown["mode"], &shown["assignee"]["name"]), (&json!("manual"), &json!("Bo")));
}

#[test]
fn asg_what_the_ai_hands_over_goes_by_its_reason_to_people_and_not_back_to_the_ai() {
    let world = World::with_agent(Puppet::default());
    let bo = world.bo();
    let (wished, unable) = (team(&world, "manual", &[&world.ann()]), team(&world, "round_robin", &[&bo]));
    rule(
        &world,
        "They ask for us",
        json!({ "escalation_reasons": ["customer_request"] }),
        json!({ "team_id": wished }),
    );
    rule(&world, "It cannot", json!({ "escalation_reasons": ["cannot_answer"] }), json!({ "team_id": unable }));
    rule(&world, "All", json!({}), json!({ "to_ai": true }));
    let conversation = world.conversation("escalate");
    assert_eq!(decisions(&world, &conversation)[0]["rule"]["name"], "All", "nothing was handed over so far");
    assert_eq!(shown(&world, &conversation)["mode"], "ai");
    world.clock.advance(DEBOUNCE);
    until("Bo to have it", || (assignee(&world, &conversation).as_deref() == Some("Bo")).then_some(()));
    let told = &decisions(&world, &conversation)[0];
    assert_eq!((&told["cause"], &told["rule"]["name"]), (&json!("escalated"), &json!("It cannot")));
    let handed = shown(&world, &conversation);
    assert_eq!((&handed["mode"], &handed["team"]["id"]), (&json!("handoff"), &json!(unable)));

    // A rule that takes everything for the AI leaves to people what the AI gave up.
    let rules = bo.get("routing-rules").ok()["items"].as_array().expect("rules").clone();
    let by_reason = rules.iter().find(|rule| rule["name"] == "It cannot").expect("the rule");
    world.ann().delete(&format!("routing-rules/{}", text_of(&by_reason["id"]))).ok_with(204);
    let conversation = world.conversation("escalate");
    world.clock.advance(DEBOUNCE);
    until("a hand-over", || (shown(&world, &conversation)["mode"] == "handoff").then_some(()));
    let told = &decisions(&world, &conversation)[0];
    assert_eq!(
        (&told["cause"], &told["rule"]["name"], &told["strategy"]),
        (&json!("escalated"), &json!("All"), &json!("everybody"))
    );
}

#[test]
fn lbl_003_a_rule_means_the_label_that_its_label_was_merged_into() {
    let world = World::new();
    let ann = world.ann();
    let [old, new, last] = ["Returns", "Sent back", "Complaints"]
        .map(|name| text_of(&ann.post("labels", json!({ "name": name, "color": 20 })).ok_with(201)["id"]));
    let place = team(&world, "round_robin", &[&world.bo()]);
    rule(&world, "Returns", json!({ "label_ids": [old] }), json!({ "team_id": place, "label_ids": [last] }));
    // What no rule takes shall not go there by itself.
    rule(&world, "All", json!({}), json!({}));
    let merge = |from: &str, into: &str| ann.post(&format!("labels/{from}/merge"), json!({ "into": into })).ok();
    let put = |conversation: &str, label: &str| {
        ann.put(&format!("conversations/{conversation}/labels/{label}"), json!({})).ok();
    };
    merge(&old, &new);
    let conversation = world.conversation("It broke");
    assert_eq!(assignee(&world, &conversation), None);
    put(&conversation, &new);
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Bo"));
    assert_eq!(decisions(&world, &conversation)[0]["rule"]["name"], "Returns");
    let labels = shown(&world, &conversation)["label_ids"].clone();
    assert!(labels.as_array().expect("labels").contains(&json!(last)), "{labels}");

    // Nor is it lost on the way over several, and what the rule puts on follows too.
    let other = text_of(&ann.post("labels", json!({ "name": "Other", "color": 20 })).ok_with(201)["id"]);
    merge(&new, &other);
    merge(&last, &other);
    let conversation = world.conversation("It broke again");
    put(&conversation, &other);
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Bo"));
    assert_eq!(shown(&world, &conversation)["label_ids"], json!([other]));
}
