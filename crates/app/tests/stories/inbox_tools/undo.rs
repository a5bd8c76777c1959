//! OWN-10: state(op; undo) = state.

use std::collections::BTreeMap;

use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde_json::{Value, json};

use super::{after, assign, label, offer, show, status, take_back};
use crate::{
    stories::workspaces::samples::{change_role, literal},
    support::{Person, Reply, World, text_of},
};

/// Operations in one walk.
const STEPS: usize = 120;

/// All that these operations move: where conversations stand and whose they are, whose contacts the customers are, and
/// the counters. What only ever rises, versions and numbers, is left out.
fn state(world: &World, ann: &Person, conversations: &[String]) -> (Vec<Value>, Vec<String>, Value) {
    let moved = ["status", "snoozed_until", "waiting_since", "assignee", "team", "label_ids"];
    let shown = conversations.iter().map(|conversation| {
        let view = show(ann, conversation);
        let mut fields: BTreeMap<_, _> = moved.iter().map(|field| (*field, view[*field].clone())).collect();
        if let Some(labels) = fields.get_mut("label_ids").and_then(Value::as_array_mut) {
            labels.sort_by_key(ToString::to_string);
        }
        json!(fields)
    });
    let workspace = literal(&ann.workspace);
    let kept = |query: &str| world.database.rows(query).into_iter().map(|row| format!("{row:?}"));
    let contacts = format!(
        "select customer_id, member_id, until from customer_assignees where workspace_id = {workspace} order by 1, 2"
    );
    let queues =
        format!("select id, queued_at, queued_for from conversations where workspace_id = {workspace} order by 1");
    let kept = kept(&contacts).chain(kept(&queues)).collect();
    (shown.collect(), kept, ann.get("counters").ok())
}

/// One operation drawn by lot; it may be refused.
fn act(world: &World, lot: &mut StdRng, people: &[Person], labels: &[String], conversation: &str) -> Reply {
    let person = &people[0];
    let path = format!("conversations/{conversation}");
    match lot.random_range(0..9) {
        0 => person.post(&format!("{path}/claim"), json!({})),
        1 | 2 => assign(person, conversation, people.choose(lot).expect("somebody")),
        3 => person.delete(&format!("{path}/assignment")),
        4 => {
            let to = ["open", "solved", "spam", "archived"].choose(lot).expect("a status");
            status(person, conversation, to)
        }
        5 => {
            let until = after(world, lot.random_range(60..90_000));
            person.put(&format!("{path}/snooze"), json!({ "until": until }))
        }
        6 => person.delete(&format!("{path}/snooze")),
        7 => person.put(&format!("{path}/labels/{}", labels.choose(lot).expect("a label")), json!({})),
        _ => person.delete(&format!("{path}/labels/{}", labels.choose(lot).expect("a label"))),
    }
}

#[test]
fn own_10_what_was_done_and_undone_was_never_done() {
    let world = World::new();
    let people = [world.ann(), world.bo(), world.member_with_role("member")];
    let labels = [label(&world, "Refund"), label(&world, "Urgent")];
    let conversations: Vec<_> = (0..3).map(|_| world.conversation("Hello")).collect();
    let mut lot = StdRng::seed_from_u64(10);
    let mut undone = 0;
    for step in 0..STEPS {
        let conversation = conversations.choose(&mut lot).expect("a conversation");
        let before = state(&world, &people[0], &conversations);
        let answer = act(&world, &mut lot, &people, &labels, conversation);
        let Some(way_back) = answer.header("guildhall-undo").map(str::to_owned) else {
            assert_eq!(state(&world, &people[0], &conversations), before, "step {step}: {}", answer.asked);
            continue;
        };
        // Half of it stays, so that the walk gets somewhere.
        if lot.random_bool(0.5) {
            take_back(&people[0], &way_back).ok();
            assert_eq!(state(&world, &people[0], &conversations), before, "step {step}: {}", answer.asked);
            take_back(&people[0], &way_back).refused(409, "undo.overtaken");
            undone += 1;
        }
    }
    assert!(undone > STEPS / 5, "only {undone} of {STEPS} were undone");
}

