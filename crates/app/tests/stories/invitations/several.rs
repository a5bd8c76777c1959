//! Many addresses at once, for as long as one chooses, by whichever right the seat takes.

use std::time::Duration;

use kernel::DAY;
use serde_json::{Value, json};

use super::{KIM, invite, look, sign_up};
use crate::support::{PASSWORD, Person, World, fresh_id, text_of};

fn invited(by: &Person) -> Vec<String> {
    let mut emails: Vec<_> = by.all("invitations").iter().map(|invitation| text_of(&invitation["email"])).collect();
    emails.sort_unstable();
    emails
}

/// What became of each address: `ok`, or the problem's code.
fn outcomes(answer: &Value) -> Vec<(String, String)> {
    let outcome = |item: &Value| match item["problem"]["code"].as_str() {
        Some(code) => code.to_owned(),
        None => format!("ok as {}", text_of(&item["invitation"]["role"]["key"])),
    };
    let items = answer["items"].as_array().expect("items");
    items.iter().map(|item| (text_of(&item["email"]), outcome(item))).collect()
}

/// Zoe's workspace stands on the pack, and somebody of hers holds this role in it.
fn with_pack(world: &World, pack: &str, role: &str) -> (Person, Person) {
    let zoe = world.sign_up("Zoe");
    let made = zoe.post("/api/v1/workspaces", json!({ "name": "Zoe's shop", "pack": pack })).ok_with(201);
    let zoe = zoe.in_workspace(&text_of(&made["id"]));
    let somebody = world.join(&zoe, &format!("{role}.{}", fresh_id()), role);
    (zoe, somebody)
}

#[test]
fn mem_004_mem_007_mem_031_many_are_invited_at_once_and_each_is_told_apart() {
    let world = World::new();
    let ann = world.ann();
    invite(&ann, KIM, "viewer");
    let many = json!({
        "emails": ["Lee@example.com", KIM, "bo@example.com", "max@example.com", "lee@example.com"], "role_key": "agent"
    });
    let answer = ann.post("invitations", many).ok_with(201);
    let expected = [
        ("lee@example.com", "ok as agent"),
        (KIM, "invitation.pending"),
        ("bo@example.com", "member.exists"),
        ("max@example.com", "ok as agent"),
        ("lee@example.com", "invitation.pending"),
    ];
    assert_eq!(outcomes(&answer), expected.map(|(email, outcome)| (email.to_owned(), outcome.to_owned())));
    assert_eq!(invited(&ann), [KIM, "lee@example.com", "max@example.com"]);
    for email in ["lee@example.com", "max@example.com"] {
        look(&world.browser(), &world.mailed(email, "/invite/")).ok();
    }
    let again = json!({ "emails": [KIM, "bo@example.com"], "role_key": "agent" });
    let nobody = ann.post("invitations", again).ok_with(201);
    assert!(outcomes(&nobody).iter().all(|(_, outcome)| !outcome.starts_with("ok")), "{nobody}");
    assert_eq!(invited(&ann).len(), 3);
}

