//! Signing in and out, and what every request that changes something has to show.

use serde_json::{Value, json};
use url::Url;

use super::{account, sign_in};
use crate::support::{Client, PASSWORD, Reply, World};

/// A refusal without what names the single request.
fn told(reply: Reply) -> (u16, Value) {
    let mut body = reply.body;
    body.as_object_mut().expect("a problem").remove("request_id");
    (reply.status, body)
}

#[test]
fn signing_in_opens_a_session_and_signing_out_ends_it() {
    let world = World::new();
    let reply = sign_in(&world.browser(), "ANN@example.com", PASSWORD);
    let browser = world.browser().with("cookie", &reply.cookie());
    assert_eq!(reply.ok_with(201)["account"]["name"], "Ann");
    browser.get("/api/v1/me").ok();
    let out = browser.delete("/api/v1/sessions/current");
    assert!(out.header("set-cookie").is_some_and(|cookie| cookie.starts_with("sid=;") && cookie.contains("Max-Age=0")));
    out.ok_with(204);
    browser.get("/api/v1/me").refused(401, "unauthenticated");
    world.ann().get("/api/v1/me").ok();
}

#[test]
fn a_wrong_password_and_an_unknown_address_are_told_alike() {
    let world = World::new();
    let wrong = told(sign_in(&world.browser(), "ann@example.com", "not her password"));
    let unknown = told(sign_in(&world.browser(), "nobody@example.com", PASSWORD));
    assert_eq!(wrong, unknown);
    assert_eq!((wrong.0, &wrong.1["code"]), (401, &json!("session.bad_credentials")));
}

#[test]
fn signing_in_or_up_again_in_the_same_browser_replaces_its_session() {
    let world = World::new();
    let ann = world.ann();
    let again = ann.browser.clone().with("cookie", &sign_in(&ann.browser, "bo@example.com", PASSWORD).cookie());
    assert_eq!(again.get("/api/v1/me").ok()["account"]["name"], "Bo");
    ann.get("/api/v1/me").refused(401, "unauthenticated");
    again.post("/api/v1/accounts", account("Zoe", "zoe@example.com")).ok_with(201);
    again.get("/api/v1/me").refused(401, "unauthenticated");
}

#[test]
fn the_session_cookie_is_out_of_scripts_reach_and_bound_to_its_site() {
    let world = World::new();
    let reply = sign_in(&world.browser(), "ann@example.com", PASSWORD);
    let cookie = reply.header("set-cookie").expect("a cookie");
    let (pair, attributes) = cookie.split_once("; ").expect("attributes");
    assert!(pair.starts_with("sid=gs_"));
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Lax; Max-Age=1209600");
    assert!(!reply.text().contains("gs_"), "the token is in the cookie and nowhere else");
    let token = pair.trim_start_matches("sid=");
    let in_hex: String = token.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut stored = world.database.rows("select * from sessions").into_iter().flatten().flatten();
    assert!(!stored.any(|cell| cell.contains(token) || cell.contains(&in_hex)), "the database knows a hash only");

    let public = "https://desk.example.com";
    let world = World::with(|settings| settings.public_url = Some(Url::parse(public).expect("a URL")));
    let reply = sign_in(&world.browser().with("origin", public), "ann@example.com", PASSWORD);
    let cookie = reply.header("set-cookie").expect("a cookie");
    assert!(cookie.starts_with("__Host-sid=gs_") && cookie.ends_with("; Secure"), "{cookie}");
    assert!(reply.header("strict-transport-security").is_some());
}

#[test]
fn requests_that_change_something_come_from_our_own_pages() {
    let world = World::new();
    let ann = world.ann().browser;
    let rename = |browser: &Client| browser.patch("/api/v1/me", json!({ "name": "Ann" }));
    for stranger in [
        ann.clone().without("origin"),
        ann.clone().with("origin", "https://evil.example"),
        ann.clone().with("origin", "null"),
        ann.clone().with("sec-fetch-site", "cross-site"),
        ann.clone().with("sec-fetch-site", "same-site"),
        ann.clone().with("sec-fetch-site", "none"),
    ] {
        rename(&stranger).refused(403, "origin.refused");
    }
    rename(&ann).ok();
    rename(&ann.clone().without("origin").with("sec-fetch-site", "same-origin")).ok();
    ann.without("origin").get("/api/v1/me").ok();
    let form = Some(("application/x-www-form-urlencoded", b"name=Ann".to_vec()));
    world.ann().browser.send_raw("PATCH", "/api/v1/me", form).refused(415, "content_type");
}

#[test]
fn too_many_tries_wait_and_are_told_how_long() {
    let world = World::with(|settings| settings.limit_factor = Some(1));
    let try_sign_in = |email: &str| sign_in(&world.browser(), email, "not the password");
    until_limited(10, || try_sign_in("ann@example.com"));
    try_sign_in("bo@example.com").refused(401, "session.bad_credentials");
    until_limited(5, || world.browser().post("/api/v1/password-resets", json!({ "email": "ann@example.com" })));
    world.browser().post("/api/v1/password-resets", json!({ "email": "bo@example.com" })).ok_with(202);
    until_limited(20, || world.browser().post("/api/v1/accounts", account("Ann", "ann@example.com")));
}

/// The limit comes after `allowed` requests; a bucket that refills meanwhile may let a few more pass.
#[track_caller]
fn until_limited(allowed: usize, mut request: impl FnMut() -> Reply) {
    for passed in 0..allowed * 2 {
        let reply = request();
        if reply.status == 429 {
            assert!(passed >= allowed, "limited after {passed} of {allowed}");
            let seconds: u64 = reply.header("retry-after").and_then(|text| text.parse().ok()).expect("Retry-After");
            assert!(seconds >= 1);
            reply.refused(429, "rate_limited");
            return;
        }
    }
    panic!("never limited");
}
