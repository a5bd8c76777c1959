//! Handing a workspace over: offered, accepted, declined, taken back, forgotten, and never owned by two or by nobody.

use std::{thread, time::Duration};

use kernel::DAY;
use serde_json::{Value, json};

use super::workspaces::samples::change_role;
use crate::support::{PASSWORD, Person, Reply, World, fresh_id, ran, text_of, until};

fn offer(by: &Person, to: &Person) -> Reply {
    let name = text_of(&by.get("").ok()["name"]);
    by.post("ownership-transfers", json!({ "to_member_id": to.member, "workspace_name": name }))
}

#[track_caller]
fn offered(by: &Person, to: &Person) -> String {
    text_of(&offer(by, to).ok_with(201)["id"])
}

fn accept(person: &Person, id: &str) -> Reply {
    person.post(&format!("ownership-transfers/{id}/acceptance"), json!({}))
}

fn state(person: &Person, id: &str) -> String {
    let all = person.all("ownership-transfers");
    text_of(&all.iter().find(|transfer| transfer["id"] == id).expect("the transfer")["state"])
}

/// Everybody's role, the owner's marked.
fn standing(person: &Person) -> Vec<String> {
    let members = person.all("members");
    let told = |member: &Value| {
        let mark = if member["is_owner"] == true { " owns" } else { "" };
        format!("{}: {}{mark}", text_of(&member["name"]), text_of(&member["role"]["key"]))
    };
    let mut all: Vec<_> = members.iter().map(told).collect();
    all.sort_unstable();
    all
}

/// A fresh sign-in in another browser.
fn signed_in_again(world: &World, person: &Person) -> Person {
    let browser = world.browser();
    let cookie = browser.post("/api/v1/sessions", json!({ "email": person.email, "password": PASSWORD })).cookie();
    Person { browser: browser.with("cookie", &cookie), ..person.clone() }
}

/// What was mailed to somebody under a subject that says this.
fn mailed(world: &World, to: &Person, subject: &str) -> String {
    until(&format!("{subject:?} to {}", to.email), || {
        let addressed = |mail: &&String| mail.contains(&format!("To: {}", to.email)) && mail.contains(subject);
        world.mails().iter().rev().find(addressed).cloned()
    })
}

/// Zoe's workspace stands on the pack, and somebody of hers holds this role in it.
fn with_pack(world: &World, pack: &str, role: &str) -> (Person, Person) {
    let zoe = world.sign_up("Zoe");
    let made = zoe.post("/api/v1/workspaces", json!({ "name": "Zoe's shop", "pack": pack })).ok_with(201);
    let zoe = zoe.in_workspace(&text_of(&made["id"]));
    let kim = world.join(&zoe, "Kim", role);
    let members = zoe.all("members");
    let me = members.iter().find(|member| member["is_me"] == true).expect("herself");
    (Person { member: text_of(&me["id"]), ..zoe }, kim)
}

#[test]
fn ws_028_ws_029_ws_030_inv_03_the_owner_offers_and_the_receiver_accepts() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let before = ann.get("audit-events?limit=100").ok();
    let made = offer(&ann, &bo).ok_with(201);
    assert_eq!((&made["state"], &made["mechanism"]), (&json!("awaiting_acceptance"), &json!("self_serve")));
    assert_eq!(made["can"], json!({ "accept": false, "decline": false, "cancel": true }));
    let letter = mailed(&world, &bo, "Ann wants to hand Acme over to you");
    assert!(letter.contains(&format!("{}/w/{}/ownership", world.origin, ann.workspace)), "{letter}");
    assert_eq!(standing(&ann), ["Ann: owner owns", "Bo: member", "Cleo: collaborator", "Vic: viewer"]);

    let id = text_of(&made["id"]);
    let seen = bo.all("ownership-transfers")[0].clone();
    assert_eq!(seen["can"], json!({ "accept": true, "decline": true, "cancel": false }));
    assert_eq!((&seen["from"]["name"], &seen["to"]["name"]), (&json!("Ann"), &json!("Bo")));
    accept(&world.vic(), &id).refused(403, "ownership.not_receiver");
    accept(&ann, &id).refused(403, "ownership.not_receiver");
    assert_eq!(accept(&bo, &id).ok()["state"], "accepted");

    assert_eq!(standing(&bo), ["Ann: admin", "Bo: owner owns", "Cleo: collaborator", "Vic: viewer"]);
    mailed(&world, &bo, "You own Acme now");
    mailed(&world, &ann, "Acme belongs to Bo now");
    accept(&bo, &id).refused(409, "ownership.transfer_settled");
    let after = bo.get("audit-events?limit=100").ok();
    let kinds = |list: &Value| -> Vec<String> {
        list["items"].as_array().expect("items").iter().map(|event| text_of(&event["kind"])).collect()
    };
    let new = kinds(&after).len() - kinds(&before).len();
    assert!(kinds(&after)[..new].contains(&"ownership.transferred".to_owned()), "{:?}", kinds(&after));
    offer(&ann, &world.vic()).refused(403, "forbidden");
    bo.patch("", json!({ "name": "Bo's Acme" })).ok();
}

