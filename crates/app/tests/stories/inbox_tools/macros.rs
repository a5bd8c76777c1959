//! Macros: all their actions or none, with the rights of whoever runs them.

use serde_json::{Value, json};

use super::{assign, label, offer, show, take_back};
use crate::support::{Person, Reply, World, text_of};

fn make(person: &Person, actions: &Value) -> Reply {
    person.post("macros", json!({ "name": "Macro", "scope": "workspace", "actions": actions }))
}

fn run(person: &Person, conversation: &str, id: &str, seen_seq: i64) -> Reply {
    let asked = json!({ "macro_id": id, "seen_seq": seen_seq });
    person.post(&format!("conversations/{conversation}/macro-runs"), asked)
}

#[test]
fn a_macro_does_all_its_actions_in_one_and_is_undone_as_one() {
    let world = World::new();
    let (ann, bo, conversation) = (world.ann(), world.bo(), world.conversation("Hello"));
    let refund = label(&world, "Refund");
    let actions = json!([
        { "kind": "assign_me" },
        { "kind": "label", "label_id": refund },
        { "kind": "snooze_for", "minutes": 90 },
    ]);
    let id = text_of(&make(&ann, &actions).ok_with(201)["id"]);
    let before = show(&bo, &conversation);
    let ran = run(&bo, &conversation, &id, 1);
    let way_back = offer(&ran);
    let after = ran.ok();
    assert_eq!((&after["assignee"]["id"], &after["status"]), (&json!(bo.member), &json!("snoozed")));
    assert_eq!(after["label_ids"], json!([refund]));
    assert_eq!(bo.get("macros").ok()["items"][0]["usage_count"], 1);
    let rights = "select distinct permission from events where kind in ('macro.run', 'label.applied') order by 1";
    assert_eq!(world.database.column(rights), ["canned_response.use", "label.apply"], "each under its own right");

    take_back(&bo, &way_back).ok();
    let undone = show(&bo, &conversation);
    for field in ["assignee", "status", "snoozed_until", "label_ids", "waiting_since"] {
        assert_eq!(undone[field], before[field], "{field}");
    }
}

#[test]
fn a_macro_that_is_refused_anything_does_nothing() {
    let world = World::new();
    let (ann, bo, conversation) = (world.ann(), world.bo(), world.conversation("Hello"));
    let canned = json!({ "shortcut": "hi", "title": "Hi", "text": "Hi {{customer.name}}", "scope": "workspace" });
    let canned = text_of(&ann.post("canned-responses", canned).ok_with(201)["id"]);
    let refund = label(&world, "Refund");
    let answer = json!({ "kind": "reply", "canned_response_id": canned });
    let actions = json!([{ "kind": "label", "label_id": refund }, answer, { "kind": "status", "status": "solved" }]);
    let id = text_of(&make(&ann, &actions).ok_with(201)["id"]);
    let before = world.recorded();
    let told = run(&bo, &conversation, &id, 1).refused(422, "canned_response.missing_variables");
    assert_eq!(told["missing"], json!(["customer.name"]));
    run(&world.vic(), &conversation, &id, 1).refused(403, "forbidden");
    run(&world.cleo(), &conversation, &id, 1).refused(403, "forbidden");
    assert_eq!(world.recorded(), before);
    assert_eq!(show(&bo, &conversation)["label_ids"], json!([]));

    let named = world.visitor_who(json!({ "name": "Zoë" })).says("Hello");
    let ran = run(&bo, &named, &id, 1);
    assert_eq!(ran.header("guildhall-undo"), None, "what was sent is not taken back");
    assert_eq!(ran.ok()["status"], "solved");
    let said = bo.get(&format!("conversations/{named}/messages")).ok()["items"][1]["text"].clone();
    assert_eq!(said, "Hi Zoë");
    // INV-24 holds for macros too.
    bo.put(&format!("conversations/{named}/status"), json!({ "status": "open" })).ok();
    run(&ann, &named, &id, 1).refused(409, "conversation.stale");
}

#[test]
fn a_macro_gives_nobody_a_right() {
    let world = World::new();
    let (ann, bo, conversation) = (world.ann(), world.bo(), world.conversation("Hello"));
    let actions = json!([{ "kind": "unassign" }]);
    let id = text_of(&make(&ann, &actions).ok_with(201)["id"]);
    assign(&ann, &conversation, &ann).ok();
    let role = json!({ "label": "Reader", "base_role_key": "member", "grants": { "conversation.assign": "none" } });
    let role = text_of(&ann.post("roles", role).ok_with(201)["key"]);
    ann.put(&format!("members/{}/role", bo.member), json!({ "role_key": role })).ok();
    let refused = run(&bo, &conversation, &id, 1).refused(403, "forbidden");
    assert_eq!(refused["permission"], "conversation.assign");
    assert_eq!(show(&ann, &conversation)["assignee"]["id"], ann.member.as_str());
}

#[test]
fn a_macro_that_is_none_is_refused() {
    let world = World::new();
    let bo = world.bo();
    let open = json!({ "kind": "status", "status": "open" });
    let many: Vec<_> = (0..21).map(|_| open.clone()).collect();
    let reply = json!({ "kind": "reply", "canned_response_id": crate::support::fresh_id() });
    for actions in [
        json!([]),
        json!(many),
        json!([reply, reply]),
        json!([{ "kind": "status", "status": "snoozed" }]),
        json!([{ "kind": "erase" }]),
        json!([{ "kind": "status", "status": "open", "more": 1 }]),
    ] {
        assert_eq!(make(&bo, &actions).status, 422, "{actions}");
    }
    let made = make(&bo, &json!([open])).ok_with(201);
    let path = format!("macros/{}", text_of(&made["id"]));
    world.member_with_role("member").delete(&path).refused(403, "forbidden");
    bo.patch(&path, json!({ "version": 1, "name": "Open" })).ok();
    bo.patch(&path, json!({ "version": 1, "name": "Late" })).refused(409, "tool.changed");
    let way_back = offer(&bo.delete(&path));
    take_back(&bo, &way_back).ok();
    assert_eq!(bo.get("macros").ok()["items"][0]["name"], "Open");
}