#[test]
fn own_10_the_last_twenty_actions_are_taken_back_one_after_the_other() {
    let world = World::new();
    let (people, labels) = ([world.ann(), world.bo()], [label(&world, "Refund")]);
    let conversations: Vec<_> = (0..2).map(|_| world.conversation("Hello")).collect();
    let before = state(&world, &people[0], &conversations);
    let mut lot = StdRng::seed_from_u64(20);
    let mut ways_back = Vec::new();
    while ways_back.len() < 20 {
        let conversation = conversations.choose(&mut lot).expect("a conversation");
        let answer = act(&world, &mut lot, &people, &labels, conversation);
        ways_back.extend(answer.header("guildhall-undo").map(str::to_owned));
    }
    for way_back in ways_back.iter().rev() {
        take_back(&people[0], way_back).ok();
    }
    assert_eq!(state(&world, &people[0], &conversations), before);
}

#[test]
fn own_10_who_went_on_is_not_undone() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let visitor = world.visitor();
    let conversation = visitor.says("Hello");

    // A colleague went on.
    let given = offer(&assign(&ann, &conversation, &bo));
    assign(&ann, &conversation, &ann).ok();
    let told = take_back(&ann, &given).refused(409, "undo.overtaken");
    assert!(told["detail"].as_str().is_some_and(|detail| detail.contains("since")));
    assert_eq!(show(&ann, &conversation)["assignee"]["id"], ann.member.as_str(), "nothing was done by halves");

    // The customer went on.
    let solved = offer(&status(&ann, &conversation, "solved"));
    visitor.says("One more thing");
    take_back(&ann, &solved).refused(409, "undo.overtaken");

    // What a colleague did beside it stays.
    let solved = offer(&status(&ann, &conversation, "solved"));
    assign(&bo, &conversation, &bo).ok();
    let undone = take_back(&ann, &solved).ok();
    assert_eq!(undone["conversation_ids"], json!([conversation]));
    let now = show(&ann, &conversation);
    assert_eq!((&now["status"], &now["assignee"]["id"]), (&json!("open"), &json!(bo.member)));

    // Nobody takes back what was offered to somebody else, or long ago.
    let solved = offer(&status(&ann, &conversation, "solved"));
    take_back(&bo, &solved).refused(404, "not_found");
    for _ in 0..3 {
        world.clock.advance(std::time::Duration::from_secs(8 * 60 * 60));
        ann.get("").ok();
    }
    take_back(&ann, &solved).refused(409, "undo.overtaken");
}

#[test]
fn own_10_a_right_that_was_lost_undoes_nothing_and_a_moment_that_passed_wakes_nobody() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    let given = offer(&assign(&bo, &conversation, &ann));
    change_role(&world, &bo, "viewer");
    let refused = take_back(&bo, &given).refused(403, "forbidden");
    assert_eq!(refused["permission"], "conversation.assign");
    change_role(&world, &bo, "member");

    let snoozed = ann.put(&format!("conversations/{conversation}/snooze"), json!({ "until": after(&world, 60) }));
    let until = text_of(&snoozed.ok()["snoozed_until"]);
    let woken = offer(&ann.delete(&format!("conversations/{conversation}/snooze")));
    take_back(&ann, &woken).ok();
    assert_eq!(show(&ann, &conversation)["snoozed_until"], until.as_str());
    let woken = offer(&ann.delete(&format!("conversations/{conversation}/snooze")));
    world.clock.advance(std::time::Duration::from_secs(61));
    take_back(&ann, &woken).refused(409, "undo.overtaken");
    assert_eq!(show(&ann, &conversation)["status"], "open");
    let late = json!({ "until": after(&world, 0) });
    ann.put(&format!("conversations/{conversation}/snooze"), late).refused(422, "invalid_field");
}

#[test]
fn own_10_an_undo_is_seen_by_open_streams_and_stands_in_the_log_without_a_word() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    let way_back = offer(&assign(&ann, &conversation, &bo));
    let stream = bo.listen();
    take_back(&ann, &way_back).ok();
    let frame = stream.until(|frame| frame.event == "change");
    assert_eq!(frame.data["kind"], "conversation.unassigned");
    assert_eq!(frame.data["conversation"]["assignee"], Value::Null);
    let undone = "select payload from events where kind = 'conversation.unassigned'";
    let payload: Value = serde_json::from_str(&world.database.column(undone)[0]).expect("JSON");
    assert_eq!(payload["cause"], "undo");
}