#[test]
fn ws_027_ws_030_handing_over_takes_the_owner_the_typed_name_and_a_fresh_proof() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let admin = world.member_with_role("admin");
    for person in [&admin, &bo, &world.vic()] {
        let wish = json!({ "to_member_id": admin.member, "workspace_name": "Acme" });
        let refusal = person.post("ownership-transfers", wish).refused(403, "forbidden");
        assert_eq!(refusal["permission"], "workspace.transfer_ownership");
    }
    for name in ["", "acme", "Acme ", "Acme Books"] {
        let wish = json!({ "to_member_id": bo.member, "workspace_name": name });
        let refusal = ann.post("ownership-transfers", wish).refused(422, "confirmation.mismatch");
        assert_eq!(refusal["errors"][0]["pointer"], "/workspace_name", "{name:?}");
    }
    world.clock.advance(Duration::from_secs(11 * 60));
    offer(&ann, &bo).refused(403, "session.confirmation_required");
    assert_eq!(ann.all("ownership-transfers").len(), 0);
    offer(&signed_in_again(&world, &ann), &bo).ok_with(201);
}

#[test]
fn inv_03_only_an_active_member_on_a_full_seat_is_offered_a_workspace() {
    let world = World::new();
    let (ann, gus) = (world.ann(), world.gus());
    offer(&ann, &world.cleo()).refused(409, "ownership.receiver_not_eligible");
    offer(&ann, &ann).refused(409, "ownership.receiver_not_eligible");
    offer(&ann, &gus).refused(404, "not_found");
    let lee = world.member_with_role("agent");
    ann.put(&format!("members/{}/deactivation", lee.member), json!({})).ok();
    offer(&ann, &lee).refused(409, "ownership.receiver_not_eligible");
    offer(&ann, &world.bo()).ok_with(201);
    offer(&ann, &world.vic()).refused(409, "ownership.transfer_pending");
}

#[test]
fn inv_03_an_offer_can_be_declined_and_taken_back_by_the_two_it_concerns() {
    let world = World::new();
    let (ann, bo, vic) = (world.ann(), world.bo(), world.vic());
    let first = offered(&ann, &bo);
    vic.delete(&format!("ownership-transfers/{first}")).refused(403, "ownership.not_receiver");
    bo.delete(&format!("ownership-transfers/{first}")).ok_with(204);
    assert_eq!(state(&ann, &first), "declined");
    accept(&bo, &first).refused(409, "ownership.transfer_settled");
    let second = offered(&ann, &vic);
    ann.delete(&format!("ownership-transfers/{second}")).ok_with(204);
    assert_eq!(state(&ann, &second), "cancelled");
    ann.delete(&format!("ownership-transfers/{second}")).refused(409, "ownership.transfer_settled");
    accept(&vic, &second).refused(409, "ownership.transfer_settled");
    assert_eq!(standing(&ann), ["Ann: owner owns", "Bo: member", "Cleo: collaborator", "Vic: viewer"]);
    let listed = ann.all("ownership-transfers");
    assert_eq!([&listed[0]["id"], &listed[1]["id"]], [&json!(second), &json!(first)], "newest first");
}

#[test]
fn inv_03_an_offer_dies_after_seven_days() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let id = offered(&ann, &bo);
    world.clock.advance(DAY * 7 - Duration::from_secs(1));
    let bo = signed_in_again(&world, &bo);
    assert_eq!(state(&bo, &id), "awaiting_acceptance");
    world.clock.advance(Duration::from_secs(1));
    accept(&bo, &id).refused(409, "ownership.transfer_settled");
    assert_eq!(state(&bo, &id), "expired");
    let written = "select count(*) from events where kind = 'ownership_transfer.expired'";
    until("its end to be written down", || (world.database.count(written) > 0).then_some(()));
    offer(&signed_in_again(&world, &ann), &bo).ok_with(201);
}

#[test]
fn inv_03_an_offer_dies_with_the_membership_of_either() {
    let world = World::new();
    let ann = world.ann();
    let (lee, max) = (world.member_with_role("agent"), world.member_with_role("agent"));
    let first = offered(&ann, &lee);
    ann.put(&format!("members/{}/deactivation", lee.member), json!({})).ok();
    assert_eq!(state(&ann, &first), "cancelled");
    ann.delete(&format!("members/{}/deactivation", lee.member)).ok();
    accept(&lee, &first).refused(409, "ownership.transfer_settled");
    let second = offered(&ann, &max);
    max.post("leave", json!({})).ok();
    assert_eq!(state(&ann, &second), "cancelled");
}

#[test]
fn inv_03_what_changed_since_the_offer_is_looked_at_when_it_is_accepted() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let id = offered(&ann, &bo);
    // A seat that owns nothing, however it came about.
    ann.put(&format!("members/{}/role", bo.member), json!({ "role_key": "collaborator", "seat_type": "collaborator" }))
        .ok();
    accept(&bo, &id).refused(409, "ownership.receiver_not_eligible");
    assert_eq!(standing(&ann)[..2], ["Ann: owner owns", "Bo: collaborator"]);
    change_role(&world, &bo, "viewer");
    assert_eq!(state(&ann, &id), "awaiting_acceptance");
}

