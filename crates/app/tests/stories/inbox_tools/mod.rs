//! The tools of the inbox: undo, drafts, saved searches, canned responses, macros, bulk actions, exports, merges, splits.

mod bulk;
mod canned_responses;
mod drafts;
mod export;
mod macros;
mod merges;
mod saved_searches;
mod splits;
mod undo;

use serde_json::{Value, json};

use crate::support::{Person, Reply, World, text_of};

fn show(person: &Person, conversation: &str) -> Value {
    person.get(&format!("conversations/{conversation}")).ok()
}

fn status(person: &Person, conversation: &str, status: &str) -> Reply {
    person.put(&format!("conversations/{conversation}/status"), json!({ "status": status }))
}

fn assign(person: &Person, conversation: &str, to: &Person) -> Reply {
    person.put(&format!("conversations/{conversation}/assignment"), json!({ "member_id": to.member }))
}

/// Takes an offer up.
fn take_back(person: &Person, offer: &str) -> Reply {
    person.post(&format!("undo/{offer}"), json!({}))
}

/// The offer to undo that came with an answer.
#[track_caller]
fn offer(reply: &Reply) -> String {
    reply.header("guildhall-undo").unwrap_or_else(|| panic!("{} offers no undo: {}", reply.asked, reply.text())).into()
}

/// Moments from now, as the API takes them.
fn after(world: &World, seconds: u64) -> String {
    world.clock.now().plus(std::time::Duration::from_secs(seconds)).to_string()
}

/// A label that Ann makes.
#[track_caller]
fn label(world: &World, name: &str) -> String {
    text_of(&world.ann().post("labels", json!({ "name": name, "color": 200 })).ok_with(201)["id"])
}

/// A team that shares nothing out by itself; its id.
#[track_caller]
fn queue(world: &World) -> String {
    let new = json!({ "name": "Second line", "strategy": "manual", "member_ids": [] });
    text_of(&world.ann().post("teams", new).ok_with(201)["id"])
}

/// The newest entry of a conversation.
#[track_caller]
fn newest(person: &Person, conversation: &str) -> Value {
    let page = person.get(&format!("conversations/{conversation}/messages?limit=100")).ok();
    page["items"].as_array().and_then(|items| items.last()).expect("an entry").clone()
}
