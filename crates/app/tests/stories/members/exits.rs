//! Removing, deactivating and letting in again: everything that follows, in one transaction (INV-08, INV-09, INV-10).

use serde_json::{Value, json};

use super::{can, deactivate, newest, of, reactivate, recorded_after, remove, shown, with_key};
use crate::support::{Person, World, text_of};

fn claim(person: &Person, conversation: &str) {
    person.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
}

fn assignee(person: &Person, conversation: &str) -> Value {
    person.get(&format!("conversations/{conversation}")).ok()["assignee"].clone()
}

#[test]
fn inv_09_what_a_removed_member_had_in_hand_waits_in_its_queue_again() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let (open, solved, anns) = (world.conversation("One"), world.conversation("Two"), world.conversation("Three"));
    for conversation in [&open, &solved] {
        claim(&bo, conversation);
    }
    claim(&ann, &anns);
    bo.put(&format!("conversations/{solved}/status"), json!({ "status": "solved" })).ok();
    let counted = || ann.get("counters").ok()["views"].clone();
    let before = counted();

    let receipt = remove(&ann, &bo).ok_with(200);
    assert_eq!((&receipt["how"], &receipt["member_id"]), (&json!("removed"), &json!(bo.member)));
    let moved = receipt["conversations_requeued"].as_array().expect("conversations");
    assert_eq!(moved.len(), 2);
    assert!(moved.contains(&json!(open)) && moved.contains(&json!(solved)));
    assert_eq!((&receipt["conversations_count"], &receipt["sessions_cut"]), (&json!(2), &json!(1)));
    for conversation in [&open, &solved] {
        assert_eq!(assignee(&ann, conversation), Value::Null);
    }
    assert_eq!(assignee(&ann, &anns)["name"], "Ann", "nobody else's work moved");
    let after = counted();
    assert_eq!(after["unassigned"].as_i64(), before["unassigned"].as_i64().map(|n| n + 1));
    assert_eq!(after["all"], before["all"]);
    let left = "select count(*) from conversation_counts where n < 0";
    assert_eq!(world.database.count(left), 0);
    let receipts = ann.all(&of(&bo, "/exit-receipts"));
    assert_eq!(receipts, [receipt], "OWN-10: the receipt stays");
}

#[test]
fn inv_40_an_exit_is_one_audit_event_with_the_rest_as_its_children() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    claim(&bo, &world.conversation("One"));
    let before = newest(&world);
    remove(&ann, &bo).ok();
    let expected = [("member.removed".to_owned(), false), ("conversation.unassigned".to_owned(), true)];
    assert_eq!(recorded_after(&world, before), expected);
    let before = newest(&world);
    deactivate(&ann, &world.vic()).ok();
    deactivate(&ann, &world.vic()).ok();
    assert_eq!(recorded_after(&world, before), [("member.deactivated".to_owned(), false)], "twice is once");
}

#[test]
fn inv_09_whoever_looks_at_queues_only_sees_it_come_back() {
    let world = World::new();
    let (ann, bo, agent) = (world.ann(), world.bo(), world.member_with_role("agent"));
    let conversation = world.conversation("One");
    claim(&bo, &conversation);
    agent.get(&format!("conversations/{conversation}")).refused(404, "not_found");
    let stream = agent.listen();
    remove(&ann, &bo).ok();
    let change = stream.change("conversation.unassigned");
    assert_eq!((&change["removed"], &change["subject"]["id"]), (&json!(false), &json!(conversation)));
    claim(&agent, &conversation);
}

#[test]
fn mem_010_mem_034_mem_036_a_removed_member_is_a_stranger_at_once_and_elsewhere_at_home() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let own = bo.post("/api/v1/workspaces", json!({ "name": "Bo's own" })).ok_with(201);
    let at_home = bo.clone().in_workspace(&text_of(&own["id"]));
    remove(&ann, &bo).ok();
    for door in ["", "conversations", "members", "events"] {
        bo.get(door).refused(404, "not_found");
    }
    bo.post("leave", json!({})).refused(404, "not_found");
    at_home.get("members").ok();
    let places = bo.get("/api/v1/me").ok()["memberships"].as_array().map(Vec::len);
    assert_eq!(places, Some(1), "INV-08: the account and its other workspaces stay");
    remove(&ann, &bo).refused(404, "not_found");
    deactivate(&ann, &bo).refused(404, "not_found");
}