#[test]
fn t_b11_of_answers_at_once_one_counts_and_there_is_always_one_owner() {
    let world = World::new();
    let (mut owner, mut other) = (world.ann(), world.bo());
    for round in 0..20 {
        let id = offered(&owner, &other);
        let path = format!("ownership-transfers/{id}");
        let statuses: Vec<u16> = thread::scope(|scope| {
            let tries = [
                scope.spawn(|| accept(&other, &id).status),
                scope.spawn(|| accept(&other, &id).status),
                scope.spawn(|| owner.delete(&path).status),
                scope.spawn(|| other.delete(&path).status),
                scope.spawn(|| other.post("leave", json!({})).status),
            ];
            tries.into_iter().map(|one| one.join().expect("an answer")).collect()
        });
        let left = statuses[4] < 300;
        let answered = statuses[..4].iter().filter(|status| **status < 300).count();
        assert!(answered == 1 || (left && answered == 0), "round {round}: {statuses:?}");
        let owners: Vec<_> =
            world.vic().all("members").into_iter().filter(|member| member["is_owner"] == true).collect();
        assert_eq!(owners.len(), 1, "round {round}");
        if owners[0]["id"] == json!(other.member) {
            std::mem::swap(&mut owner, &mut other);
        } else if left {
            other = world.join(&owner, &format!("agent.{}", fresh_id()), "agent");
        }
    }
}

#[test]
fn c16_where_several_hold_the_owners_role_one_of_them_owns() {
    let world = World::new();
    let (zoe, kim) = with_pack(&world, "aisoule", "admin");
    assert_eq!(standing(&zoe), ["Kim: admin", "Zoe: admin owns"]);
    let wish = json!({ "to_member_id": zoe.member, "workspace_name": "Zoe's shop" });
    kim.post("ownership-transfers", wish).refused(403, "ownership.owner_only");
    let gone = format!("/api/v1/workspaces/{}?confirm=Zoe's%20shop", kim.workspace);
    kim.delete(&gone).refused(403, "ownership.owner_only");
    accept(&kim, &offered(&zoe, &kim)).ok();
    assert_eq!(standing(&zoe), ["Kim: admin owns", "Zoe: admin"], "an admin stays an admin");
}

#[test]
fn inv_03_each_pack_has_its_next_role_for_a_former_owner() {
    let world = World::new();
    let (zoe, kim) = with_pack(&world, "kustomer", "full_time");
    accept(&kim, &offered(&zoe, &kim)).ok();
    assert_eq!(standing(&kim), ["Kim: org_owner owns", "Zoe: administrator"]);
}

#[test]
fn ws_024_c2_where_support_hands_over_the_operator_approves_first() {
    let world = World::new();
    // The console goes by the machine's clock.
    world.clock.set(kernel::Clock::system().now());
    let (zoe, kim) = with_pack(&world, "linkai", "member");
    let admin = |arguments: &[&str]| {
        let data = world.database.folder.path().to_str().expect("a path");
        let place = ["--database-url", &world.database.url, "--data-dir", data];
        ran(&[&["admin", "transfers"], arguments, &place].concat())
    };
    assert!(admin(&["list"]).1.contains("0 transfers wait"));
    let wish = json!({ "to_member_id": kim.member, "workspace_name": "Zoe's shop", "mechanism": "self_serve" });
    zoe.post("ownership-transfers", wish).refused(409, "ownership.mechanism_not_offered");
    let made = offer(&zoe, &kim).ok_with(201);
    assert_eq!((&made["mechanism"], &made["state"]), (&json!("support_request"), &json!("awaiting_operator")));
    let id = text_of(&made["id"]);
    accept(&kim, &id).refused(409, "ownership.transfer_settled");
    let (listed, printed) = admin(&["list"]);
    assert!(listed && printed.contains(&id) && printed.contains("\"Zoe\" hands over to \"Kim\""), "{printed}");

    assert!(admin(&["refuse", &id]).0);
    assert_eq!(state(&zoe, &id), "refused");
    assert!(!admin(&["approve", &id]).0, "what was refused stays refused");
    let second = offered(&zoe, &kim);
    let (approved, printed) = admin(&["approve", &second]);
    assert!(approved && printed.contains("awaiting_acceptance"), "{printed}");
    assert_eq!(standing(&zoe), ["Kim: member", "Zoe: owner owns"], "the receiver has the last word");
    world.clock.set(kernel::Clock::system().now());
    mailed(&world, &kim, "hand Zoe's shop over to you");
    accept(&kim, &second).ok();
    assert_eq!(standing(&kim), ["Kim: owner owns", "Zoe: admin"]);
    assert!(!admin(&["approve", "019b0000-0000-7000-8000-000000000000"]).0, "there is no such transfer");
}
