//! Macros: all their actions or none, with the rights of whoever runs them.

use serde_json::{Value, json};

use super::{assign, label, newest, offer, queue, show, take_back};
use crate::support::{Person, Puppet, Reply, World, fresh_id, text_of};

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
fn a_macro_takes_over_notes_and_gives_to_a_team_and_is_undone_as_one() {
    let world = World::with_agent(Puppet::default());
    let (ann, bo, team) = (world.ann(), world.bo(), queue(&world));
    let visitor = world.visitor();
    let conversation = visitor.says("thinking");
    let actions = json!([
        { "kind": "mode", "mode": "manual" },
        { "kind": "note", "text": "Look at the invoice first" },
        { "kind": "assign_team", "team_id": team },
        { "kind": "status", "status": "solved" },
    ]);
    let id = text_of(&make(&ann, &actions).ok_with(201)["id"]);
    let before = show(&ann, &conversation);
    assert_eq!(before["mode"], "ai");
    let ran = run(&bo, &conversation, &id, 1);
    let way_back = offer(&ran);
    let after = ran.ok();
    assert_eq!((&after["mode"], &after["mode_holder"]["id"]), (&json!("manual"), &json!(bo.member)));
    assert_eq!((&after["team"]["id"], &after["status"]), (&json!(team), &json!("solved")));
    let note = newest(&ann, &conversation);
    assert_eq!((&note["direction"], &note["text"]), (&json!("internal"), &json!("Look at the invoice first")));
    assert_eq!(visitor.messages(&conversation).len(), 1, "no customer reads it");

    let undone = take_back(&bo, &way_back).ok();
    assert_eq!(undone["conversation_ids"], json!([conversation]));
    let now = show(&ann, &conversation);
    for field in ["mode", "mode_holder", "team", "assignee", "status", "waiting_since"] {
        assert_eq!(now[field], before[field], "{field}");
    }
    let note = newest(&ann, &conversation);
    assert_eq!((&note["deleted"], &note["text"]), (&json!(true), &json!("")));
    let changes = ann.get(&format!("conversations/{conversation}/mode")).ok()["changes"].clone();
    let causes: Vec<_> = changes.as_array().expect("changes").iter().map(|change| &change["cause"]).collect();
    assert_eq!(causes, ["undo", "take_over"], "INV-21: each stands in the history");
}

#[test]
fn a_macro_that_gives_to_the_ai_is_undone_to_who_answered_before_unless_somebody_went_on() {
    let world = World::with_agent(Puppet::default());
    let (ann, bo) = (world.ann(), world.bo());
    let mode = |person: &Person, conversation: &str, mode: &str| {
        person.put(&format!("conversations/{conversation}/mode"), json!({ "mode": mode })).ok();
    };
    let made = |actions: Value| text_of(&make(&ann, &actions).ok_with(201)["id"]);
    let to_ai = made(json!([{ "kind": "mode", "mode": "ai" }, { "kind": "status", "status": "solved" }]));
    let mine = made(json!([{ "kind": "mode", "mode": "manual" }]));
    let noted = made(json!([{ "kind": "note", "text": "Noted" }, { "kind": "mode", "mode": "manual" }]));
    let stands = |conversation: &str| {
        let shown = show(&ann, conversation);
        (text_of(&shown["mode"]), shown["mode_holder"]["name"].as_str().map(str::to_owned), text_of(&shown["status"]))
    };
    let (anns, ais) =
        (("manual".to_owned(), Some("Ann".to_owned()), "open".to_owned()), ("ai".to_owned(), None, "open".to_owned()));

    // Opening it again has the AI asked anew on the way back, which is nobody who went on.
    let conversation = world.conversation("thinking");
    mode(&ann, &conversation, "manual");
    let way_back = offer(&run(&bo, &conversation, &to_ai, 1));
    take_back(&bo, &way_back).ok();
    assert_eq!(stands(&conversation), anns);

    // Out of a colleague's hands and back into them.
    let way_back = offer(&run(&bo, &conversation, &mine, 1));
    assert_eq!(stands(&conversation).1.as_deref(), Some("Bo"));
    take_back(&bo, &way_back).ok();
    assert_eq!(stands(&conversation), anns);

    // A colleague went on, and back to where it was: that is theirs.
    let conversation = world.conversation("thinking");
    let way_back = offer(&run(&bo, &conversation, &noted, 1));
    mode(&ann, &conversation, "manual");
    take_back(&bo, &way_back).refused(409, "undo.overtaken");
    assert_eq!(stands(&conversation), anns);
    mode(&ann, &conversation, "ai");
    take_back(&bo, &way_back).refused(409, "undo.overtaken");
    assert_eq!((stands(&conversation), &newest(&ann, &conversation)["text"]), (ais, &json!("Noted")), "not by halves");

    // Nor is a note taken away that was gone on with.
    let note = made(json!([{ "kind": "note", "text": "Noted" }]));
    let way_back = offer(&run(&bo, &conversation, &note, 1));
    let seq = newest(&bo, &conversation)["seq"].clone();
    let path = format!("conversations/{conversation}/notes/{seq}");
    bo.patch(&path, json!({ "version": 1, "text": "Noted, and more" })).ok();
    take_back(&bo, &way_back).refused(409, "undo.overtaken");
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

    // Vic may run macros, and neither write notes nor say who answers.
    let role = json!({ "label": "Runner", "base_role_key": "viewer", "grants": { "canned_response.use": "any" } });
    let role = text_of(&ann.post("roles", role).ok_with(201)["key"]);
    let vic = world.vic();
    ann.put(&format!("members/{}/role", vic.member), json!({ "role_key": role })).ok();
    for (action, permission) in [
        (json!({ "kind": "note", "text": "Noted" }), "note.create"),
        (json!({ "kind": "mode", "mode": "manual" }), "conversation.take_manual"),
        (json!({ "kind": "mode", "mode": "ai" }), "conversation.release_to_ai"),
        (json!({ "kind": "assign_team", "team_id": fresh_id() }), "conversation.assign"),
    ] {
        let id = text_of(&make(&ann, &json!([action])).ok_with(201)["id"]);
        let shown = vic.get("macros").ok();
        let shown = shown["items"].as_array().and_then(|macros| macros.iter().find(|one| one["id"] == id.as_str()));
        assert_ne!(shown.expect("the macro")["can"][permission], true);
        let before = world.recorded();
        assert_eq!(run(&vic, &conversation, &id, 1).refused(403, "forbidden")["permission"], permission);
        assert_eq!(world.recorded(), before, "what was refused left nothing");
    }
}

#[test]
fn a_macro_that_is_none_is_refused() {
    let world = World::new();
    let bo = world.bo();
    let open = json!({ "kind": "status", "status": "open" });
    let many: Vec<_> = (0..21).map(|_| open.clone()).collect();
    let reply = json!({ "kind": "reply", "canned_response_id": fresh_id() });
    for actions in [
        json!([]),
        json!(many),
        json!([reply, reply]),
        json!([{ "kind": "status", "status": "snoozed" }]),
        json!([{ "kind": "erase" }]),
        json!([{ "kind": "note", "text": " \n" }]),
        json!([{ "kind": "note", "text": "x".repeat(10_001) }]),
        json!([{ "kind": "mode", "mode": "handoff" }]),
        json!([{ "kind": "assign_team" }]),
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
