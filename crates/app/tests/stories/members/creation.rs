//! Direct creation: an account and its place here, made by a colleague.

use serde_json::{Value, json};

use super::{newest, of, on_pack, recorded_after};
use crate::support::{Client, PASSWORD, Person, World, text_of, until};

const KIM: &str = "kim@example.com";
const OWN: &str = "nine loud harbours";

fn wanted(email: &str, role: &str, with: &str) -> Value {
    json!({ "name": "Kim Rivers", "email": email, "role_key": role, "with": with })
}

/// Somebody signs in with this password; the answer and the browser.
#[track_caller]
fn sign_in(world: &World, email: &str, password: &str) -> (Value, Client) {
    let browser = world.browser();
    let reply = browser.post("/api/v1/sessions", json!({ "email": email, "password": password }));
    let browser = browser.with("cookie", &reply.cookie());
    (reply.ok_with(201), browser)
}

/// The account's events and how many there are.
fn of_accounts(world: &World) -> i64 {
    world.database.count("select count(*) from instance_events where parent_seq is null")
}

#[test]
fn mem_018_mem_021_mem_026_a_member_is_made_and_chooses_a_password_by_a_link() {
    let world = World::new();
    let ann = world.ann();
    let (seq, accounts) = (newest(&world), of_accounts(&world));
    let created = ann.post("members", wanted(KIM, "agent", "link")).ok_with(201);
    let member = &created["member"];
    assert_eq!((&member["name"], &member["email"]), (&json!("Kim Rivers"), &json!(KIM)));
    assert_eq!((&member["role"]["key"], &member["status"]), (&json!("agent"), &json!("active")));
    assert!(created.get("initial_password").is_none());
    assert_eq!(recorded_after(&world, seq), [("member.created".to_owned(), false)]);
    assert_eq!(of_accounts(&world), accounts + 1, "INV-40: the account's own chain tells it too");

    let token = world.mailed(KIM, "/reset/");
    let browser = world.browser();
    for guess in [PASSWORD, ""] {
        browser
            .post("/api/v1/sessions", json!({ "email": KIM, "password": guess }))
            .refused(401, "session.bad_credentials");
    }
    let chosen = json!({ "token": token, "password": OWN });
    browser.post("/api/v1/password-resets/complete", chosen.clone()).ok_with(204);
    browser.post("/api/v1/password-resets/complete", chosen).refused(410, "token.invalid");
    let (me, kim) = sign_in(&world, KIM, OWN);
    assert_eq!(me["account"]["email_verified"], true, "the link reached the address");
    assert_eq!(me["memberships"].as_array().map(Vec::len), Some(1), "no workspace of their own");
    kim.get(&format!("/api/v1/workspaces/{}/conversations", ann.workspace)).ok();
}

#[test]
fn a_link_to_a_first_password_works_for_a_week() {
    let world = World::new();
    world.ann().post("members", wanted(KIM, "agent", "link")).ok_with(201);
    let token = world.mailed(KIM, "/reset/");
    world.clock.advance(std::time::Duration::from_secs(7 * 24 * 60 * 60));
    let chosen = json!({ "token": token, "password": OWN });
    world.browser().post("/api/v1/password-resets/complete", chosen).refused(410, "token.invalid");
    // Whoever comes late asks for another link, as anybody who forgot.
    world.browser().post("/api/v1/password-resets", json!({ "email": KIM })).ok_with(202);
    let later = until("a newer link", || Some(world.mailed(KIM, "/reset/")).filter(|newer| *newer != token));
    let chosen = json!({ "token": later, "password": OWN });
    world.browser().post("/api/v1/password-resets/complete", chosen).ok_with(204);
    sign_in(&world, KIM, OWN);
}

#[test]
fn mem_024_sec_006_a_generated_password_is_shown_once_and_changed_before_anything_else() {
    let world = World::new();
    let ann = world.ann();
    let keyed = ann.clone().with("idempotency-key", "kim-1");
    let created = keyed.post("members", wanted(KIM, "agent", "password")).ok_with(201);
    let initial = text_of(&created["initial_password"]);
    assert!(initial.len() >= 20, "{initial}");
    keyed.post("members", wanted(KIM, "agent", "password")).refused(409, "member.account_exists");
    for table in ["idempotency_records", "event_details", "events", "jobs"] {
        let column = match table {
            "idempotency_records" => "answer",
            "event_details" => "details",
            _ => "payload",
        };
        let texts = world.database.column(&format!("select {column} from {table}"));
        assert!(texts.iter().all(|text| !text.contains(&initial)), "{table} keeps it");
    }
    let mail = until("a welcome", || world.mails().into_iter().find(|mail| mail.contains(&format!("To: {KIM}"))));
    assert!(mail.contains("/login") && !mail.contains(&initial), "{mail}");

    let (me, kim) = sign_in(&world, KIM, &initial);
    assert_eq!(me["account"]["password_must_change"], true);
    let workspace = format!("/api/v1/workspaces/{}", ann.workspace);
    for door in ["conversations", "members", "events"] {
        kim.get(&format!("{workspace}/{door}")).refused(403, "account.password_must_change");
    }
    let same = json!({ "current_password": initial, "new_password": initial });
    let refusal = kim.put("/api/v1/me/password", same).refused(422, "invalid_field");
    assert_eq!(refusal["errors"][0]["code"], "same_password");
    let change = json!({ "current_password": initial, "new_password": OWN });
    kim.put("/api/v1/me/password", change).ok_with(204);
    kim.get(&format!("{workspace}/conversations")).ok();
    assert_eq!(kim.get("/api/v1/me").ok()["account"]["password_must_change"], false);
    assert_eq!(kim.get("/api/v1/me").ok()["account"]["email_verified"], false, "nobody proved the address yet");
}

