//! The same request twice.

use std::thread;

use serde_json::{Value, json};

use super::workspaces::samples::{change_role, ready};
use crate::{
    house::operations,
    support::{PASSWORD, Person, Reply, World, fresh_id, text_of},
};

/// The same person, sending this key along.
fn keyed(person: &Person, key: &str) -> Person {
    person.clone().with("idempotency-key", key)
}

/// The first answer again, marked as such.
#[track_caller]
fn assert_replayed(first: &Reply, again: &Reply) {
    assert_eq!((again.status, &again.body), (first.status, &first.body), "{}", again.asked);
    assert_eq!(again.header("idempotent-replayed"), Some("true"), "{}", again.asked);
    assert_eq!(first.header("idempotent-replayed"), None, "{}", first.asked);
}

#[test]
fn the_same_request_under_the_same_key_acts_once_and_answers_again() {
    let world = World::new();
    let bo = keyed(&world.bo(), "reply-1");
    let conversation = world.conversation("Hello");
    let path = format!("conversations/{conversation}/messages");
    let send = || bo.post(&path, json!({ "text": "Hi there", "seen_seq": 1 }));
    let (first, again) = (send(), send());
    assert_eq!(first.status, 201);
    assert_replayed(&first, &again);
    assert_eq!(world.bo().get(&path).ok()["items"].as_array().map(Vec::len), Some(2));

    bo.post(&path, json!({ "text": "Something else", "seen_seq": 2 })).refused(422, "idempotency_key_reused");
    let other = world.conversation("Hello again");
    bo.post(&format!("conversations/{other}/claim"), json!({})).refused(422, "idempotency_key_reused");
}

/// Requests that a key does not make the same: a secret is shown once, a file is stored by its content, and what
/// leaves no trace or only looks has nothing to repeat; who left asks as a stranger.
const WITHOUT_REPLAY: &[&str] = &[
    "api_key_create",
    "attachment_upload",
    "audit_verification_create",
    "billing_addon_preview",
    "billing_plan_preview",
    "canned_response_render",
    "canned_responses_import",
    "checkout_create",
    "identity_secret_create",
    "mentions_check",
    "policy_pack_preview",
    "portal_session_create",
    "presence_post",
    "role_impact",
    "routing_rehearse",
    "seat_quote_create",
    "session_confirm",
    "slack_test",
    "typing_post",
    "workspace_leave",
];

#[test]
fn every_post_of_a_signed_in_person_can_be_repeated() {
    let world = World::new();
    let mut repeated = 0;
    for operation in operations() {
        let signed_in = ["account", "operator", "member"].contains(&operation.admits.as_str());
        if operation.method != "POST" || !signed_in || WITHOUT_REPLAY.contains(&operation.name.as_str()) {
            continue;
        }
        let mut request = ready(&world, &operation);
        request.browser = request.browser.with("idempotency-key", &operation.name);
        let first = request.send();
        assert!(first.status < 300, "{}: {}", operation.name, first.text());
        assert_replayed(&first, &request.send());
        repeated += 1;
    }
    assert!(repeated >= 8, "only {repeated} requests were repeated");
}

#[test]
fn keys_of_different_people_and_workspaces_never_meet() {
    let world = World::new();
    let conversation = world.conversation("Hello");
    let path = format!("conversations/{conversation}/messages");
    let say = |person: &Person, seen: i64| {
        keyed(person, "one-key").post(&path, json!({ "text": "Hi", "seen_seq": seen })).ok_with(201)
    };
    assert_ne!(say(&world.ann(), 1)["id"], say(&world.bo(), 2)["id"]);
    let invite = |person: &Person| {
        keyed(person, "one-key").post("invitations", json!({ "email": "kim@example.com", "role_key": "member" }))
    };
    invite(&world.gus()).ok_with(201);
}

