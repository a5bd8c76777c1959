//! Somebody tries: what one holds, used in ways nobody meant.

mod crowd;
mod handovers;
mod late;
mod races;
mod routing;
mod together;

use std::time::Duration;

use serde_json::{Value, json};

use super::members::on_pack;
use crate::support::{PASSWORD, Person, Reply, World, fresh_id, text_of};

/// The program to which this person gave a personal key of these scopes, and the key's id.
#[track_caller]
fn robot(world: &World, person: &Person, scopes: &[&str]) -> (Person, String) {
    let made = person.post("api-keys", json!({ "name": "Robot", "kind": "personal", "scopes": scopes })).ok_with(201);
    let key = format!("Bearer {}", text_of(&made["key"]));
    let browser = world.browser().without("origin").with("authorization", &key);
    (Person { browser, ..person.clone() }, text_of(&made["id"]))
}

/// A role of the workspace's own; its key.
#[track_caller]
fn new_role(by: &Person, base: &str, grants: &Value) -> String {
    let asked = json!({ "label": fresh_id(), "base_role_key": base, "grants": grants });
    text_of(&by.post("roles", asked).ok_with(201)["key"])
}

#[track_caller]
fn put_role(by: &Person, member: &Person, role: &str) -> Reply {
    by.put(&format!("members/{}/role", member.member), json!({ "role_key": role }))
}

fn invitation(role: &str) -> Value {
    json!({ "email": format!("{}@example.com", fresh_id()), "role_key": role })
}

#[test]
fn t_b1_inv_13_a_key_hands_out_no_more_than_it_was_given() {
    let world = World::new();
    let ann = world.ann();
    let (adder, _) = robot(&world, &ann, &["member.invite", "member.change_role", "member.view"]);
    for role in ["admin", "agent", "viewer"] {
        adder.post("invitations", invitation(role)).refused(403, "role.above_own");
        let mut new = invitation(role);
        (new["name"], new["with"]) = (json!("Mel"), json!("password"));
        adder.post("members", new).refused(403, "role.above_own");
        put_role(&adder, &world.cleo(), role).refused(403, "role.above_own");
    }
    // What a person may be given opens nothing, so no key holds it, and one that holds the rest hands the role out.
    let can = ann.get("/api/v1/me").ok()["memberships"][0]["can"].clone();
    let fits = |name: &&String| {
        let permission = tenancy::Permission::parse(name).expect("a permission");
        !permission.is_owner_equivalent() && permission.kind() != tenancy::Kind::Eligibility && can[name] == true
    };
    let all: Vec<&str> = can.as_object().expect("abilities").keys().filter(fits).map(String::as_str).collect();
    let (full, _) = robot(&world, &ann, &all);
    full.post("invitations", invitation("agent")).ok_with(201);
    full.post("invitations", invitation("admin")).refused(403, "role.above_own");
}

#[test]
fn inv_08_a_leaked_key_of_a_deactivated_member_is_revoked_for_good() {
    let world = World::new();
    let (ann, kim) = (world.ann(), world.member_with_role("admin"));
    let (leaked, id) = robot(&world, &kim, &["conversation.view"]);
    let deactivation = format!("members/{}/deactivation", kim.member);
    ann.put(&deactivation, json!({})).ok();
    ann.delete(&format!("api-keys/{id}")).ok_with(204);
    ann.delete(&deactivation).ok();
    leaked.get("conversations").refused(401, "unauthenticated");
    assert_eq!(ann.all("api-keys")[0]["ended_how"], "revoked");
}