#[test]
fn ruling_15_a_pack_that_asks_for_no_passwords_gets_none_and_a_known_address_is_invited() {
    let world = World::new();
    let ann = on_pack(&world.ann(), "linkai");
    let accounts = || world.database.count("select count(*) from accounts");
    let before = accounts();
    ann.post("members", wanted(KIM, "member", "password")).refused(409, "member.creation_not_offered");
    assert_eq!(accounts(), before, "what is refused leaves no account");
    ann.post("members", wanted(KIM, "member", "link")).ok_with(201);
    for known in ["bo@example.com", "GUS@example.com", "ann@example.com"] {
        let refusal = ann.post("members", wanted(known, "member", "link")).refused(409, "member.account_exists");
        assert!(text_of(&refusal["detail"]).contains("Invite"), "{refusal}");
    }
    let aisoule = on_pack(&world.ann(), "aisoule");
    let created = aisoule.post("members", wanted("lee@example.com", "agent", "password")).ok_with(201);
    sign_in(&world, "lee@example.com", &text_of(&created["initial_password"]));
}

#[test]
fn inv_13_nobody_makes_a_member_with_more_than_they_hold() {
    let world = World::new();
    let sue = world.member_with_role("supervisor");
    let accounts = || world.database.count("select count(*) from accounts");
    let before = accounts();
    for (role, status, code) in
        [("admin", 403, "role.above_own"), ("viewer", 403, "role.above_own"), ("owner", 422, "invalid_field")]
    {
        sue.post("members", wanted(KIM, role, "link")).refused(status, code);
    }
    for person in [world.bo(), world.vic(), world.cleo()] {
        person.post("members", wanted(KIM, "agent", "link")).refused(403, "forbidden");
    }
    assert_eq!(accounts(), before);
    sue.post("members", wanted(KIM, "agent", "link")).ok_with(201);
}

#[test]
fn mem_019_mem_020_a_collaborator_is_added_by_name_and_address_also_by_who_adds_nobody_else() {
    let world = World::new();
    let ann = on_pack(&world.ann(), "kustomer");
    let max = world.join(&ann, "Max", "manager");
    let created = max.post("members", wanted(KIM, "collaborator", "link")).ok_with(201);
    assert_eq!(created["member"]["seat_type"], "collaborator");
    let refusal = max.post("members", wanted("lee@example.com", "full_time", "link")).refused(403, "forbidden");
    assert_eq!(refusal["permission"], "member.invite");
}

#[test]
fn who_was_invited_and_is_made_a_member_needs_the_invitation_no_longer() {
    let world = World::new();
    let ann = world.ann();
    ann.post("invitations", json!({ "email": KIM, "role_key": "viewer" })).ok_with(201);
    let token = world.mailed(KIM, "/invite/");
    ann.post("members", wanted(KIM, "agent", "link")).ok_with(201);
    assert_eq!(ann.all("invitations").len(), 0);
    world.browser().post("/api/v1/invitations/lookup", json!({ "token": token })).refused(410, "invitation.gone");
}

#[test]
fn ruling_14_a_reset_link_goes_to_the_members_own_address() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let (ada, sue) = (world.member_with_role("admin"), world.member_with_role("supervisor"));
    let reset = |by: &Person, member: &Person| by.post(&of(member, "/password-reset"), json!({}));
    reset(&ada, &bo).ok_with(202);
    let token = world.mailed(&bo.email, "/reset/");
    let chosen = json!({ "token": token, "password": OWN });
    world.browser().post("/api/v1/password-resets/complete", chosen).ok_with(204);
    sign_in(&world, &bo.email, OWN);
    reset(&sue, &bo).refused(403, "forbidden");
    reset(&ada, &ann).refused(409, "member.is_owner");
    let to = format!("To: {}", ann.email);
    assert!(!world.mails().iter().any(|mail| mail.contains(&to) && mail.contains("/reset/")));
    reset(&ann, &ann).ok_with(202);
}
