//! T-B10: whoever is deactivated, removed or downgraded while everything is open: all of it stops within a second.

use std::time::Duration;

use serde_json::json;

use super::{deactivate, put_role, remove, with_key};
use crate::support::{Person, Reply, Stream, World, text_of};

const A_SECOND: Duration = Duration::from_secs(1);

/// Somebody with everything open.
struct Open {
    person: Person,
    stream: Stream,
    key: crate::support::Client,
    key_stream: Stream,
    file: String,
}

impl Open {
    fn new(world: &World) -> Self {
        let person = world.member_with_role("admin");
        let (key, _) = with_key(world, &person, "personal", &["member.view", "conversation.view"]);
        let events = format!("/api/v1/workspaces/{}/events", person.workspace);
        let key_stream = key.listen(&events);
        key_stream.until(|frame| frame.event == "ready");
        let file = text_of(&person.upload("list.txt", b"our customers")["id"]);
        Self { stream: person.listen(), person, key, key_stream, file }
    }

    fn requests(&self) -> [Reply; 4] {
        let there = format!("/api/v1/workspaces/{}", self.person.workspace);
        [
            self.person.get("conversations"),
            self.person.get(&format!("attachments/{}", self.file)),
            self.person.post("leave", json!({})),
            self.key.get(&format!("{there}/members")),
        ]
    }

    #[track_caller]
    fn is_shut(&self) {
        for stream in [&self.stream, &self.key_stream] {
            let farewell = std::iter::from_fn(|| stream.within(A_SECOND)).find(|frame| frame.event == "closed");
            let farewell = farewell.expect("the stream is closed within a second");
            assert!(farewell.data["code"].is_string());
            stream.ended();
        }
        for reply in self.requests() {
            assert!([401, 404].contains(&reply.status), "{}: {}", reply.asked, reply.status);
        }
    }
}

#[test]
fn t_b10_inv_08_everything_of_a_removed_member_stops_within_a_second() {
    let world = World::new();
    let open = Open::new(&world);
    remove(&world.ann(), &open.person).ok();
    open.is_shut();
}

#[test]
fn t_b10_inv_08_everything_of_a_deactivated_member_stops_within_a_second() {
    let world = World::new();
    let open = Open::new(&world);
    deactivate(&world.ann(), &open.person).ok();
    open.is_shut();
}

#[test]
fn t_b10_inv_08_everything_of_who_leaves_stops_within_a_second() {
    let world = World::new();
    let open = Open::new(&world);
    open.person.post("leave", json!({})).ok();
    open.is_shut();
}

#[test]
fn t_b10_inv_12_a_downgrade_reaches_open_streams_and_keys_within_a_second() {
    let world = World::new();
    let open = Open::new(&world);
    let conversation = world.conversation("Hello");
    world.bo().post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    put_role(&world.ann(), &open.person, "agent").ok();
    for stream in [&open.stream, &open.key_stream] {
        let told = std::iter::from_fn(|| stream.within(A_SECOND)).find(|frame| frame.event == "reset");
        assert!(told.is_some(), "the stream is told to fetch anew within a second");
    }
    open.person.get(&format!("conversations/{conversation}")).refused(404, "not_found");
    let there = format!("/api/v1/workspaces/{}/conversations/{conversation}", open.person.workspace);
    assert_eq!(open.key.get(&there).status, 404, "a key reaches no further than its holder");
}

#[test]
fn t_b10_a_stream_at_another_server_closes_too() {
    // One file has one server: several share a PostgreSQL.
    if matches!(*crate::support::PLACE, crate::support::Place::Sqlite) {
        return;
    }
    let world = World::new();
    let (_second, origin) = world.second_server();
    let mut bo = world.bo();
    bo.browser = bo.browser.with("origin", &origin);
    bo.browser.origin = origin;
    let stream = bo.listen();
    remove(&world.ann(), &world.bo()).ok();
    let closed = std::iter::from_fn(|| stream.within(A_SECOND)).find(|frame| frame.event == "closed");
    assert_eq!(closed.expect("within a second").data["code"], "membership.ended");
}
