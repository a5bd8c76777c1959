//! The access review, and ending what somebody has open (SEC-002, SEC-005, SEC-007, OWN-17).

use std::time::Duration;

use serde_json::{Value, json};

use super::{of, put_role, signed_in_again};
use crate::support::{PASSWORD, Person, World, text_of};

fn reviewed(review: &Value, person: &Person) -> Value {
    let items = review["items"].as_array().expect("members");
    items.iter().find(|item| item["member"]["id"] == json!(person.member)).expect("the member").clone()
}

#[test]
fn sec_002_own_17_the_review_tells_who_has_what_and_who_was_long_away() {
    let world = World::new();
    let (bo, vic) = (world.bo(), world.vic());
    vic.get("members").ok();
    world.clock.advance(Duration::from_secs(10 * 24 * 60 * 60));
    let (ann, bo) = (signed_in_again(&world, &world.ann()), signed_in_again(&world, &bo));
    bo.get("members").ok();
    let shared = json!({ "email": bo.email, "password": PASSWORD, "shared_device": true });
    world.browser().post("/api/v1/sessions", shared).ok_with(201);

    let review = ann.get("access-review").ok();
    let (of_bo, of_vic) = (reviewed(&review, &bo), reviewed(&review, &vic));
    assert_eq!((&of_bo["days_idle"], &of_vic["days_idle"]), (&json!(0), &json!(10)));
    assert_eq!(of_bo["sessions_on_shared_devices"], 1);
    assert_eq!(of_vic["sessions_on_shared_devices"], 0);
    assert_eq!(of_vic["member"]["role"]["key"], "viewer");
    assert_eq!(of_vic["member"]["can"]["member.remove"], true);
    let idle: Vec<_> =
        review["items"].as_array().expect("members").iter().map(|item| item["days_idle"].as_i64()).collect();
    assert!(idle.is_sorted_by(|one, other| one >= other), "longest away first: {idle:?}");
    assert_eq!(ann.all("access-review?limit=1").len(), idle.len(), "page by page as well");

    let kept = ann.put(&of(&vic, "/review"), json!({})).ok();
    assert!(kept["reviewed_at"].is_string());
    assert_eq!(reviewed(&ann.get("access-review").ok(), &vic)["member"]["reviewed_at"], kept["reviewed_at"]);
    ann.delete(&of(&vic, "")).ok();
    let left = ann.get("access-review").ok();
    assert_eq!(left["items"].as_array().map(Vec::len), Some(idle.len() - 1));
    for person in [bo, signed_in_again(&world, &world.cleo())] {
        person.get("access-review").refused(403, "forbidden");
        person.put(&of(&person, "/review"), json!({})).refused(403, "forbidden");
    }
}

#[test]
fn sec_007_a_team_of_admins_is_warned() {
    let world = World::new();
    let ann = world.ann();
    let share = || ann.get("access-review").ok()["admin_share"].clone();
    assert_eq!(share(), json!({ "admins": 1, "members": 4, "warn": false }));
    put_role(&ann, &world.bo(), "admin").ok();
    assert_eq!(share()["warn"], false);
    put_role(&ann, &world.vic(), "admin").ok();
    assert_eq!(share(), json!({ "admins": 3, "members": 4, "warn": true }));
}

#[test]
fn ruling_14_sec_005_ending_a_members_sessions_closes_this_workspace_to_them_until_they_sign_in_again() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let own = bo.post("/api/v1/workspaces", json!({ "name": "Bo's own" })).ok_with(201);
    let at_home = bo.clone().in_workspace(&text_of(&own["id"]));
    let (stream, at_homes) = (bo.listen(), at_home.listen());
    ann.delete(&of(&bo, "/sessions")).ok_with(204);
    let closed = stream.until(|frame| frame.event == "closed");
    assert_eq!(closed.data["code"], "session.confirmation_required");
    bo.get("conversations").refused(403, "session.confirmation_required");
    at_home.get("members").ok();
    at_home.patch("", json!({ "name": "Bo's place" })).ok();
    at_homes.change("workspace.updated");
    signed_in_again(&world, &bo).get("conversations").ok();

    let refusal = bo.delete(&of(&ann, "/sessions")).refused(403, "session.confirmation_required");
    assert_eq!(refusal["decided_by"], "confirmation");
    let vic = world.vic();
    let refusal = vic.delete(&of(&bo, "/sessions")).refused(403, "forbidden");
    assert_eq!(refusal["permission"], "security.manage");
    let ada = world.member_with_role("admin");
    ada.delete(&of(&ann, "/sessions")).refused(409, "member.is_owner");
}
