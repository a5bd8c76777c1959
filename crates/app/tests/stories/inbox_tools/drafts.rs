//! R7: what one has begun to write survives a reload and a change of device, and is nobody else's.

use serde_json::{Value, json};

use crate::support::{Person, Reply, World};

fn keep(person: &Person, conversation: &str, reply: &str, note: &str, version: i64) -> Reply {
    let draft = json!({ "reply": reply, "note": note, "mode": "reply", "version": version });
    person.put(&format!("conversations/{conversation}/draft"), draft)
}

fn draft(person: &Person, conversation: &str) -> Value {
    person.get(&format!("conversations/{conversation}/draft")).ok()
}

#[test]
fn r7_a_draft_is_kept_per_member_and_two_windows_do_not_overwrite_each_other() {
    let world = World::new();
    let (ann, bo, conversation) = (world.ann(), world.bo(), world.conversation("Hello"));
    let before = world.recorded();
    assert_eq!(draft(&bo, &conversation)["version"], 0);
    let kept = keep(&bo, &conversation, "Dear", "ask Ann", 0).ok();
    assert_eq!((&kept["version"], &kept["reply"], &kept["note"]), (&json!(1), &json!("Dear"), &json!("ask Ann")));

    // The other window goes on from what it knows.
    let told = keep(&bo, &conversation, "Hi", "", 0).refused(409, "draft.changed");
    assert_eq!(told["version"], 1);
    keep(&bo, &conversation, "Dear customer", "ask Ann", 1).ok();
    assert_eq!(draft(&bo, &conversation)["reply"], "Dear customer");

    let listed = bo.get("drafts").ok();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(listed["items"][0]["conversation_id"], conversation.as_str());
    assert_eq!(draft(&ann, &conversation)["reply"], "", "it is nobody else's");
    assert_eq!(ann.get("drafts").ok()["items"], json!([]));
    assert_eq!(world.recorded(), before, "drafts leave no event");

    bo.delete(&format!("conversations/{conversation}/draft")).ok_with(204);
    assert_eq!(draft(&bo, &conversation)["version"], 0);
}

#[test]
fn r7_what_was_sent_is_no_draft_any_more_and_the_other_half_stays() {
    let world = World::new();
    let (bo, conversation) = (world.bo(), world.conversation("Hello"));
    keep(&bo, &conversation, "It is on its w", "call back", 0).ok();
    let answer = json!({ "text": "It is on its way.", "seen_seq": 1 });
    bo.post(&format!("conversations/{conversation}/messages"), answer).ok_with(201);
    let left = draft(&bo, &conversation);
    assert_eq!((&left["reply"], &left["note"], &left["version"]), (&json!(""), &json!("call back"), &json!(2)));
    keep(&bo, &conversation, "It is on its w", "call back", 1).refused(409, "draft.changed");
}

#[test]
fn r7_drafts_are_for_what_one_sees_and_have_their_limits() {
    let world = World::new();
    let (bo, conversation) = (world.bo(), world.conversation("Hello"));
    keep(&world.gus().in_workspace(&bo.workspace), &conversation, "Hi", "", 0).refused(404, "not_found");
    keep(&bo, &crate::support::fresh_id(), "Hi", "", 0).refused(404, "not_found");
    keep(&bo, &conversation, &"x".repeat(20_001), "", 0).refused(422, "invalid_field");
    let unknown = json!({ "reply": "", "note": "", "mode": "shout", "version": 0 });
    bo.put(&format!("conversations/{conversation}/draft"), unknown).refused(422, "invalid_field");
    assert_eq!(draft(&bo, &conversation)["version"], 0);
}
