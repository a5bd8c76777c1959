//! Leaving by oneself, and on the day that was set.

use std::time::Duration;

use kernel::DAY;
use serde_json::{Value, json};

use super::{can, of, on_pack, put_role, reactivate, remove, shown, signed_in_again};
use crate::support::{Person, World, text_of, until};

fn leave(person: &Person) -> crate::support::Reply {
    person.post("leave", json!({}))
}

#[test]
fn mem_012_mem_013_mem_014_a_member_leaves_and_the_workspace_stays_as_it_is() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    bo.post(&format!("conversations/{conversation}/messages"), json!({ "text": "Hi", "seen_seq": 1 })).ok_with(201);
    let receipt = leave(&bo).ok();
    assert_eq!((&receipt["how"], &receipt["member_id"]), (&json!("left"), &json!(bo.member)));
    bo.get("conversations").refused(404, "not_found");
    leave(&bo).refused(404, "not_found");
    assert_eq!(shown(&ann, &bo)["status"], "left");
    let messages = ann.get(&format!("conversations/{conversation}/messages")).ok();
    assert_eq!(messages["items"].as_array().map(Vec::len), Some(2), "data is not deleted when a member leaves");
    ann.get("").ok();
    reactivate(&ann, &bo).refused(404, "not_found");
}

#[test]
fn inv_04_the_owner_leaves_only_after_handing_over() {
    let world = World::new();
    let refusal = leave(&world.ann()).refused(403, "forbidden");
    assert_eq!((&refusal["permission"], &refusal["decided_by"]), (&json!("workspace.leave"), &json!("role")));
    // Where the owner's role could leave, as other admins can, the owner still does not.
    let ann = on_pack(&world.ann(), "aisoule");
    let refusal = leave(&ann).refused(409, "workspace.owner_cannot_leave");
    assert!(text_of(&refusal["detail"]).contains("over to somebody else first, or delete"), "{refusal}");
    let ada = world.join(&ann, "Ada", "admin");
    leave(&ada).ok();
}

#[test]
fn own_17_a_membership_ends_by_itself_on_its_day() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    bo.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    let day = world.clock.now().plus(DAY).to_string();
    let told = ann.patch(&of(&bo, ""), json!({ "ends_on": day })).ok();
    assert_eq!(told["ends_on"], json!(day));
    world.clock.advance(DAY - Duration::from_secs(60));
    let (ann, bo) = (signed_in_again(&world, &ann), signed_in_again(&world, &bo));
    bo.get("conversations").ok();
    let stream = bo.listen();
    world.clock.advance(Duration::from_secs(120));
    let closed = stream.until(|frame| frame.event == "closed");
    assert_eq!(closed.data["code"], "membership.ended");
    bo.get("conversations").refused(404, "not_found");
    let receipts = ann.all(&of(&bo, "/exit-receipts"));
    assert_eq!((&receipts[0]["how"], &receipts[0]["conversations_count"]), (&json!("expired"), &json!(1)));
    assert_eq!(shown(&ann, &bo)["status"], "removed");
}

#[test]
fn own_17_an_end_that_was_put_off_or_taken_back_does_not_come() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let set = |person: &Person, day: Value| ann.patch(&of(person, ""), json!({ "ends_on": day })).ok();
    let in_days = |days: u32| json!(world.clock.now().plus(DAY * days).to_string());
    set(&bo, in_days(1));
    set(&bo, in_days(3));
    let vic = world.vic();
    set(&vic, in_days(1));
    assert_eq!(set(&vic, Value::Null)["ends_on"], Value::Null);
    world.clock.advance(DAY * 2);
    let ended = "select count(*) from jobs where kind = 'member.end' and state = 'done'";
    until("both ends of the first day", || (world.database.count(ended) == 2).then_some(()));
    let (ann, bo) = (signed_in_again(&world, &ann), signed_in_again(&world, &bo));
    bo.get("conversations").ok();
    assert_eq!(shown(&ann, &vic)["status"], "active");
}

