//! What the answers of the AI cost: reserved when one begins, spent with the message it becomes, given back when it
//! becomes none (INV-22). Without credits it asks for a person.

use std::time::Duration;

use serde_json::{Value, json};

use super::{assert_whole, entries, pool};
use crate::support::{ANSWER, Puppet, World, until};

/// Waits while the clock goes on, but never so far that a reservation's time is over.
#[track_caller]
fn in_time(world: &World, what: &str, holds: impl Fn() -> bool) {
    until(what, || {
        world.clock.advance(Duration::from_millis(100));
        holds().then_some(())
    });
}

fn show(world: &World, conversation: &str) -> Value {
    world.ann().get(&format!("conversations/{conversation}")).ok()
}

/// The texts that a conversation's customer got.
fn answers(world: &World, conversation: &str) -> Vec<String> {
    let messages = world.ann().all(&format!("conversations/{conversation}/messages"));
    let outbound = messages.into_iter().filter(|message| message["direction"] == "outbound");
    outbound.map(|message| message["text"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn an_answer_is_spent_with_its_message_and_without_credits_a_person_is_asked() {
    let world = World::with_agent(Puppet::default());
    let ann = world.ann();
    world.on_plan("one");
    let first = world.conversation("Where is my order?");
    in_time(&world, "the answer", || answers(&world, &first) == [ANSWER]);
    assert_eq!(entries(&ann), [("grant".to_owned(), 1), ("consume".to_owned(), -1)]);
    let consumed = &ann.all("credits/entries")[0];
    assert_eq!((&consumed["cause"], &consumed["actor"]["kind"]), (&json!("ai_answer"), &json!("agent")));
    assert_eq!((&consumed["subject"]["id"], &consumed["member"]), (&json!(first), &json!(null)));
    assert_eq!(ann.get("credits").ok()["unattributed"], 1);

    let second = world.conversation("And mine?");
    in_time(&world, "a person to be asked", || show(&world, &second)["mode"] == "handoff");
    assert_eq!(answers(&world, &second).len(), 1, "the customer is told once that a person goes on");
    assert_ne!(answers(&world, &second), [ANSWER]);
    assert_eq!(pool(&ann), (0, 0));
    // Given back to the AI, it asks again and tells nobody twice.
    ann.put(&format!("conversations/{second}/mode"), json!({ "mode": "ai" })).ok();
    in_time(&world, "a person to be asked again", || show(&world, &second)["mode"] == "handoff");
    assert_eq!(answers(&world, &second).len(), 1);
    assert_eq!(pool(&ann), (0, 0));
    assert_whole(&world);
}

#[test]
fn inv_22_what_does_not_leave_costs_nothing() {
    let puppet = Puppet::default();
    let world = World::with_agent(puppet.clone());
    let ann = world.ann();
    world.on_plan("ten");
    let taken = world.conversation("thinking about it");
    let escalated = world.conversation("escalate this");
    in_time(&world, "the AI to think", || puppet.waiting() == 1);
    in_time(&world, "the other one to be a person's", || show(&world, &escalated)["mode"] == "handoff");
    assert_eq!(pool(&ann), (10, 9), "one answer is under way");
    ann.put(&format!("conversations/{taken}/mode"), json!({ "mode": "manual" })).ok();
    assert_eq!(pool(&ann), (10, 10), "its credit is free with the take-over");
    puppet.go_on();
    until("the AI to have stopped", || (puppet.waiting() == 0).then_some(()));
    assert_eq!(entries(&ann), [("grant".to_owned(), 10)]);
    assert_whole(&world);
}

#[test]
fn t_j6_an_answer_whose_server_vanished_is_begun_again_and_spent_once() {
    /// How long a job whose server vanished belongs to it.
    const LEASE: Duration = Duration::from_secs(5 * 60);
    let puppet = Puppet::default();
    let mut world = World::with_agent(puppet.clone());
    let ann = world.ann();
    world.on_plan("ten");
    let conversation = world.conversation("thinking about it");
    in_time(&world, "the AI to think", || puppet.waiting() == 1);
    world.restart();
    assert_eq!((pool(&ann), puppet.waiting()), ((10, 9), 0), "what was kept outlives its server");
    world.clock.advance(LEASE + Duration::from_secs(10));
    in_time(&world, "the AI to think again", || puppet.waiting() == 1);
    assert_eq!(pool(&ann), (10, 9), "and is kept once");
    puppet.go_on();
    in_time(&world, "the answer", || answers(&world, &conversation) == [ANSWER]);
    assert_eq!(entries(&ann), [("grant".to_owned(), 10), ("consume".to_owned(), -1)]);
    assert_eq!(pool(&ann), (9, 9));
    assert_whole(&world);
}
