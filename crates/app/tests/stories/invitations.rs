//! Joining a workspace.

mod as_owner;
mod races;
mod several;
mod tokens;

use std::{thread, time::Duration};

use kernel::DAY;
use serde_json::{Value, json};

use super::workspaces::samples::change_role;
use crate::support::{Client, PASSWORD, Person, Reply, World, fresh_id, text_of, until};

const KIM: &str = "kim@example.com";

#[track_caller]
fn invite(by: &Person, email: &str, role: &str) -> Value {
    by.post("invitations", json!({ "email": email, "role_key": role })).ok_with(201)
}

/// Ann invites Kim as a member; the link's token.
fn kims_link(world: &World) -> String {
    invite(&world.ann(), KIM, "member");
    world.mailed(KIM, "/invite/")
}

/// The newest link to Kim, once it is another one than before.
fn newer_link(world: &World, earlier: &str) -> String {
    until("a newer link", || Some(world.mailed(KIM, "/invite/")).filter(|token| token != earlier))
}

fn look(browser: &Client, token: &str) -> Reply {
    browser.post("/api/v1/invitations/lookup", json!({ "token": token }))
}

fn accept(person: &Person, token: &str) -> Reply {
    person.post("/api/v1/invitations/accept", json!({ "token": token }))
}

fn sign_up(browser: &Client, email: &str, token: &str) -> Reply {
    let new = json!({ "name": "Kim", "email": email, "password": PASSWORD, "invitation_token": token });
    browser.post("/api/v1/accounts", new)
}

/// Gus, whose address is proven.
fn verified_gus(world: &World) -> Person {
    let gus = world.gus();
    gus.post("/api/v1/email-verifications", json!({})).ok_with(202);
    let token = world.mailed(&gus.email, "/verify/");
    world.browser().post("/api/v1/email-verifications/complete", json!({ "token": token })).ok_with(204);
    gus
}

fn places(person: &Person) -> Vec<String> {
    let me = person.get("/api/v1/me").ok();
    let places = me["memberships"].as_array().expect("places");
    places.iter().map(|place| text_of(&place["workspace"]["name"])).collect()
}

#[test]
fn mem_009_inv_05_a_sign_up_by_invitation_joins_and_makes_no_workspace_of_its_own() {
    let world = World::new();
    let token = kims_link(&world);
    let seen = look(&world.browser(), &token).ok();
    let expected = json!({
        "workspace_name": "Acme", "email": KIM, "role_label": "Member", "as_owner": false, "inviter_name": "Ann",
        "account_exists": false, "role_description": seen["role_description"], "expires_at": seen["expires_at"]
    });
    assert_eq!(seen, expected);
    let workspaces = || world.database.count("select count(*) from workspaces");
    let before = workspaces();
    let reply = sign_up(&world.browser(), KIM, &token);
    let cookie = reply.cookie();
    let me = reply.ok_with(201);
    let home = &me["memberships"][0];
    assert_eq!(me["memberships"].as_array().map(Vec::len), Some(1));
    assert_eq!((&home["workspace"]["name"], &home["role"]["key"]), (&json!("Acme"), &json!("member")));
    assert_eq!(me["account"]["email_verified"], true, "the link reached the address");
    assert_eq!(workspaces(), before);
    let there = format!("/api/v1/workspaces/{}/conversations", world.workspace());
    world.browser().with("cookie", &cookie).get(&there).ok();
}

#[test]
fn inv_05_a_sign_up_whose_invitation_is_gone_makes_no_account() {
    let world = World::new();
    let token = kims_link(&world);
    let accounts = || world.database.count("select count(*) from accounts");
    let before = accounts();
    sign_up(&world.browser(), "other@example.com", &token).refused(403, "invitation.other_address");
    sign_up(&world.browser(), KIM, "gi_guessed").refused(410, "invitation.gone");
    world.clock.advance(DAY * 14);
    sign_up(&world.browser(), KIM, &token).refused(410, "invitation.gone");
    assert_eq!(accounts(), before);
}