#[test]
fn own_17_a_day_is_set_by_who_may_remove_and_never_for_oneself() {
    let world = World::new();
    let (ann, bo, sue) = (world.ann(), world.bo(), world.member_with_role("supervisor"));
    let day = json!({ "ends_on": world.clock.now().plus(DAY).to_string() });
    let refusal = sue.patch(&of(&bo, ""), day.clone()).refused(403, "forbidden");
    assert_eq!(refusal["permission"], "member.remove", "a day is a removal, later");
    let ada = world.member_with_role("admin");
    ada.patch(&of(&ada, ""), day.clone()).refused(409, "member.oneself");
    for bad in [json!(world.clock.now().to_string()), json!("tomorrow"), json!("2500-01-01T00:00:00.000Z"), json!(7)] {
        ann.patch(&of(&bo, ""), json!({ "ends_on": bad })).refused(422, "invalid_field");
    }
    assert_eq!(shown(&ann, &bo)["ends_on"], Value::Null);
}

#[test]
fn a_member_can_have_another_name_in_a_workspace() {
    let world = World::new();
    let (ann, bo, sue) = (world.ann(), world.bo(), world.member_with_role("supervisor"));
    let told = sue.patch(&of(&bo, ""), json!({ "display_name": "Bo from Support" })).ok();
    assert_eq!((&told["name"], &told["display_name"]), (&json!("Bo from Support"), &json!("Bo from Support")));
    let conversation = world.conversation("Hello");
    bo.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    let shown_as = |what: &Value| what["assignee"]["name"].clone();
    assert_eq!(shown_as(&ann.get(&format!("conversations/{conversation}")).ok()), "Bo from Support");
    assert_eq!(bo.get("/api/v1/me").ok()["account"]["name"], "Bo", "the account keeps its own");
    let before = world.recorded();
    sue.patch(&of(&bo, ""), json!({ "display_name": "Bo from Support" })).ok();
    assert_eq!(world.recorded(), before, "the same name is no change");
    assert_eq!(sue.patch(&of(&bo, ""), json!({ "display_name": null })).ok()["name"], "Bo");
    bo.patch(&of(&ann, ""), json!({ "display_name": "Boss" })).refused(403, "forbidden");
    sue.patch(&of(&ann, ""), json!({ "display_name": "Boss" })).refused(409, "member.is_owner");
    ann.patch(&of(&ann, ""), json!({ "display_name": "Ann Marsh" })).ok();
}

#[test]
fn inv_13_the_last_who_manages_roles_stays_one() {
    let world = World::new();
    let ann = world.ann();
    let (ada, rex) = (world.member_with_role("admin"), world.member_with_role("admin"));
    let grants = json!({ "role.manage": "none", "api_key.manage": "none", "security.manage": "none" });
    let role = json!({ "label": "People", "base_role_key": "admin", "rank": 80, "grants": grants });
    let role = text_of(&ann.post("roles", role).ok_with(201)["key"]);
    put_role(&ann, &rex, &role).ok();
    assert_eq!(can(&rex, &ada, "member.remove"), true, "the owner manages roles as well");
    // An owner on a light seat manages none.
    world.database.run(
        "update memberships set seat_type = 'collaborator' where role_key = 'owner';
         update workspaces set rights_version = rights_version + 1",
    );
    for permission in ["member.remove", "member.deactivate"] {
        assert_eq!(can(&rex, &ada, permission), "last_manager");
    }
    remove(&rex, &ada).refused(409, "role.last_manager");
    super::deactivate(&rex, &ada).refused(409, "role.last_manager");
    put_role(&rex, &ada, "agent").refused(409, "role.last_manager");
    leave(&ada).refused(409, "role.last_manager");
    let eve = world.join(&ada, "Eve", "admin");
    put_role(&rex, &ada, "agent").ok();
    leave(&eve).refused(409, "role.last_manager");
}
