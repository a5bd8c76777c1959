//! What routing must not do for whoever finds a way around: hand work to who is gone, wake the AI for who may not, name
//! who is masked, and let what waits for the absent keep others waiting.

use std::time::Duration;

use serde_json::{Value, json};

use super::{MINUTE, new_role};
use crate::support::{Person, Puppet, World, text_of, until};

fn get(world: &World, conversation: &str) -> Value {
    world.ann().get(&format!("conversations/{conversation}")).ok()
}

fn assignee(world: &World, conversation: &str) -> Option<String> {
    get(world, conversation)["assignee"]["name"].as_str().map(str::to_owned)
}

#[track_caller]
fn rule(world: &World, conditions: Value, action: Value) -> Value {
    let rule = json!({ "name": "Rule", "conditions": conditions, "action": action });
    world.ann().post("routing-rules", rule).ok_with(201)
}

fn availability(person: &Person, status: &str) {
    person.put(&format!("members/{}/availability", person.member), json!({ "status": status })).ok();
}

/// Lets time pass, and waits until the clock looked at the queues.
fn passes(world: &World, time: Duration) {
    world.clock.advance(time);
    let (next, due) = ("select next_run_at from schedules where name = 'keep_queues_moving'", world.clock.now());
    until("a look at the queues", || (world.database.count(next) > due.millis()).then_some(()));
}

/// So many decisions were taken about a conversation.
fn decided(world: &World, conversation: &str) -> Vec<Value> {
    let told = world.ann().get(&format!("conversations/{conversation}/assignment-decisions")).ok();
    told["items"].as_array().expect("decisions").clone()
}

#[test]
fn inv_27_work_of_who_is_gone_from_the_screen_is_taken_back_once_and_waits_until_they_are_seen() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let new = json!({ "name": "Sales", "strategy": "round_robin", "member_ids": [bo.member] });
    let team = text_of(&ann.post("teams", new).ok_with(201)["id"]);
    ann.patch(&format!("teams/{team}"), json!({ "version": 1, "requeue_on": "offline", "requeue_after_minutes": 0 }))
        .ok();
    passes(&world, 6 * MINUTE);
    bo.get("conversations").ok();
    let held = world.conversation("Hello");
    assert_eq!(assignee(&world, &held).as_deref(), Some("Bo"));
    passes(&world, 9 * MINUTE);
    assert_eq!(decided(&world, &held).len(), 1, "who was seen a moment ago is here, whatever the team asks for");

    passes(&world, 2 * MINUTE);
    until("what Bo holds to be taken back", || assignee(&world, &held).is_none().then_some(()));
    passes(&world, MINUTE);
    passes(&world, MINUTE);
    assert_eq!((assignee(&world, &held), decided(&world, &held).len()), (None, 2), "and not given to Bo again");
    let new = world.conversation("Anybody?");
    assert_eq!(decided(&world, &new)[0]["considered"][0]["reason"], "away");
    rule(&world, json!({}), json!({ "team_id": team, "member_id": bo.member }));
    let by_name = world.conversation("Is Bo here?");
    assert_eq!(assignee(&world, &by_name), None, "nor when a rule asks for Bo");

    bo.get("conversations").ok();
    world.clock.advance(MINUTE);
    for waits in [&held, &new, &by_name] {
        until("Bo to be given what waits", || (assignee(&world, waits).as_deref() == Some("Bo")).then_some(()));
    }
}

#[test]
fn inv_18_a_label_releases_nothing_to_the_ai_that_who_puts_it_on_could_not_release() {
    let world = World::with_agent(Puppet::default());
    let (ann, bo) = (world.ann(), world.bo());
    let role = new_role(&ann, "agent", &json!({ "conversation.release_to_ai": "none" }));
    let mal = world.join(&ann, "Mal", &role);
    let label = text_of(&ann.post("labels", json!({ "name": "Robot", "color": 200 })).ok_with(201)["id"]);
    rule(&world, json!({ "label_ids": [label] }), json!({ "to_ai": true }));
    let mode = |conversation: &str| text_of(&get(&world, conversation)["mode"]);
    let put = |by: &Person, conversation: &str| {
        by.put(&format!("conversations/{conversation}/labels/{label}"), json!({})).ok();
    };
    let held = world.conversation("Hello");
    bo.put(&format!("conversations/{held}/mode"), json!({ "mode": "manual" })).ok();
    put(&mal, &held);
    assert_eq!(mode(&held), "manual", "Bo has it in hand");

    // What nobody has in hand is released by who may.
    let [by_mal, by_ann] = ["One", "Two"].map(|text| world.conversation(text));
    world.database.run("update conversations set mode = 'manual', mode_holder_id = null");
    put(&mal, &by_mal);
    put(&ann, &by_ann);
    assert_eq!((mode(&by_mal).as_str(), mode(&by_ann).as_str()), ("manual", "ai"));

    let handed_over = world.conversation("Three");
    world.database.run("update conversations set mode = 'handoff' where mode = 'ai'");
    put(&ann, &handed_over);
    assert_eq!(mode(&handed_over), "handoff", "the AI asked for a person");
}

#[test]
fn inv_20_a_rehearsal_masks_what_the_inbox_masks() {
    let world = World::new();
    let ann = world.ann();
    let role = new_role(&ann, "supervisor", &json!({ "customer.view_unmasked": "masked" }));
    let dee = world.join(&ann, "Dee", &role);
    world.visitor_who(json!({ "name": "jane.doe@example.com" })).says("Hello");
    world.database.run("update customers set display_name = 'jane.doe@example.com'");
    let drafts = json!([{ "name": "To Ann", "conditions": {}, "action": { "member_id": ann.member } }]);
    let name = |by: &Person| {
        let told = by.post("routing-rules/rehearsal", json!({ "rules": drafts, "days": 7 })).ok();
        text_of(&told["changed"][0]["customer"]["display_name"])
    };
    assert_eq!(name(&ann), "jane.doe@example.com");
    let masked = name(&dee);
    assert!(masked.contains("example.com") && !masked.contains("jane.doe"), "{masked}");
}

#[test]
fn inv_28_what_waits_for_the_absent_keeps_nobody_who_is_here_waiting() {
    /// More than anybody looks through at once.
    const WAIT: usize = 200;
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let dee = world.join(&ann, "Dee", "agent");
    availability(&bo, "away");
    availability(&dee, "away");
    let to_bo = rule(&world, json!({}), json!({ "member_id": bo.member }));
    for n in 0..WAIT {
        world.conversation(&format!("Question {n}"));
    }
    ann.delete(&format!("routing-rules/{}", text_of(&to_bo["items"][0]["id"]))).ok_with(204);
    rule(&world, json!({}), json!({ "member_id": dee.member }));
    let waits = world.conversation("For Dee");
    assert_eq!(assignee(&world, &waits), None);
    availability(&dee, "available");
    until("Dee to be given hers", || (assignee(&world, &waits).as_deref() == Some("Dee")).then_some(()));
}
