//! Several work in one inbox: what somebody set going meets what others, the AI and the clock did meanwhile.

use std::time::Duration;

use serde_json::{Value, json};

use super::MINUTE;
use crate::{
    stories::teams::team,
    support::{ANSWER, Person, Puppet, Reply, World, text_of, until},
};

fn path(conversation: &str, rest: &str) -> String {
    format!("conversations/{conversation}/{rest}")
}

fn show(person: &Person, conversation: &str) -> Value {
    person.get(&format!("conversations/{conversation}")).ok()
}

fn answer(person: &Person, conversation: &str, text: &str) -> Reply {
    let seen = show(person, conversation)["last_seq"].clone();
    person.post(&path(conversation, "messages"), json!({ "text": text, "seen_seq": seen }))
}

fn later(world: &World, person: &Person, conversation: &str, minutes: u32) -> Reply {
    let send_at = world.clock.now().plus(MINUTE * minutes).to_string();
    person.post(&path(conversation, "scheduled-messages"), json!({ "text": "It is on its way", "send_at": send_at }))
}

fn put_status(person: &Person, conversation: &str, status: &str) -> Reply {
    person.put(&path(conversation, "status"), json!({ "status": status }))
}

#[test]
fn inv_28_no_undo_puts_a_conversation_into_the_queue_of_a_team_that_ended() {
    let world = World::new();
    let (ann, conversation) = (world.ann(), world.conversation("Hello"));
    let [first, second] = [(); 2].map(|()| text_of(&team(&ann, json!({ "strategy": "manual" }))["id"]));
    let give = |team: &str| ann.put(&path(&conversation, "assignment"), json!({ "team_id": team }));
    give(&first).ok();
    let moved = give(&second);
    let offer = moved.header("guildhall-undo").expect("an offer").to_owned();
    ann.delete(&format!("teams/{first}")).ok_with(204);
    ann.post(&format!("undo/{offer}"), json!({})).refused(409, "undo.overtaken");
    assert_eq!(show(&ann, &conversation)["team"]["id"], json!(second));
}

#[test]
fn inv_24_an_answer_for_later_is_no_way_round_a_strict_lock() {
    let world = World::new();
    let (ann, bo, visitor) = (world.ann(), world.bo(), world.visitor());
    let conversation = visitor.says("Where is it?");
    later(&world, &ann, &conversation, 5).ok_with(201);
    ann.patch("inbox-settings", json!({ "reply_lock": "strict" })).ok();
    answer(&bo, &conversation, "I am looking").ok_with(201);
    let before = world.recorded();
    let locked = later(&world, &ann, &conversation, 5).refused(409, "conversation.locked");
    assert_eq!((&locked["holder"]["name"], world.recorded()), (&json!("Bo"), before));
    later(&world, &bo, &conversation, 60).ok_with(201);
    // What was accepted before the lock leaves all the same.
    world.clock.advance(MINUTE * 5);
    until("the answer", || (visitor.messages(&conversation).len() == 3).then_some(()));
}

#[test]
fn inv_09_who_left_holds_no_conversation_not_even_by_an_answer_that_leaves_later() {
    let world = World::new();
    let (ann, bo, visitor) = (world.ann(), world.bo(), world.visitor());
    let kim = world.member_with_role("member");
    ann.patch("inbox-settings", json!({ "reply_lock": "strict" })).ok();
    let (locked, conversation) = (world.conversation("Hello"), visitor.says("Where is it?"));
    answer(&kim, &locked, "Hello!").ok_with(201);
    later(&world, &kim, &conversation, 5).ok_with(201);
    answer(&bo, &locked, "Hello too").refused(409, "conversation.locked");
    ann.delete(&format!("members/{}", kim.member)).ok();
    assert_eq!(show(&ann, &locked)["mode_holder"], Value::Null);
    answer(&bo, &locked, "It is mine now").ok_with(201);

    world.clock.advance(MINUTE * 5);
    until("the answer", || (visitor.messages(&conversation).len() == 2).then_some(()));
    assert_eq!(show(&ann, &conversation)["mode_holder"], Value::Null);
    answer(&bo, &conversation, "Is it there?").ok_with(201);
}

#[test]
fn inv_22_the_ai_answers_what_a_person_took_back_after_giving_it_the_conversation() {
    let world = World::with_agent(Puppet::default());
    let (bo, visitor) = (world.bo(), world.visitor());
    world.ann().patch("inbox-settings", json!({ "send_hold_seconds": 8 })).ok();
    let conversation = visitor.says("Where is it?");
    let held = answer(&bo, &conversation, "I do not know").ok_with(201);
    bo.put(&path(&conversation, "mode"), json!({ "mode": "ai" })).ok();
    bo.delete(&path(&conversation, &format!("messages/{}/hold", held["seq"]))).ok();
    until_answered(&world, &conversation);
}

#[test]
fn e4_the_ai_answers_what_was_settled_or_put_aside_before_its_answer_left_once_it_is_open_again() {
    let world = World::with_agent(Puppet::default());
    let bo = world.bo();
    let [solved, spam, undone, snoozed] = ["solved", "spam", "undone", "snoozed"].map(|text| world.conversation(text));
    until_ready(&world, &[&solved, &spam, &undone, &snoozed]);
    put_status(&bo, &solved, "solved").ok();
    put_status(&bo, &spam, "spam").ok();
    let offer = put_status(&bo, &undone, "solved").header("guildhall-undo").expect("an offer").to_owned();
    let wakes = world.clock.now().plus(MINUTE).to_string();
    bo.put(&path(&snoozed, "snooze"), json!({ "until": wakes })).ok();
    world.clock.advance(MINUTE / 2);
    for conversation in [&solved, &spam, &undone, &snoozed] {
        until_draft(&world, conversation, "suppressed");
    }

    put_status(&bo, &solved, "open").ok();
    put_status(&bo, &spam, "open").ok();
    bo.post(&format!("undo/{offer}"), json!({})).ok();
    world.clock.advance(MINUTE / 2);
    for conversation in [&solved, &spam, &undone, &snoozed] {
        until_answered(&world, conversation);
        let changes = bo.get(&path(conversation, "mode")).ok()["changes"].clone();
        assert_eq!((&changes[0]["cause"], &changes[1]), (&json!("reopened"), &Value::Null));
    }
    // Answered, it is not asked again.
    put_status(&bo, &solved, "solved").ok();
    put_status(&bo, &solved, "open").ok();
    assert_eq!(show(&bo, &solved)["mode_epoch"], 1);
}

#[track_caller]
fn until_draft(world: &World, conversation: &str, state: &str) {
    until(state, || {
        let mode = world.ann().get(&path(conversation, "mode")).ok();
        (mode["drafts"][0]["state"] == state).then_some(())
    });
}

/// Answers are written, and about to leave.
#[track_caller]
fn until_ready(world: &World, conversations: &[&String]) {
    world.clock.advance(Duration::from_secs(3));
    for conversation in conversations {
        until_draft(world, conversation, "queued");
    }
}

#[track_caller]
fn until_answered(world: &World, conversation: &str) {
    until("the AI's answer", || {
        world.clock.advance(Duration::from_secs(1));
        let page = world.ann().get(&path(conversation, "messages?limit=100")).ok();
        let said = page["items"].as_array().expect("messages").iter();
        said.into_iter().find(|message| message["text"] == ANSWER).map(drop)
    });
}