/// Sets that do not count beside a role come to count again by another one: that gives them.
#[test]
fn inv_13_t_b1_no_change_wakes_sets_that_reach_further_than_its_maker() {
    let world = World::new();
    let ann = world.ann();
    let holds_sets = json!({ "seat.extra_permission_sets": "any" });
    let [first, second] = [(); 2].map(|()| new_role(&ann, "agent", &holds_sets));
    let set = ann.post("permission-sets", json!({ "label": "Logs", "grants": { "audit.view": "any" } })).ok_with(201);
    let (kim, lead) = (world.member_with_role("agent"), world.member_with_role("agent"));
    put_role(&ann, &kim, &first).ok();
    let sets = json!({ "permission_set_ids": [set["id"]] });
    ann.put(&format!("members/{}/permission-sets", kim.member), sets).ok();
    let none = json!({ "version": 1, "grants": { "seat.extra_permission_sets": "none" } });
    ann.patch(&format!("roles/{first}"), none).ok();
    kim.get("audit-events").refused(403, "forbidden");

    let grants = json!({ "member.change_role": "any", "role.manage": "any", "audit.view": "none" });
    put_role(&ann, &lead, &new_role(&ann, "admin", &grants)).ok();
    put_role(&lead, &kim, &second).refused(403, "role.above_own");
    let back = json!({ "version": 2, "grants": holds_sets });
    let refusal = lead.patch(&format!("roles/{first}"), back.clone()).refused(403, "role.above_own");
    assert_eq!(refusal["permission"], "audit.view");
    kim.get("audit-events").refused(403, "forbidden");
    put_role(&lead, &kim, "viewer").ok();

    ann.patch(&format!("roles/{first}"), back).ok();
    put_role(&ann, &kim, &first).ok();
}

/// Whoever switches packs chooses what becomes of roles, also of those that others invited to.
#[test]
fn inv_13_t_b1_a_pack_switch_raises_no_open_invitation_beyond_its_maker() {
    let world = World::new();
    let ann = on_pack(&world.ann(), "default");
    let mut grants: Value = tenancy::Permission::ALL.iter().map(|one| (one.name().to_owned(), json!("none"))).collect();
    (grants["role.manage"], grants["role.view"]) = (json!("any"), json!("any"));
    let keeper = world.join(&ann, "Keeper", "agent");
    put_role(&ann, &keeper, &new_role(&ann, "agent", &grants)).ok();
    ann.post("invitations", json!({ "email": "mal@example.com", "role_key": "viewer" })).ok_with(201);

    let wish = json!({ "pack": "kustomer", "role_map": { "viewer": "administrator" } });
    keeper.put("policy-pack", wish.clone()).refused(403, "role.above_own");
    assert_eq!(ann.all("invitations")[0]["role"]["key"], "viewer");
    ann.put("policy-pack", wish).ok();
    assert_eq!(ann.all("invitations")[0]["role"]["key"], "administrator");
}

/// Where one hands out only what stands below oneself, making a role rise is handing out a higher one.
#[test]
fn inv_13_nobody_raises_a_role_to_where_they_could_not_give_it() {
    let world = World::new();
    let ann = on_pack(&world.ann(), "kustomer");
    let ada = world.join(&ann, "Ada", "administrator");
    let low = json!({ "label": "Low", "base_role_key": "full_time", "rank": 30 });
    let role = text_of(&ann.post("roles", low).ok_with(201)["key"]);
    let rise = |rank: i64| ada.patch(&format!("roles/{role}"), json!({ "version": 1, "rank": rank }));
    assert_eq!(rise(90).refused(422, "invalid_field")["errors"][0]["pointer"], "/rank");
    let made = |rank: i64| json!({ "label": fresh_id(), "base_role_key": "full_time", "rank": rank });
    ada.post("roles", made(90)).refused(422, "invalid_field");
    let own = text_of(&ada.post("roles", made(89)).ok_with(201)["key"]);
    rise(89).ok();
    put_role(&ada, &world.join(&ann, "Bea", "full_time"), &own).ok();
}

#[test]
fn inv_13_a_pack_switch_puts_nobody_above_its_maker_who_did_not_stand_there() {
    let world = World::new();
    let ann = on_pack(&world.ann(), "default");
    let keeper = world.join(&ann, "Keeper", "agent");
    let deputy = json!({ "label": "Deputy", "base_role_key": "admin", "rank": 30 });
    put_role(&ann, &keeper, &text_of(&ann.post("roles", deputy).ok_with(201)["key"])).ok();
    let friend = world.join(&ann, "Friend", "viewer");
    let wish = json!({ "pack": "kustomer", "role_map": { "viewer": "full_time" } });
    keeper.put("policy-pack", wish).refused(403, "role.above_own_rank");
    assert_eq!(ann.get(&format!("members/{}", friend.member)).ok()["role"]["key"], "viewer");
}