#[test]
fn fifty_at_once_do_one_thing() {
    let world = World::new();
    let ann = keyed(&world.ann(), "fifty");
    let replies: Vec<Reply> = thread::scope(|scope| {
        let invite = || ann.post("invitations", json!({ "email": "kim@example.com", "role_key": "member" }));
        let tries: Vec<_> = (0..50).map(|_| scope.spawn(invite)).collect();
        tries.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    assert!(
        replies.iter().all(|reply| reply.status == 201),
        "{:?}",
        replies.iter().map(|one| one.status).collect::<Vec<_>>()
    );
    let first = replies.iter().filter(|reply| reply.header("idempotent-replayed").is_none()).count();
    assert_eq!(first, 1);
    assert!(replies.iter().all(|reply| reply.body == replies[0].body));
    assert_eq!(world.ann().all("invitations").len(), 1);
}

#[test]
fn a_refused_request_leaves_its_key_free() {
    let world = World::new();
    let ann = keyed(&world.ann(), "second-try");
    ann.post("invitations", json!({ "email": "bo@example.com", "role_key": "member" })).refused(409, "member.exists");
    ann.post("invitations", json!({ "email": "kim@example.com", "role_key": "member" })).ok_with(201);
}

#[test]
fn a_replay_asks_for_the_right_again() {
    let world = World::new();
    let bo = keyed(&world.bo(), "still-allowed");
    let path = format!("conversations/{}/messages", world.conversation("Hello"));
    let send = || bo.post(&path, json!({ "text": "Hi", "seen_seq": 1 }));
    send().ok_with(201);
    change_role(&world, &world.bo(), "viewer");
    send().refused(403, "forbidden");
    bo.delete("/api/v1/sessions/current").ok_with(204);
    send().refused(401, "unauthenticated");
}

#[test]
fn a_secret_is_shown_once_and_never_remembered() {
    let world = World::new();
    let ann = keyed(&world.ann(), "secret");
    let path = format!("channels/{}/identity-secret", world.channel);
    let (first, again) = (ann.post(&path, json!({})), ann.post(&path, json!({})));
    assert_eq!((first.header("idempotent-replayed"), again.header("idempotent-replayed")), (None, None));
    let secret = |reply: Reply| text_of(&reply.ok()["secret"]);
    let (first, again) = (secret(first), secret(again));
    assert_ne!(first, again);
    let remembered = world.database.column("select answer from idempotency_records");
    assert!(remembered.iter().all(|answer| !answer.contains(&first) && !answer.contains(&again)));
}

#[test]
fn signing_up_and_in_remember_no_answer() {
    let world = World::new();
    let browser = world.browser().with("idempotency-key", "sign-in");
    let sign_in = || browser.post("/api/v1/sessions", json!({ "email": "ann@example.com", "password": PASSWORD }));
    let (first, again) = (sign_in(), sign_in());
    assert_ne!(first.cookie(), again.cookie());
    let sign_up = || {
        let account = json!({ "name": "Zoe", "email": "zoe@example.com", "password": PASSWORD });
        browser.clone().with("idempotency-key", "sign-up").post("/api/v1/accounts", account)
    };
    sign_up().ok_with(201);
    sign_up().refused(409, "account.exists");
    let tables = ["idempotency_records", "account_idempotency_records"];
    for answer in tables.iter().flat_map(|table| world.database.column(&format!("select answer from {table}"))) {
        assert!(!answer.contains("zoe@example.com"), "{answer}");
    }
}

#[test]
fn an_account_makes_one_workspace_per_key() {
    let world = World::new();
    let make =
        |person: &Person, name: &str| keyed(person, "new-place").post("/api/v1/workspaces", json!({ "name": name }));
    let (first, again) = (make(&world.ann(), "Side project"), make(&world.ann(), "Side project"));
    assert_replayed(&first, &again);
    assert_eq!(first.body["can"]["workspace.edit_settings"], true);
    make(&world.ann(), "Another name").refused(422, "idempotency_key_reused");
    assert_ne!(make(&world.bo(), "Side project").ok_with(201)["id"], first.body["id"]);
    let replies: Vec<Reply> = thread::scope(|scope| {
        let make = || keyed(&world.gus(), "at-once").post("/api/v1/workspaces", json!({ "name": "One" }));
        let tries: Vec<_> = (0..10).map(|_| scope.spawn(make)).collect();
        tries.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    assert!(replies.iter().all(|reply| reply.status == 201 && reply.body == replies[0].body));
    assert_eq!(world.gus().get("/api/v1/me").ok()["memberships"].as_array().map(Vec::len), Some(2));
}

#[test]
fn accepting_an_invitation_again_under_its_key_answers_as_the_first_time() {
    let world = World::new();
    let gus = world.gus();
    let verification = keyed(&gus, "verify");
    let ask = || verification.post("/api/v1/email-verifications", json!({}));
    let (first, again) = (ask(), ask());
    assert_replayed(&first, &again);
    assert_eq!((first.status, first.bytes.len(), again.bytes.len()), (202, 0, 0));
    let token = world.mailed(&gus.email, "/verify/");
    world.browser().post("/api/v1/email-verifications/complete", json!({ "token": token })).ok_with(204);
    assert_eq!(world.mails().iter().filter(|mail| mail.contains("/verify/")).count(), 1, "asked once, mailed once");

    world.ann().post("invitations", json!({ "email": gus.email, "role_key": "member" })).ok_with(201);
    let token = json!({ "token": world.mailed(&gus.email, "/invite/") });
    let accept = || keyed(&gus, "join").post("/api/v1/invitations/accept", token.clone());
    let (first, again) = (accept(), accept());
    assert_eq!(first.status, 200, "{}", first.text());
    assert_replayed(&first, &again);
    gus.post("/api/v1/invitations/accept", token.clone()).refused(410, "invitation.gone");
}

#[test]
fn a_key_has_1_to_255_characters() {
    let world = World::new();
    let invite = |key: &str| {
        let invited: Value = json!({ "email": format!("{}@example.com", fresh_id()), "role_key": "member" });
        keyed(&world.ann(), key).post("invitations", invited)
    };
    invite(&"k".repeat(255)).ok_with(201);
    invite(&"k".repeat(256)).refused(422, "invalid_field");
    invite("").refused(422, "invalid_field");
}

#[test]
fn answers_are_remembered_for_a_day() {
    use tenancy::{Duty, Vault};
    let world = World::new();
    keyed(&world.ann(), "today").post("/api/v1/workspaces", json!({ "name": "Side project" })).ok_with(201);
    let invited = json!({ "email": "kim@example.com", "role_key": "member" });
    keyed(&world.ann(), "today").post("invitations", invited).ok_with(201);
    let server = crate::support::Server::new();
    let vault = server.run(Vault::open(&world.database.url, Vec::new(), world.clock.clone())).expect("a vault");
    #[expect(clippy::disallowed_methods, reason = "retention looks across workspaces")]
    let duty = vault.on_duty(Duty::Retention);
    let remembered = || {
        ["idempotency_records", "account_idempotency_records"]
            .map(|table| world.database.count(&format!("select count(*) from {table} where key = 'today'")) > 0)
    };
    world.clock.advance(std::time::Duration::from_secs(23 * 60 * 60));
    server.run(duty.forget_expired()).expect("forgotten");
    assert_eq!(remembered(), [true, true]);
    world.clock.advance(std::time::Duration::from_secs(60 * 60 + 1));
    server.run(duty.forget_expired()).expect("forgotten");
    assert_eq!(remembered(), [false, false]);
}
