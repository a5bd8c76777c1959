//! The list of signed-in browsers, and how each ends.

use std::time::Duration;

use serde_json::Value;

use super::{HOUR, sign_in};
use crate::support::{Client, PASSWORD, Person, World, text_of};

/// Ann at a second browser, with its name for itself.
fn second_browser(world: &World) -> Client {
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";
    let browser = world.browser().with("user-agent", agent);
    let cookie = sign_in(&browser, "ann@example.com", PASSWORD).cookie();
    browser.with("cookie", &cookie)
}

fn sessions(browser: &Client) -> Vec<Value> {
    browser.get("/api/v1/sessions").ok()["items"].as_array().expect("sessions").clone()
}

#[test]
fn an_ended_session_is_out_at_its_next_request_and_its_stream_closes() {
    let world = World::new();
    let ann = world.ann();
    let elsewhere = Person { browser: second_browser(&world), ..ann.clone() };
    let listed = sessions(&ann.browser);
    assert_eq!(listed.len(), 2);
    let other = listed.iter().find(|session| session["current"] == false).expect("the other browser");
    assert_eq!(other["device"], "Firefox on Linux");
    let stream = elsewhere.listen();

    ann.delete(&format!("/api/v1/sessions/{}", text_of(&other["id"]))).ok_with(204);
    let closed = stream.until(|frame| frame.event == "closed");
    assert_eq!(closed.data["code"], "session.ended");
    stream.ended();
    elsewhere.get("/api/v1/me").refused(401, "unauthenticated");
    elsewhere.get("conversations").refused(401, "unauthenticated");
    assert_eq!(sessions(&ann.browser).len(), 1);
    ann.delete(&format!("/api/v1/sessions/{}", text_of(&other["id"]))).refused(404, "not_found");
}

#[test]
fn nobody_ends_somebody_elses_session() {
    let world = World::new();
    let bos = text_of(&sessions(&world.bo().browser)[0]["id"]);
    world.ann().delete(&format!("/api/v1/sessions/{bos}")).refused(404, "not_found");
    world.ann().delete("/api/v1/sessions/nonsense").refused(404, "not_found");
    world.bo().get("/api/v1/me").ok();
}

#[test]
fn a_session_ends_by_idling_half_a_day() {
    let world = World::new();
    let ann = world.ann();
    for _ in 0..3 {
        world.clock.advance(HOUR * 11);
        ann.get("/api/v1/me").ok();
    }
    world.clock.advance(HOUR * 12 + Duration::from_secs(1));
    ann.get("/api/v1/me").refused(401, "unauthenticated");
    assert_eq!(sessions(&second_browser(&world)).len(), 1, "idle sessions are not listed");
}

#[test]
fn a_session_ends_after_two_weeks_however_much_it_is_used() {
    let world = World::new();
    let ann = world.ann();
    for _ in 0..(14 * 24 / 8 - 1) {
        world.clock.advance(HOUR * 8);
        ann.get("/api/v1/me").ok();
    }
    world.clock.advance(HOUR * 8);
    ann.get("/api/v1/me").refused(401, "unauthenticated");
}

fn confirm(browser: &Client, password: &str) -> crate::support::Reply {
    browser.post("/api/v1/sessions/current/confirmation", serde_json::json!({ "password": password }))
}

#[test]
fn sec_005_a_session_on_a_shared_device_ends_after_an_hour_and_with_the_browser() {
    let world = World::new();
    let given = serde_json::json!({ "email": "ann@example.com", "password": PASSWORD, "shared_device": true });
    let reply = world.browser().post("/api/v1/sessions", given);
    let set = reply.header("set-cookie").expect("a cookie").to_owned();
    assert!(!set.contains("Max-Age"), "the browser forgets it when it closes: {set}");
    let shared = world.browser().with("cookie", &reply.cookie());
    let listed = sessions(&shared);
    assert_eq!(listed.iter().filter(|session| session["shared_device"] == true).count(), 1);

    world.clock.advance(HOUR - Duration::from_secs(60));
    shared.get("/api/v1/me").ok();
    world.clock.advance(HOUR + Duration::from_secs(1));
    shared.get("/api/v1/me").refused(401, "unauthenticated");
    let ann = world.ann();
    ann.get("/api/v1/me").ok();
    assert!(sessions(&ann.browser).iter().all(|session| session["shared_device"] == false), "it is listed no longer");
}

#[test]
fn t_d10_proving_who_one_is_gives_the_session_another_token_and_the_old_one_is_dead() {
    let world = World::new();
    let ann = world.ann();
    world.clock.advance(Duration::from_secs(11 * 60));
    let key = serde_json::json!({ "name": "Reports", "kind": "personal", "scopes": ["member.view"] });
    let refused = ann.post("api-keys", key.clone()).refused(403, "session.confirmation_required");
    assert_eq!(refused["decided_by"], "confirmation");

    confirm(&ann.browser, "not her password").refused(422, "invalid_field");
    ann.get("/api/v1/me").ok();
    let confirmed = confirm(&ann.browser, PASSWORD);
    let cookie = confirmed.cookie();
    confirmed.ok_with(204);
    ann.get("/api/v1/me").refused(401, "unauthenticated");
    let ann = Person { browser: ann.browser.clone().with("cookie", &cookie), ..ann };
    ann.post("api-keys", key).ok_with(201);
    assert_eq!(sessions(&ann.browser).len(), 1, "it is the same session");
}

#[test]
fn t_d10_a_changed_role_gives_the_session_another_token_at_the_next_look_at_oneself() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    ann.put(&format!("members/{}/role", bo.member), serde_json::json!({ "role_key": "supervisor" })).ok();
    let me = bo.get("/api/v1/me");
    let cookie = me.cookie();
    assert_eq!(me.ok()["memberships"][0]["role"]["key"], "supervisor");
    bo.get("/api/v1/me").refused(401, "unauthenticated");
    let bo = Person { browser: bo.browser.clone().with("cookie", &cookie), ..bo };
    let again = bo.get("/api/v1/me");
    assert_eq!(again.header("set-cookie"), None, "once is enough");
    again.ok();
}