#[test]
fn t_c1_inv_11_an_invitation_is_accepted_once_by_the_proven_holder_of_its_address() {
    let world = World::new();
    let (gus, acme) = (world.gus(), world.workspace());
    invite(&world.ann(), &gus.email, "agent");
    let token = world.mailed(&gus.email, "/invite/");
    assert_eq!(look(&world.browser(), &token).ok()["account_exists"], true);

    accept(&gus, &token).refused(403, "account.email_unverified");
    verified_gus(&world);
    accept(&world.bo(), &token).refused(403, "invitation.other_address");
    assert_eq!(accept(&gus, &token).ok_with(200), json!({ "workspace_id": acme }));
    assert_eq!(places(&gus), ["Gus's Workspace", "Acme"]);
    gus.clone().in_workspace(&acme).get("conversations").ok();
    accept(&gus, &token).refused(410, "invitation.gone");
    look(&world.browser(), &token).refused(410, "invitation.gone");
    assert_eq!(world.ann().all("invitations").len(), 0);
    let again = json!({ "email": gus.email, "role_key": "member" });
    world.ann().post("invitations", again).refused(409, "member.exists");
}

#[test]
fn inv_11_of_many_who_accept_at_once_one_joins() {
    let world = World::new();
    let gus = verified_gus(&world);
    invite(&world.ann(), &gus.email, "member");
    let token = world.mailed(&gus.email, "/invite/");
    let at_once = |request: &(dyn Fn() -> Reply + Sync)| -> Vec<u16> {
        thread::scope(|scope| {
            let tries: Vec<_> = (0..8).map(|_| scope.spawn(|| request().status)).collect();
            tries.into_iter().map(|one| one.join().expect("an answer")).collect()
        })
    };
    let joined = |statuses: &[u16], with: u16| statuses.iter().filter(|status| **status == with).count();
    let statuses = at_once(&|| accept(&gus, &token));
    assert_eq!((joined(&statuses, 200), joined(&statuses, 410)), (1, 7), "{statuses:?}");

    let token = kims_link(&world);
    let statuses = at_once(&|| sign_up(&world.browser(), KIM, &token));
    assert_eq!(joined(&statuses, 201), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [201, 409, 410].contains(status)), "{statuses:?}");
    let named = |name: &str| world.ann().all("members").iter().filter(|member| member["name"] == name).count();
    assert_eq!((named("Gus"), named("Kim")), (1, 1));
}

#[test]
fn t_c1_mem_017_inv_11_an_invitation_lives_two_weeks_and_sending_it_again_revives_it() {
    let world = World::new();
    let (ann, first) = (world.ann(), kims_link(&world));
    world.clock.advance(DAY * 14 - Duration::from_secs(60));
    look(&world.browser(), &first).ok();
    world.clock.advance(Duration::from_secs(60));
    look(&world.browser(), &first).refused(410, "invitation.gone");
    let browser = world.browser();
    let cookie = browser.post("/api/v1/sessions", json!({ "email": ann.email, "password": PASSWORD })).cookie();
    let ann = Person { browser: browser.with("cookie", &cookie), ..ann };
    let listed = &ann.all("invitations")[0];
    assert_eq!(listed["status"], "expired");

    let resent = ann.post(&format!("invitations/{}/resend", text_of(&listed["id"])), json!({})).ok();
    assert_eq!((&resent["status"], &resent["id"]), (&json!("pending"), &listed["id"]));
    let second = newer_link(&world, &first);
    sign_up(&world.browser(), KIM, &second).ok_with(201);
}

#[test]
fn t_c1_inv_11_sending_again_kills_the_earlier_link_and_revoking_kills_every_link() {
    let world = World::new();
    let (ann, first) = (world.ann(), kims_link(&world));
    let id = text_of(&ann.all("invitations")[0]["id"]);
    ann.post(&format!("invitations/{id}/resend"), json!({})).ok();
    look(&world.browser(), &first).refused(410, "invitation.gone");
    let second = newer_link(&world, &first);
    look(&world.browser(), &second).ok();
    sign_up(&world.browser(), KIM, &first).refused(410, "invitation.gone");

    ann.delete(&format!("invitations/{id}")).ok_with(204);
    look(&world.browser(), &second).refused(410, "invitation.gone");
    sign_up(&world.browser(), KIM, &second).refused(410, "invitation.gone");
    ann.delete(&format!("invitations/{id}")).refused(404, "not_found");
    ann.post(&format!("invitations/{id}/resend"), json!({})).refused(404, "not_found");
    invite(&ann, KIM, "viewer");
}