#[test]
fn inv_10_history_keeps_naming_who_has_gone() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    let messages = format!("conversations/{conversation}/messages");
    bo.post(&messages, json!({ "text": "Hi", "seen_seq": 1 })).ok_with(201);
    let author = || ann.get(&messages).ok()["items"][1]["author"].clone();
    assert_eq!(author(), json!({ "kind": "member", "id": bo.member, "name": "Bo" }));
    remove(&ann, &bo).ok();
    assert_eq!(author(), json!({ "kind": "member", "id": bo.member, "name": "Bo", "former": true }));
    let ended = ann.all("members?status=ended");
    assert_eq!(ended.len(), 1);
    assert_eq!((&ended[0]["name"], &ended[0]["status"]), (&json!("Bo"), &json!("removed")));
    assert!(ended[0]["ended_at"].is_string());
    assert_eq!(shown(&ann, &bo)["can"]["member.remove"], "inactive");
    assert!(ann.all("members").iter().all(|member| member["name"] != "Bo"));
}

#[test]
fn inv_10_who_comes_back_after_a_removal_comes_as_somebody_new() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    claim(&bo, &conversation);
    remove(&ann, &bo).ok();
    ann.post("invitations", json!({ "email": bo.email, "role_key": "viewer" })).ok_with(201);
    let token = world.mailed(&bo.email, "/invite/");
    bo.post("/api/v1/invitations/accept", json!({ "token": token })).ok();
    let me = bo.get("/api/v1/me").ok();
    let place = &me["memberships"][0];
    assert_ne!(place["member_id"], json!(bo.member));
    assert_eq!(place["role"]["key"], "viewer");
    assert_eq!(assignee(&ann, &conversation), Value::Null);
    assert_eq!(shown(&ann, &bo)["status"], "removed", "the earlier membership stays what it was");
}

#[test]
fn mem_027_mem_028_inv_10_a_deactivated_member_comes_back_as_who_they_were_without_their_conversations() {
    let world = World::new();
    let ann = world.ann();
    let ada = world.member_with_role("admin");
    let conversation = world.conversation("Hello");
    claim(&ada, &conversation);
    let (key, _) = with_key(&world, &ada, "personal", &["member.view"]);
    let members = format!("/api/v1/workspaces/{}/members", ada.workspace);
    key.get(&members).ok();

    let told = deactivate(&ann, &ada).ok();
    assert_eq!((&told["member"]["status"], &told["receipt"]["how"]), (&json!("deactivated"), &json!("deactivated")));
    assert_eq!((&told["receipt"]["conversations_count"], &told["receipt"]["api_keys_ended"]), (&json!(1), &json!(1)));
    ada.get("conversations").refused(404, "not_found");
    assert_eq!(key.get(&members).status, 401);
    assert!(ann.all("members").iter().any(|member| member["id"] == json!(ada.member)), "still listed");

    let told = reactivate(&ann, &ada).ok();
    assert_eq!((&told["member"]["id"], &told["receipt"]), (&json!(ada.member), &Value::Null));
    assert_eq!(told["member"]["role"]["key"], "admin");
    ada.get("conversations").ok();
    key.get(&members).ok();
    assert_eq!(assignee(&ann, &conversation), Value::Null, "it is not given back");
    assert_eq!(ann.all(&of(&ada, "/exit-receipts")).len(), 1);

    remove(&ann, &ada).ok();
    assert_eq!(key.get(&members).status, 401, "for good");
    let living = "select count(*) from api_keys where ended_at is null and substr(name, 1, 6) <> 'MIRROR'";
    assert_eq!(world.database.count(living), 0);
}

#[test]
fn inv_08_a_workspaces_key_dies_with_who_made_it() {
    let world = World::new();
    let (ann, ada) = (world.ann(), world.member_with_role("admin"));
    let (key, _) = with_key(&world, &ada, "workspace", &["member.view"]);
    let members = format!("/api/v1/workspaces/{}/members", ada.workspace);
    key.get(&members).ok();
    let receipt = remove(&ann, &ada).ok();
    assert_eq!(receipt["api_keys_ended"], 1);
    assert_eq!(key.get(&members).status, 401);
}