#[test]
fn t_d7_what_names_nobody_or_too_many_invites_nobody() {
    let world = World::new();
    let ann = world.ann();
    let fifty_one: Vec<_> = (0..51).map(|number| format!("p{number}@example.com")).collect();
    for (body, field) in [
        (json!({ "role_key": "agent" }), "/email"),
        (json!({ "role_key": "agent", "emails": [] }), "/emails"),
        (json!({ "role_key": "agent", "emails": fifty_one }), "/emails"),
        (json!({ "role_key": "agent", "email": KIM, "emails": ["lee@example.com"] }), "/email"),
        (json!({ "role_key": "agent", "email": [KIM] }), "/email"),
        (json!({ "role_key": "agent", "email": { "to": KIM } }), "/email"),
        (json!({ "role_key": "agent", "email": "kim@example.com,lee@example.com" }), "/email"),
        (json!({ "role_key": "agent", "email": "kim@example.com\nBcc: lee@example.com" }), "/email"),
        (json!({ "role_key": "agent", "emails": [KIM, "lee"] }), "/emails/1"),
        (json!({ "role_key": "agent", "emails": KIM }), "/emails"),
        (json!({ "role_key": "agent", "email": KIM, "lifetime_days": 0 }), "/lifetime_days"),
        (json!({ "role_key": "agent", "email": KIM, "lifetime_days": 31 }), "/lifetime_days"),
        (json!({ "role_key": "agent", "email": KIM, "lifetime_days": 1.5 }), "/lifetime_days"),
        (json!({ "role_key": "nothing", "emails": [KIM] }), "/role_key"),
    ] {
        let refusal = ann.post("invitations", body.clone()).refused(422, "invalid_field");
        assert_eq!(refusal["errors"][0]["pointer"], field, "{body}");
    }
    // A key that stands twice is one value or none, and never two mails.
    let twice = br#"{"role_key":"agent","email":"kim@example.com","email":"lee@example.com"}"#;
    let path = format!("/api/v1/workspaces/{}/invitations", ann.workspace);
    let reply = ann.browser.send_raw("POST", &path, Some(("application/json", twice.to_vec())));
    assert_eq!(reply.status, 422, "{}", reply.text());
    assert_eq!(invited(&ann), Vec::<String>::new());
}

#[test]
fn t_c4_each_address_counts_against_the_rate_and_what_does_not_fit_invites_nobody() {
    let world = World::with(|settings| settings.limit_factor = Some(1));
    let ann = world.ann();
    let batch = |from: u32, to: u32| {
        let emails: Vec<_> = (from..to).map(|number| format!("p{number}@example.com")).collect();
        ann.post("invitations", json!({ "emails": emails, "role_key": "agent" }))
    };
    batch(0, 50).ok_with(201);
    batch(50, 98).ok_with(201);
    assert!(batch(98, 148).refused(429, "rate_limited").is_object());
    assert_eq!(ann.all("invitations").len(), 98);
    batch(98, 100).ok_with(201);
    let resend = format!("invitations/{}/resend", text_of(&ann.all("invitations")[0]["id"]));
    let reply = ann.post(&resend, json!({}));
    assert!(reply.header("retry-after").is_some(), "an hour's mails are sent: {}", reply.text());
    reply.refused(429, "rate_limited");
}

#[test]
fn inv_11_an_invitation_lives_as_long_as_its_sender_says_after_each_sending() {
    let world = World::new();
    let ann = world.ann();
    let short = json!({ "email": KIM, "role_key": "agent", "lifetime_days": 2 });
    let short = ann.post("invitations", short).ok_with(201);
    let long = json!({ "email": "lee@example.com", "role_key": "agent", "lifetime_days": 30 });
    ann.post("invitations", long).ok_with(201);
    let (first, long) = (world.mailed(KIM, "/invite/"), world.mailed("lee@example.com", "/invite/"));
    world.clock.advance(DAY * 2);
    look(&world.browser(), &first).refused(410, "invitation.gone");
    sign_up(&world.browser(), KIM, &first).refused(410, "invitation.gone");

    let browser = world.browser();
    let cookie = browser.post("/api/v1/sessions", json!({ "email": ann.email, "password": PASSWORD })).cookie();
    let ann = Person { browser: browser.with("cookie", &cookie), ..ann };
    ann.post(&format!("invitations/{}/resend", text_of(&short["id"])), json!({})).ok();
    let second = super::newer_link(&world, &first);
    world.clock.advance(DAY * 2 - Duration::from_secs(1));
    look(&world.browser(), &second).ok();
    world.clock.advance(Duration::from_secs(1));
    look(&world.browser(), &second).refused(410, "invitation.gone");
    world.clock.advance(DAY * 26 - Duration::from_secs(1));
    look(&world.browser(), &long).ok();
    world.clock.advance(Duration::from_secs(1));
    look(&world.browser(), &long).refused(410, "invitation.gone");
}