#[test]
fn mem_016_an_address_has_one_waiting_invitation_per_workspace() {
    let world = World::new();
    let (ann, gus) = (world.ann(), world.gus());
    invite(&ann, KIM, "member");
    ann.post("invitations", json!({ "email": "KIM@example.com", "role_key": "viewer" }))
        .refused(409, "invitation.pending");
    ann.post("invitations", json!({ "email": "bo@example.com", "role_key": "viewer" })).refused(409, "member.exists");
    invite(&gus, KIM, "member");
}

#[test]
fn t_c1_inv_11_what_the_inviter_may_no_longer_give_is_not_accepted() {
    let world = World::new();
    let sue = world.member_with_role("supervisor");
    invite(&sue, KIM, "agent");
    let token = world.mailed(KIM, "/invite/");
    change_role(&world, &sue, "agent");
    sign_up(&world.browser(), KIM, &token).refused(410, "invitation.gone");
    change_role(&world, &sue, "supervisor");
    sign_up(&world.browser(), KIM, &token).ok_with(201);
}

#[test]
fn inv_13_nobody_invites_into_more_than_they_hold() {
    let world = World::new();
    let sue = world.member_with_role("supervisor");
    for (role, allowed) in [("agent", true), ("admin", false), ("viewer", false)] {
        let invited = json!({ "email": format!("{}@example.com", fresh_id()), "role_key": role });
        let reply = sue.post("invitations", invited);
        match allowed {
            true => drop(reply.ok_with(201)),
            false => drop(reply.refused(403, "role.above_own")),
        }
        let offered = sue.get("roles").ok();
        let offered = offered["items"].as_array().expect("roles").iter().find(|one| one["key"] == role).cloned();
        assert_eq!(offered.expect("the role")["assignable"], allowed, "{role}: the list of roles says the same");
    }
    for person in [world.bo(), world.vic(), world.cleo()] {
        let refusal =
            person.post("invitations", json!({ "email": KIM, "role_key": "viewer" })).refused(403, "forbidden");
        assert_eq!(refusal["permission"], "member.invite");
    }
}

#[test]
fn inv_13_who_sends_an_invitation_again_has_to_be_able_to_give_it() {
    let world = World::new();
    let sue = world.member_with_role("supervisor");
    let id = text_of(&invite(&world.ann(), KIM, "admin")["id"]);
    let token = world.mailed(KIM, "/invite/");
    sue.post(&format!("invitations/{id}/resend"), json!({})).refused(403, "role.above_own");
    look(&world.browser(), &token).ok();
    assert_eq!(sue.all("invitations")[0]["invited_by"]["name"], "Ann");
}

#[test]
fn a_collaborators_seat_is_given_with_its_role_or_by_name() {
    let world = World::new();
    let ann = world.ann();
    let usual = invite(&ann, KIM, "collaborator");
    assert_eq!(usual["seat_type"], "collaborator");
    let light = json!({ "email": "lee@example.com", "role_key": "member", "seat_type": "collaborator" });
    let light = ann.post("invitations", light).ok_with(201);
    assert_eq!((&light["seat_type"], &light["role"]["key"]), (&json!("collaborator"), &json!("member")));
    let token = world.mailed("lee@example.com", "/invite/");
    let lee = world.browser().with("cookie", &sign_up(&world.browser(), "lee@example.com", &token).cookie());
    let path = format!("/api/v1/workspaces/{}/conversations/{}", ann.workspace, world.conversation("Hello"));
    lee.get(&path).ok();
    let answer = json!({ "text": "Hi", "seen_seq": 1 });
    let refusal = lee.post(&format!("{path}/messages"), answer).refused(403, "forbidden");
    assert_eq!(refusal["decided_by"], "seat_type");
}

#[test]
fn mem_008_mem_033_t_c4_an_invitation_names_who_sends_it_and_carries_no_foreign_link() {
    let world = World::new();
    let ann = world.ann();
    ann.patch("", json!({ "name": "Win at evil.example/prize" })).ok();
    kims_link(&world);
    let mail = world.mails().into_iter().find(|mail| mail.contains(&format!("To: {KIM}"))).expect("a mail");
    assert!(mail.contains("Subject: Ann invites you to Win at evil example prize"), "{mail}");
    assert!(!mail.contains("evil.example"));
    let links: Vec<_> = mail.split_whitespace().filter(|word| word.contains("://")).collect();
    assert_eq!(links.len(), 1);
    assert!(links[0].starts_with(&format!("{}/invite/gi_", world.origin)), "{links:?}");
}