#[test]
fn inv_04_the_owner_is_removed_deactivated_and_demoted_by_nobody() {
    let world = World::new();
    let (ann, ada) = (world.ann(), world.member_with_role("admin"));
    for by in [&ann, &ada] {
        remove(by, &ann).refused(409, "member.is_owner");
        deactivate(by, &ann).refused(409, "member.is_owner");
        super::put_role(by, &ann, "admin").refused(409, "member.is_owner");
        assert_eq!(can(by, &ann, "member.remove"), "owner");
    }
    let tomorrow = world.clock.now().plus(std::time::Duration::from_secs(86_400)).to_string();
    for by in [&ann, &ada] {
        by.patch(&of(&ann, ""), json!({ "ends_on": tomorrow })).refused(409, "member.is_owner");
    }
}

#[test]
fn inv_04_t_b11_the_owner_of_a_pack_with_several_admins_is_still_the_owner() {
    let world = World::new();
    let ann = super::on_pack(&world.ann(), "aisoule");
    let ada = world.join(&ann, "Ada", "admin");
    remove(&ada, &ann).refused(409, "member.is_owner");
    deactivate(&ada, &ann).refused(409, "member.is_owner");
    super::put_role(&ada, &ann, "agent").refused(409, "member.is_owner");
    remove(&ann, &ada).ok();
}

#[test]
fn d2_nobody_touches_who_stands_above_them_and_equals_touch_each_other() {
    let world = World::new();
    let ann = world.ann();
    let (ada, eve) = (world.member_with_role("admin"), world.member_with_role("admin"));
    let (sue, sam) = (world.member_with_role("supervisor"), world.member_with_role("supervisor"));
    let refusal = deactivate(&sue, &ada).refused(403, "member.above_own_rank");
    assert_eq!((&refusal["permission"], &refusal["decided_by"]), (&json!("member.deactivate"), &json!("role")));
    assert_eq!(can(&sue, &ada, "member.deactivate"), "rank");
    assert_eq!(can(&sue, &sam, "member.deactivate"), true);
    deactivate(&sue, &sam).ok();
    reactivate(&ann, &sam).ok();
    assert_eq!(can(&ada, &eve, "member.remove"), true);
    remove(&ada, &eve).ok();
    deactivate(&sue, &sue).refused(409, "member.oneself");
    assert_eq!(can(&sue, &sue, "member.deactivate"), "self");
    remove(&sue, &sam).refused(403, "forbidden");
}

#[test]
fn inv_03_an_open_offer_of_the_workspace_dies_with_its_receiver() {
    let world = World::new();
    let (ann, ada) = (world.ann(), world.member_with_role("admin"));
    let offer = json!({ "to_member_id": ada.member, "workspace_name": "Acme" });
    let offer = ann.post("ownership-transfers", offer).ok_with(201);
    deactivate(&ann, &ada).ok();
    let known = ann.all("ownership-transfers");
    assert_eq!((&known[0]["id"], &known[0]["state"]), (&offer["id"], &json!("cancelled")));
    assert_eq!(known[0]["to"]["former"], true);
    reactivate(&ann, &ada).ok();
    let accept = format!("ownership-transfers/{}/acceptance", text_of(&offer["id"]));
    ada.post(&accept, json!({})).refused(409, "ownership.transfer_settled");
}

#[test]
fn mem_036_pending_invitations_of_who_left_stay_and_are_accepted_by_nobody() {
    let world = World::new();
    let (ann, sue) = (world.ann(), world.member_with_role("supervisor"));
    sue.post("invitations", json!({ "email": "kim@example.com", "role_key": "agent" })).ok_with(201);
    let token = world.mailed("kim@example.com", "/invite/");
    remove(&ann, &sue).ok();
    let waiting = &ann.all("invitations")[0];
    assert_eq!(waiting["invited_by"]["former"], true);
    let new = json!({
        "name": "Kim", "email": "kim@example.com", "password": crate::support::PASSWORD, "invitation_token": token
    });
    world.browser().post("/api/v1/accounts", new).refused(410, "invitation.gone");
}
