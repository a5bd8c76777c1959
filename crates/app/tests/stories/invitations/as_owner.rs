//! Inviting somebody who becomes the owner by accepting (C2, INV-03).

use std::time::Duration;

use serde_json::json;

use super::{KIM, accept, invite, look, sign_up, verified_gus};
use crate::support::{Person, World, text_of, until};

/// Owner and role of everybody.
fn standing(person: &Person) -> Vec<(String, String, bool)> {
    let members = person.all("members");
    let told = |member: &serde_json::Value| {
        (text_of(&member["name"]), text_of(&member["role"]["key"]), member["is_owner"] == true)
    };
    let mut all: Vec<_> = members.iter().map(told).collect();
    all.sort_unstable();
    all
}

fn stands(name: &str, role: &str, owns: bool) -> (String, String, bool) {
    (name.to_owned(), role.to_owned(), owns)
}

#[test]
fn ws_019_inv_03_whoever_accepts_an_invitation_as_owner_owns_the_workspace() {
    let world = World::new();
    let (ann, gus) = (world.ann(), verified_gus(&world));
    let made = invite(&ann, &gus.email, "owner");
    assert_eq!((&made["as_owner"], &made["seat_type"]), (&json!(true), &json!("full")));
    assert!(standing(&ann).contains(&stands("Ann", "owner", true)), "nothing changes before it is accepted");
    let token = world.mailed(&gus.email, "/invite/");
    assert_eq!(look(&world.browser(), &token).ok()["as_owner"], true);

    accept(&gus, &token).ok_with(200);
    let there = gus.in_workspace(&ann.workspace);
    let now = standing(&there);
    assert!(now.contains(&stands("Gus", "owner", true)) && now.contains(&stands("Ann", "admin", false)), "{now:?}");
    ann.patch("", json!({ "name": "Acme Books" })).ok();
    ann.post("invitations", json!({ "email": KIM, "role_key": "owner" })).refused(403, "forbidden");
    for email in ["ann@example.com", "gus@example.com"] {
        until(&format!("a letter to {email} about the owner"), || {
            let told = |mail: &&String| mail.contains(&format!("To: {email}")) && mail.contains("own");
            let mails = world.mails();
            mails.iter().find(told).filter(|mail| mail.contains("Acme")).map(drop)
        });
    }
}

#[test]
fn inv_03_only_the_owner_invites_an_owner_with_a_fresh_proof_and_one_at_a_time() {
    let world = World::new();
    let ann = world.ann();
    let admin = world.member_with_role("admin");
    let refusal = admin.post("invitations", json!({ "email": KIM, "role_key": "owner" })).refused(403, "forbidden");
    assert_eq!(refusal["permission"], "workspace.transfer_ownership");
    let two = json!({ "emails": [KIM, "lee@example.com"], "role_key": "owner" });
    assert_eq!(ann.post("invitations", two).refused(422, "invalid_field")["errors"][0]["pointer"], "/emails");
    let light = json!({ "email": KIM, "role_key": "owner", "seat_type": "collaborator" });
    ann.post("invitations", light).refused(422, "invalid_field");

    world.clock.advance(Duration::from_secs(11 * 60));
    ann.post("invitations", json!({ "email": KIM, "role_key": "owner" })).refused(403, "session.confirmation_required");
    assert_eq!(ann.all("invitations").len(), 0);
    invite(&ann, KIM, "admin");
}

#[test]
fn inv_03_an_invitation_as_owner_is_void_once_its_sender_owns_no_more() {
    let world = World::new();
    let (ann, gus) = (world.ann(), verified_gus(&world));
    invite(&ann, KIM, "owner");
    let kims = world.mailed(KIM, "/invite/");
    invite(&ann, &gus.email, "owner");
    accept(&gus, &world.mailed(&gus.email, "/invite/")).ok_with(200);
    look(&world.browser(), &kims).refused(410, "invitation.gone");
    sign_up(&world.browser(), KIM, &kims).refused(410, "invitation.gone");

    let gus = gus.in_workspace(&ann.workspace);
    let id = text_of(&ann.all("invitations")[0]["id"]);
    ann.post(&format!("invitations/{id}/resend"), json!({})).refused(403, "forbidden");
    gus.post(&format!("invitations/{id}/resend"), json!({})).ok();
    sign_up(&world.browser(), KIM, &super::newer_link(&world, &kims)).ok_with(201);
    let now = standing(&ann);
    assert!(now.contains(&stands("Kim", "owner", true)) && now.contains(&stands("Gus", "admin", false)), "{now:?}");
}

#[test]
fn c2_where_the_pack_does_not_offer_it_nobody_is_invited_as_owner() {
    let world = World::new();
    let zoe = world.sign_up("Zoe");
    for (pack, role) in [("interlinked", "owner"), ("kustomer", "org_owner")] {
        let made = zoe.post("/api/v1/workspaces", json!({ "name": pack, "pack": pack })).ok_with(201);
        let there = zoe.clone().in_workspace(&text_of(&made["id"]));
        let refusal =
            there.post("invitations", json!({ "email": KIM, "role_key": role })).refused(422, "invalid_field");
        assert_eq!(refusal["errors"][0]["code"], "unknown_role", "{pack}");
    }
    // Where several hold the owner's role, inviting into it hands over nothing.
    let made = zoe.post("/api/v1/workspaces", json!({ "name": "Shared", "pack": "aisoule" })).ok_with(201);
    let there = zoe.clone().in_workspace(&text_of(&made["id"]));
    assert_eq!(invite(&there, KIM, "admin")["as_owner"], false);
    sign_up(&world.browser(), KIM, &world.mailed(KIM, "/invite/")).ok_with(201);
    assert_eq!(standing(&there), [stands("Kim", "admin", false), stands("Zoe", "admin", true)]);
}
