//! Changing a password, and getting a new one by mail.

use std::thread;

use serde_json::json;

use super::{HOUR, is_verified, newer_link, sign_in};
use crate::support::{Client, PASSWORD, Person, Reply, World};

const NEW: &str = "nine loud harbours";

fn ask(world: &World, email: &str) {
    world.browser().post("/api/v1/password-resets", json!({ "email": email })).ok_with(202);
}

fn complete(world: &World, token: &str, password: &str) -> Reply {
    world.browser().post("/api/v1/password-resets/complete", json!({ "token": token, "password": password }))
}

fn second_browser(world: &World, email: &str) -> Client {
    let cookie = sign_in(&world.browser(), email, PASSWORD).cookie();
    world.browser().with("cookie", &cookie)
}

#[test]
fn a_forgotten_password_is_replaced_by_a_link_that_works_once_and_ends_every_session() {
    let world = World::new();
    let zoe = world.sign_up("Zoe");
    let elsewhere = second_browser(&world, &zoe.email);
    let stream = zoe.listen();
    ask(&world, &zoe.email);
    let token = world.mailed(&zoe.email, "/reset/");

    for (weak, code) in [("passwordpassword", "common_password"), ("zoe@example.com", "personal_password")] {
        let refusal = complete(&world, &token, weak).refused(422, "invalid_field");
        assert_eq!(
            (&refusal["errors"][0]["pointer"], &refusal["errors"][0]["code"]),
            (&json!("/password"), &json!(code))
        );
    }
    complete(&world, &token, NEW).ok_with(204);
    stream.ended();
    zoe.get("/api/v1/me").refused(401, "unauthenticated");
    elsewhere.get("/api/v1/me").refused(401, "unauthenticated");
    sign_in(&world.browser(), &zoe.email, PASSWORD).refused(401, "session.bad_credentials");
    let cookie = sign_in(&world.browser(), &zoe.email, NEW).cookie();
    let zoe = Person { browser: world.browser().with("cookie", &cookie), ..zoe };
    assert!(is_verified(&zoe), "who reads the address's mail holds the address");
    complete(&world, &token, "ten mild mountains").refused(410, "token.invalid");
    crate::support::until("a mail about it", || {
        world.mails().into_iter().find(|mail| mail.contains("Subject: Your password was changed"))
    });
}

/// T-D6: who asks does not decide where the link leads.
#[test]
fn a_link_leads_to_the_public_address_whatever_the_request_claims() {
    let world = World::new();
    let mut browser = world.browser();
    for header in ["x-forwarded-host", "x-original-url", "forwarded", "x-forwarded-proto"] {
        browser = browser.with(header, "evil.example");
    }
    browser.post("/api/v1/password-resets", json!({ "email": "ann@example.com" })).ok_with(202);
    world.mailed("ann@example.com", "/reset/");
    let mail = world.mails().pop().expect("a mail");
    assert!(mail.contains(&format!("{}/reset/", world.origin)) && !mail.contains("evil.example"), "{mail}");
}

#[test]
fn asking_for_a_link_tells_nothing_about_an_address() {
    let world = World::new();
    let answers = ["ann@example.com", "nobody@example.com"].map(|email| {
        let reply = world.browser().post("/api/v1/password-resets", json!({ "email": email }));
        (reply.status, reply.bytes)
    });
    assert_eq!(answers[0], answers[1]);
    world.mailed("ann@example.com", "/reset/");
    let done = "select count(*) from jobs where kind = 'mail.password_reset' and state = 'done'";
    crate::support::until("both jobs", || (world.database.count(done) == 2).then_some(()));
    assert!(world.mails().iter().all(|mail| !mail.contains("nobody@example.com")));
}

#[test]
fn only_the_newest_reset_link_works_and_only_for_half_an_hour() {
    let world = World::new();
    ask(&world, "ann@example.com");
    let first = world.mailed("ann@example.com", "/reset/");
    ask(&world, "ann@example.com");
    let second = newer_link(&world, "ann@example.com", "/reset/", &first);
    complete(&world, &first, NEW).refused(410, "token.invalid");
    world.clock.advance(HOUR / 2);
    complete(&world, &second, NEW).refused(410, "token.invalid");
    complete(&world, "gr_guessed", NEW).refused(410, "token.invalid");
    sign_in(&world.browser(), "ann@example.com", PASSWORD).ok_with(201);
}

#[test]
fn a_link_of_one_kind_opens_no_other_door() {
    let world = World::new();
    let zoe = world.sign_up("Zoe");
    let verification = world.mailed(&zoe.email, "/verify/");
    complete(&world, &verification, NEW).refused(410, "token.invalid");
    super::verify(&world.browser(), &verification).ok_with(204);
}

#[test]
fn changing_ones_password_takes_the_current_one_and_ends_the_other_sessions() {
    let world = World::new();
    let ann = world.ann();
    let elsewhere = second_browser(&world, &ann.email);
    let change = |current: &str, new: &str| {
        ann.put("/api/v1/me/password", json!({ "current_password": current, "new_password": new }))
    };
    let wrong = change("not her password", NEW).refused(422, "invalid_field");
    assert_eq!(
        (&wrong["errors"][0]["pointer"], &wrong["errors"][0]["code"]),
        (&json!("/current_password"), &json!("wrong_password"))
    );
    let weak = change(PASSWORD, "guildhall!2026").refused(422, "invalid_field");
    assert_eq!(weak["errors"][0]["code"], "personal_password");
    elsewhere.get("/api/v1/me").ok();

    change(PASSWORD, NEW).ok_with(204);
    ann.get("/api/v1/me").ok();
    elsewhere.get("/api/v1/me").refused(401, "unauthenticated");
    sign_in(&world.browser(), &ann.email, PASSWORD).refused(401, "session.bad_credentials");
    sign_in(&world.browser(), &ann.email, NEW).ok_with(201);
}

#[test]
fn of_two_changes_at_once_one_wins_and_the_other_is_told() {
    let world = World::new();
    let bo = world.bo();
    let statuses: Vec<u16> = thread::scope(|scope| {
        let changes: Vec<_> = [NEW, "ten mild mountains"]
            .map(|new| {
                let body = json!({ "current_password": PASSWORD, "new_password": new });
                let bo = &bo;
                scope.spawn(move || bo.put("/api/v1/me/password", body).status)
            })
            .into();
        changes.into_iter().map(|change| change.join().expect("an answer")).collect()
    });
    assert!(statuses.contains(&204) && statuses.contains(&422), "{statuses:?}");
}
