//! How keys end: by hand, by their time, by the exit of who made them; and with them what they hold open.

use std::time::Duration;

use serde_json::json;

use super::{DAY, make, member_with_grants, program, program_with, signed_in_again};
use crate::support::{PLACE, Person, Place, Stream, World, text_of};

const A_SECOND: Duration = Duration::from_secs(1);

/// Puts a member onto another seat.
#[track_caller]
pub(super) fn change_seat(world: &World, member: &Person, seat: &str) {
    let place = json!({ "role_key": "admin", "seat_type": seat });
    world.ann().put(&format!("members/{}/role", member.member), place).ok();
}

#[track_caller]
fn closes_within_a_second(stream: &Stream, code: &str) {
    let closed = stream.within(A_SECOND).expect("a word of farewell");
    assert_eq!((closed.event.as_str(), &closed.data["code"]), ("closed", &json!(code)));
    stream.ended();
}

#[test]
fn a_key_opens_a_stream_that_hears_what_its_creator_hears() {
    let world = World::new();
    let robot = program_with(&world, &world.ann(), &["conversation.view"]);
    let stream = robot.listen();
    let conversation = world.conversation("Is anybody there?");
    assert_eq!(stream.change("message.received")["subject"]["id"], json!(conversation));
    program_with(&world, &world.ann(), &["note.view"]).get("events").refused(403, "forbidden");
}

#[test]
fn inv_08_revoking_ends_a_key_and_its_streams_at_once() {
    let world = World::new();
    let ann = world.ann();
    let made = make(&ann, "personal", &["conversation.view"]);
    let robot = program(&world, &ann, &text_of(&made["key"]));
    let other = program_with(&world, &ann, &["conversation.view"]);
    let (stream, others, anns) = (robot.listen(), other.listen(), ann.listen());
    let path = format!("api-keys/{}", text_of(&made["id"]));
    ann.delete(&path).ok_with(204);
    robot.get("conversations").refused(401, "unauthenticated");
    closes_within_a_second(&stream, "api_key.ended");
    world.conversation("The others still listen");
    others.change("message.received");
    anns.change("message.received");

    ann.delete(&path).refused(409, "api_key.ended");
    let listed = ann.all("api-keys?status=ended");
    assert_eq!((listed.len(), &listed[0]["ended_how"]), (1, &json!("revoked")));
    assert_eq!(ann.all("api-keys?status=active").len(), 1);
    assert_eq!(ann.all("api-keys?limit=1").len(), 2);
}

#[test]
fn what_is_revoked_at_one_server_is_closed_at_the_others() {
    // One file has one server: several share a PostgreSQL.
    if matches!(*PLACE, Place::Sqlite) {
        return;
    }
    let world = World::new();
    let (_second, origin) = world.second_server();
    let ann = world.ann();
    let made = make(&ann, "personal", &["conversation.view"]);
    let mut robot = program(&world, &ann, &text_of(&made["key"]));
    robot.browser.origin = origin;
    let stream = robot.listen();
    ann.delete(&format!("api-keys/{}", text_of(&made["id"]))).ok_with(204);
    closes_within_a_second(&stream, "api_key.ended");
}

#[test]
fn a_key_is_over_when_its_time_is() {
    let world = World::new();
    let ann = world.ann();
    let asked = json!({ "name": "A day", "kind": "workspace", "scopes": ["conversation.view"], "expires_in_days": 1 });
    let robot = program(&world, &ann, &text_of(&ann.post("api-keys", asked).ok_with(201)["key"]));
    let lasting = make(&ann, "personal", &["conversation.view"]);
    let stream = robot.listen();
    world.clock.advance(DAY - A_SECOND);
    robot.get("conversations").ok();
    world.clock.advance(A_SECOND);
    robot.get("conversations").refused(401, "unauthenticated");
    let ann = signed_in_again(&world, &ann);
    let ended = ann.all("api-keys?status=ended");
    assert_eq!((ended.len(), &ended[0]["name"], &ended[0]["ended_how"]), (1, &json!("A day"), &json!("expired")));
    assert_eq!(ended[0]["ended_at"], ended[0]["expires_at"]);
    ann.delete(&format!("api-keys/{}", text_of(&ended[0]["id"]))).refused(409, "api_key.ended");
    // Whatever changes who may do what makes every stream look again; without that each looks every few seconds.
    ann.delete(&format!("api-keys/{}", text_of(&lasting["id"]))).ok_with(204);
    closes_within_a_second(&stream, "api_key.ended");
}

/// INV-08, T-B10: with the member their keys go, and come back with them.
#[test]
fn inv_08_t_b10_a_members_keys_and_streams_end_with_their_exit_and_come_back_with_them() {
    let world = World::new();
    let (ann, kim) = (world.ann(), world.member_with_role("admin"));
    let robot = program_with(&world, &kim, &["conversation.view"]);
    let revoked = text_of(&make(&kim, "personal", &["conversation.view"])["id"]);
    kim.delete(&format!("api-keys/{revoked}")).ok_with(204);
    let stream = robot.listen();
    let member = format!("members/{}", kim.member);
    let ended = ann.put(&format!("{member}/deactivation"), json!({})).ok();
    assert_eq!(ended["receipt"]["api_keys_ended"], 1);
    robot.get("conversations").refused(401, "unauthenticated");
    closes_within_a_second(&stream, "api_key.ended");
    let hows = || ann.all("api-keys").into_iter().map(|key| text_of(&key["ended_how"])).collect::<Vec<_>>();
    assert_eq!(hows(), ["revoked", "exit"]);

    ann.delete(&format!("{member}/deactivation")).ok();
    robot.get("conversations").ok();
    let stream = robot.listen();
    ann.delete(&member).ok();
    robot.get("conversations").refused(401, "unauthenticated");
    closes_within_a_second(&stream, "api_key.ended");
    assert_eq!(hows(), ["revoked", "exit"]);
    assert!(ann.all("api-keys").iter().all(|key| key["creator"]["former"] == json!(true)));
}

#[test]
fn who_reaches_only_their_own_sees_and_revokes_only_their_own() {
    let world = World::new();
    let ann = world.ann();
    let kim = member_with_grants(&world, "admin", &json!({ "api_key.manage": "own" }));
    let anns = text_of(&make(&ann, "workspace", &["note.view"])["id"]);
    let kims = text_of(&make(&kim, "personal", &["note.view"])["id"]);
    assert_eq!(ann.all("api-keys").len(), 2);
    let seen = kim.all("api-keys");
    assert_eq!((seen.len(), &seen[0]["id"]), (1, &json!(kims)));
    kim.delete(&format!("api-keys/{anns}")).refused(404, "not_found");
    kim.delete(&format!("api-keys/{kims}")).ok_with(204);
    assert_eq!(ann.all("api-keys?status=active").len(), 1);
    world.bo().get("api-keys").refused(403, "forbidden");
}