#[test]
fn sec_001_the_mail_and_the_page_say_what_one_is_invited_to() {
    let world = World::new();
    invite(&world.ann(), KIM, "viewer");
    let seen = look(&world.browser(), &world.mailed(KIM, "/invite/")).ok();
    let roles = world.ann().get("roles").ok();
    let viewer = roles["items"].as_array().expect("roles").iter().find(|role| role["key"] == "viewer");
    let described = viewer.expect("the role")["description"].clone();
    assert!(described.as_str().is_some_and(|text| text.len() > 10), "{described}");
    assert_eq!((&seen["role_description"], &seen["as_owner"]), (&described, &json!(false)));
    let mail = world.mails().into_iter().find(|mail| mail.contains(&format!("To: {KIM}"))).expect("a mail");
    let until = "until 19 January 2026";
    for part in ["Ann", "Acme", "as Viewer", until] {
        assert!(mail.contains(part), "{part}: {mail}");
    }
}

#[test]
fn c13_who_may_add_collaborators_only_invites_sees_and_withdraws_those() {
    let world = World::new();
    let (zoe, mia) = with_pack(&world, "kustomer", "manager");
    invite(&zoe, "lee@example.com", "full_time");
    let refusal = mia.post("invitations", json!({ "email": KIM, "role_key": "full_time" })).refused(403, "forbidden");
    assert_eq!(refusal["permission"], "member.invite");
    let made = invite(&mia, KIM, "collaborator");
    assert_eq!(made["seat_type"], "collaborator");
    let both = json!({ "emails": ["max@example.com", "pia@example.com"], "role_key": "collaborator" });
    mia.post("invitations", both).ok_with(201);

    assert_eq!(invited(&mia), [KIM, "max@example.com", "pia@example.com"]);
    assert_eq!(invited(&zoe), [KIM, "lee@example.com", "max@example.com", "pia@example.com"]);
    let of = |email: &str| {
        let all = zoe.all("invitations");
        text_of(&all.iter().find(|invitation| invitation["email"] == email).expect("it waits")["id"])
    };
    let lees = of("lee@example.com");
    mia.post(&format!("invitations/{lees}/resend"), json!({})).refused(404, "not_found");
    mia.delete(&format!("invitations/{lees}")).refused(404, "not_found");
    let first = world.mailed(KIM, "/invite/");
    mia.post(&format!("invitations/{}/resend", of(KIM)), json!({})).ok();
    let second = super::newer_link(&world, &first);
    mia.delete(&format!("invitations/{}", of("pia@example.com"))).ok_with(204);
    sign_up(&world.browser(), KIM, &second).ok_with(201);
    assert_eq!(invited(&zoe), ["lee@example.com", "max@example.com"]);
}

#[test]
fn mem_002_mem_005_mem_006_mem_030_mem_032_each_pack_says_who_invites_whom() {
    let world = World::new();
    let (owner, collaborator) = with_pack(&world, "interlinked", "collaborator");
    let refusal = collaborator.post("invitations", json!({ "email": KIM, "role_key": "collaborator" }));
    assert_eq!(refusal.refused(403, "forbidden")["decided_by"], "role");
    collaborator.get("invitations").refused(403, "forbidden");
    invite(&owner, KIM, "collaborator");

    let zoe = world.sign_up("Zoe of AskUsers");
    let made = zoe.post("/api/v1/workspaces", json!({ "name": "Team", "pack": "askusers" })).ok_with(201);
    let zoe = zoe.in_workspace(&text_of(&made["id"]));
    for role in ["admin", "member", "viewer", "owner"] {
        let made = invite(&zoe, &format!("{role}@example.com"), role);
        assert_eq!((&made["role"]["key"], &made["as_owner"]), (&json!(role), &json!(role == "owner")));
    }
}
