//! Another role, another seat, other permission sets.

use serde_json::{Value, json};

use super::{can, newest, of, put_role, recorded_after, shown};
use crate::support::{Person, World, text_of};

fn claim(person: &Person, conversation: &str) {
    person.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
}

fn put_seat(by: &Person, member: &Person, role: &str, seat: &str) -> crate::support::Reply {
    by.put(&of(member, "/role"), json!({ "role_key": role, "seat_type": seat }))
}

fn put_sets(by: &Person, member: &Person, sets: &[&str]) -> crate::support::Reply {
    by.put(&of(member, "/permission-sets"), json!({ "permission_set_ids": sets }))
}

fn new_set(by: &Person, label: &str, grants: Value) -> String {
    text_of(&by.post("permission-sets", json!({ "label": label, "grants": grants })).ok_with(201)["id"])
}

#[test]
fn inv_12_rol_010_a_changed_role_holds_from_the_next_request_and_in_open_pages() {
    let world = World::new();
    let (ann, bo, path) = (world.ann(), world.bo(), format!("conversations/{}/messages", world.conversation("Hello")));
    bo.post(&path, json!({ "text": "Hi", "seen_seq": 1 })).ok_with(201);
    let stream = bo.listen();
    let told = put_role(&ann, &bo, "viewer").ok();
    assert_eq!(told["role"], json!({ "key": "viewer", "label": "Viewer" }));
    stream.until(|frame| frame.event == "reset");
    bo.post(&path, json!({ "text": "Hi again", "seen_seq": 2 })).refused(403, "forbidden");
    assert_eq!(bo.get("/api/v1/me").ok()["memberships"][0]["role"]["key"], "viewer");
    assert_eq!(shown(&ann, &bo)["id"], json!(bo.member), "the same membership");
    let before = newest(&world);
    put_role(&ann, &bo, "viewer").ok();
    assert_eq!(recorded_after(&world, before), [], "the role one has is no change");
}

#[test]
fn rol_011_rol_191_roles_are_changed_by_whoever_the_pack_says() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let (ada, sue) = (world.member_with_role("admin"), world.member_with_role("supervisor"));
    put_role(&ada, &bo, "agent").ok();
    for person in [&sue, &bo, &world.vic(), &world.cleo()] {
        let refusal = put_role(person, &bo, "viewer").refused(403, "forbidden");
        assert_eq!((&refusal["permission"], &refusal["decided_by"]), (&json!("member.change_role"), &json!("role")));
    }
    // Link AI: the owner alone.
    let ann = super::on_pack(&ann, "linkai");
    let (eve, kim) = (world.join(&ann, "Eve", "admin"), world.join(&ann, "Kim", "viewer"));
    put_role(&eve, &kim, "member").refused(403, "forbidden");
    put_role(&ann, &kim, "member").ok();
}

#[test]
fn inv_13_nobody_gives_a_role_above_their_own_or_changes_their_own() {
    let world = World::new();
    let (ann, bo, ada) = (world.ann(), world.bo(), world.member_with_role("admin"));
    put_role(&ada, &ada, "agent").refused(409, "member.own_role");
    assert_eq!(can(&ada, &ada, "member.change_role"), "self");
    put_role(&ann, &ann, "admin").refused(409, "member.is_owner");
    for unknown in ["owner", "founder"] {
        let refusal = put_role(&ann, &bo, unknown).refused(422, "invalid_field");
        assert_eq!(refusal["errors"][0]["code"], "unknown_role", "{unknown}: ownership moves by transfer alone");
    }
    // An admin without analytics gives no role that has them.
    let grants = json!({ "analytics.view": "none" });
    let role = json!({ "label": "Half admin", "base_role_key": "admin", "rank": 80, "grants": grants });
    let role = text_of(&ann.post("roles", role).ok_with(201)["key"]);
    put_role(&ann, &ada, &role).ok();
    let refusal = put_role(&ada, &bo, "supervisor").refused(403, "role.above_own");
    assert_eq!(refusal["permission"], "member.change_role");
    put_role(&ada, &bo, "agent").ok();
    let eve = world.member_with_role("admin");
    let low = json!({ "label": "Low admin", "base_role_key": "admin", "rank": 50 });
    let low = text_of(&ann.post("roles", low).ok_with(201)["key"]);
    put_role(&ann, &ada, &low).ok();
    put_role(&ada, &eve, "agent").refused(403, "member.above_own_rank");
}