#[test]
fn own_2_own_16_what_is_read_through_a_preview_is_recorded_as_read_by_who_looks() {
    let world = World::new();
    let (ann, kim) = (world.ann(), world.member_with_role("admin"));
    let preview = ann.post("previews", json!({ "member_id": kim.member })).ok_with(201);
    let seen = ann.clone().with("guildhall-preview", &text_of(&preview["id"]));
    assert_eq!(seen.get("audit-events/export").status, 200);
    let read = ann.all("audit-events?outcome=read");
    assert_eq!((read.len(), &read[0]["kind"]), (1, &json!("audit.exported")));
    assert_eq!(read[0]["actor"]["id"], json!(ann.member));
}

#[test]
fn own_2_inv_12_a_preview_ends_with_the_right_to_look_and_with_who_is_looked_as() {
    let world = World::new();
    let (ann, sue, kim) = (world.ann(), world.member_with_role("supervisor"), world.member_with_role("agent"));
    let look = |by: &Person, wanted: Value| {
        let preview = by.post("previews", wanted).ok_with(201);
        by.clone().with("guildhall-preview", &text_of(&preview["id"]))
    };
    let [as_role, as_kim] = [json!({ "role_key": "viewer" }), json!({ "member_id": kim.member })].map(|as_whom| {
        let seen = look(&sue, as_whom);
        seen.get("conversations").ok();
        seen
    });
    let anns = look(&ann, json!({ "member_id": kim.member }));
    ann.put(&format!("members/{}/deactivation", kim.member), json!({})).ok();
    for seen in [&as_kim, &anns] {
        seen.get("conversations").refused(403, "preview.ended");
    }
    as_role.get("conversations").ok();
    put_role(&ann, &sue, "agent").ok();
    as_role.get("conversations").refused(403, "preview.ended");
}

/// Whoever may not see who is here is not told by an explanation either.
#[test]
fn own_1_an_explanation_names_nobody_to_who_sees_no_members() {
    let world = World::new();
    let (ann, kim) = (world.ann(), world.member_with_role("agent"));
    let named = || kim.get("authz/explain?permission=audit.view").ok()["who_can_change"].clone();
    assert_eq!(named()[0]["name"], "Ann");
    put_role(&ann, &kim, &new_role(&ann, "agent", &json!({ "member.view": "none" }))).ok();
    kim.get("members").refused(403, "forbidden");
    assert_eq!(named(), json!([]));
}

/// One link of one's own is no way to ask who else has an account.
#[test]
fn t_c2_a_sign_up_with_a_link_for_another_address_tells_nothing_about_the_address() {
    let world = World::new();
    world.ann().post("invitations", json!({ "email": "mal@example.com", "role_key": "agent" })).ok_with(201);
    let token = world.mailed("mal@example.com", "/invite/");
    let sign_up = |email: &str| {
        let account = json!({ "name": "Mal", "email": email, "password": PASSWORD, "invitation_token": token });
        world.browser().post("/api/v1/accounts", account)
    };
    for email in [world.bo().email.as_str(), world.gus().email.as_str(), "nobody@example.com"] {
        sign_up(email).refused(403, "invitation.other_address");
    }
    sign_up("MAL@example.com").ok_with(201);
}

#[test]
fn a_list_is_narrowed_by_the_same_word_however_often_it_is_said() {
    let world = World::new();
    let path = format!("members?status={}", vec!["active"; 3000].join(","));
    assert_eq!(world.ann().get(&path).ok()["items"].as_array().map(Vec::len), Some(4));
    world.ann().get("members?status=active,gone").refused(422, "invalid_field");
}

/// The same person, signed in once more.
#[track_caller]
fn signed_in_again(world: &World, person: &Person) -> Person {
    let browser = world.browser();
    let reply = browser.post("/api/v1/sessions", json!({ "email": person.email, "password": PASSWORD }));
    Person { browser: browser.with("cookie", &reply.cookie()), ..person.clone() }
}

const MINUTE: Duration = Duration::from_secs(60);