#[test]
fn inv_09_inv_26_who_can_be_given_conversations_no_longer_keeps_none() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    claim(&bo, &conversation);
    let before = newest(&world);
    put_role(&ann, &bo, "agent").ok();
    assert_eq!(recorded_after(&world, before), [("member.role_changed".to_owned(), false)]);
    put_role(&ann, &bo, "viewer").ok();
    let kinds = [
        ("member.role_changed".to_owned(), false),
        ("member.role_changed".to_owned(), false),
        ("conversation.unassigned".to_owned(), true),
    ];
    assert_eq!(recorded_after(&world, before), kinds);
    assert_eq!(ann.get(&format!("conversations/{conversation}")).ok()["assignee"], Value::Null);
    let assign = json!({ "member_id": bo.member });
    ann.put(&format!("conversations/{conversation}/assignment"), assign).refused(422, "assignment.not_eligible");
}

#[test]
fn inv_18_a_light_seat_caps_the_role_and_takes_a_right_of_its_own_to_give() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    claim(&bo, &conversation);
    let told = put_seat(&ann, &bo, "member", "collaborator").ok();
    assert_eq!((&told["seat_type"], &told["role"]["key"]), (&json!("collaborator"), &json!("member")));
    assert_eq!(ann.get(&format!("conversations/{conversation}")).ok()["assignee"], Value::Null);
    let answer = json!({ "text": "Hi", "seen_seq": 1 });
    let refusal = bo.post(&format!("conversations/{conversation}/messages"), answer).refused(403, "forbidden");
    assert_eq!(refusal["decided_by"], "seat_type");
    put_seat(&ann, &bo, "member", "full").ok();
    // Who may change roles and give no full seat.
    let grants = json!({ "member.invite": "none" });
    let role = json!({ "label": "No invites", "base_role_key": "admin", "rank": 80, "grants": grants });
    let role = text_of(&ann.post("roles", role).ok_with(201)["key"]);
    let ada = world.member_with_role("admin");
    put_role(&ann, &ada, &role).ok();
    put_seat(&ada, &bo, "agent", "collaborator").ok();
    let refusal = put_seat(&ada, &bo, "agent", "full").refused(403, "forbidden");
    assert_eq!(refusal["permission"], "member.invite");
}

#[test]
fn rol_073_permission_sets_add_where_the_seat_holds_them_and_nobody_gives_more_than_they_have() {
    let world = World::new();
    let ann = super::on_pack(&world.ann(), "kustomer");
    let kim = world.join(&ann, "Kim", "full_time");
    let members = |person: &Person| person.get("access-review").status;
    assert_eq!(members(&kim), 403);
    let set = new_set(&ann, "Reviews", json!({ "member.remove": "any" }));
    let told = put_sets(&ann, &kim, &[&set]).ok();
    assert_eq!(told["permission_sets"], json!([{ "id": set, "label": "Reviews" }]));
    assert_eq!(members(&kim), 200, "INV-12: from the next request on");
    put_sets(&ann, &kim, &[&crate::support::fresh_id()]).refused(422, "invalid_field");
    put_sets(&ann, &kim, &[]).ok();
    assert_eq!(members(&kim), 403);

    let lee = world.join(&ann, "Lee", "collaborator");
    put_sets(&ann, &lee, &[&set]).refused(409, "member.holds_no_sets");
    let ada = world.join(&ann, "Ada", "administrator");
    let owners = new_set(&ann, "Owner's", json!({ "workspace.delete": "any" }));
    put_sets(&ada, &kim, &[&owners]).refused(403, "role.above_own");
    put_sets(&ada, &ada, &[&set]).refused(409, "member.own_role");

    // A seat that holds none takes them off.
    put_sets(&ann, &kim, &[&set]).ok();
    let told = put_seat(&ann, &kim, "full_time", "collaborator").ok();
    assert_eq!(told["permission_sets"], json!([]));
}

#[test]
fn t_d10_a_changed_role_gives_the_session_a_new_token() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    put_role(&ann, &bo, "agent").ok();
    let reply = bo.get("/api/v1/me");
    let cookie = reply.cookie();
    bo.get("/api/v1/me").refused(401, "unauthenticated");
    let bo = bo.with("cookie", &cookie);
    let again = bo.get("/api/v1/me");
    assert!(again.header("set-cookie").is_none(), "once");
    again.ok();
}
