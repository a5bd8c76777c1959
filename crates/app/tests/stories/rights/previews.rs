//! Looking at the workspace as somebody else (OWN-2).

use std::time::Duration;

use serde_json::{Value, json};

use super::{can, held, nothing};
use crate::{
    house::{Operation, doors::filled, operations},
    stories::workspaces::samples::body,
    support::{Person, World, fresh_id, text_of},
};

const HEADER: &str = "guildhall-preview";

/// Doors whose answer says who reads it: which member one is, how one stands to the others, what one uploaded and has
/// not sent, whether one's own address is proven.
const ABOUT_THE_READER: [&str; 5] =
    ["attachment_show", "bulk_action_show", "member_show", "members_list", "onboarding_show"];

#[track_caller]
fn start(by: &Person, wanted: Value) -> Value {
    by.post("previews", wanted).ok_with(201)
}

/// The same person, looking through a preview.
fn through(person: &Person, preview: &Value) -> Person {
    person.clone().with(HEADER, &text_of(&preview["id"]))
}

#[track_caller]
fn looking(by: &Person, wanted: Value) -> Person {
    through(by, &start(by, wanted))
}

/// The GET doors of a workspace, but for streams and what is about the reader alone.
fn readable() -> impl Iterator<Item = Operation> {
    operations().into_iter().filter(|operation| {
        operation.method == "GET"
            && operation.admits == "member"
            && operation.permission.is_some()
            && !operation.streams
    })
}

#[test]
fn own_2_a_preview_of_a_role_shows_what_its_holders_see_and_what_they_may() {
    let world = World::new();
    let (ann, mut vic) = (world.ann(), world.vic());
    let visitor = world.visitor_who(json!({ "email": "kim@customers.example.com", "name": "Kim" }));
    let conversation = visitor.says("Write to kim@customers.example.com");
    let preview = start(&ann, json!({ "role_key": "viewer" }));
    assert_eq!((&preview["kind"], &preview["label"]), (&json!("role"), &json!("Viewer")));
    let mut seen = through(&ann, &preview);
    let (mut shown, theirs) = (can(&mut seen), can(&mut vic));
    // But for what Ann herself, who owns the place, may not.
    assert_eq!(shown["workspace.leave"], "preview");
    shown["workspace.leave"] = json!(true);
    assert_eq!(shown, theirs);
    let customer = text_of(&vic.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]);
    for operation in readable().filter(|operation| !ABOUT_THE_READER.contains(&operation.name.as_str())) {
        let path = operation.path.replace("{workspace_id}", &ann.workspace).replace("{conversation_id}", &conversation);
        let path = path.replace("{customer_id}", &customer);
        let path = if path.contains('{') { filled(&world, &operation) } else { path };
        let (mine, theirs) = (seen.browser.get(&path), vic.browser.get(&path));
        assert_eq!((mine.status, &mine.body["items"]), (theirs.status, &theirs.body["items"]), "{}", operation.name);
        if theirs.status == 200 {
            assert_eq!(mine.bytes, theirs.bytes, "{}", operation.name);
        }
    }
    let shown = seen.get(&format!("customers/{customer}")).text();
    assert!(shown.contains("masked_fields") && !shown.contains("kim@customers"), "{shown}");
    assert_eq!(seen.get("audit-events").refused(403, "forbidden")["decided_by"], "role");
    // Without the header everything is as it was.
    ann.get("audit-events").ok();
}

#[test]
fn own_2_every_door_answers_as_it_does_to_who_holds_the_role() {
    let world = World::new();
    let ann = world.ann();
    for role in ["viewer", "agent", "supervisor", "collaborator"] {
        let (holder, seen) = (world.member_with_role(role), looking(&ann, json!({ "role_key": role })));
        for operation in readable() {
            let path = filled(&world, &operation);
            let (theirs, mine) = (holder.browser.get(&path), seen.browser.get(&path));
            // What is one's own is another's here, and then out of sight.
            let alike = theirs.status == mine.status || [theirs.status, mine.status].contains(&404);
            assert!(alike, "{} as {role}: {} and {}", operation.name, theirs.status, mine.status);
            assert_eq!(theirs.body["decided_by"], mine.body["decided_by"], "{} as {role}", operation.name);
        }
    }
}

#[test]
fn own_2_me_answers_with_what_the_preview_shows() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let me = |person: &Person| person.get("/api/v1/me").ok()["memberships"][0].clone();
    assert_eq!(me(&ann)["preview"], Value::Null);
    let preview = start(&ann, json!({ "role_key": "collaborator" }));
    let place = me(&through(&ann, &preview));
    assert_eq!(place["preview"], preview);
    assert_eq!((&place["seat_type"], &place["role"]["label"]), (&json!("collaborator"), &json!("Collaborator")));
    assert_eq!((&place["member_id"], &place["is_owner"]), (&json!(ann.member), &json!(false)));
    let place = me(&looking(&ann, json!({ "member_id": bo.member })));
    assert_eq!((&place["member_id"], &place["role"]["key"]), (&json!(bo.member), &json!("member")));
    assert_eq!(place["preview"]["label"], "Bo");
    // Of several places only the one that is looked at is another.
    ann.post("/api/v1/workspaces", json!({ "name": "Side" })).ok_with(201);
    let seen = looking(&ann, json!({ "role_key": "viewer" }));
    let places = seen.get("/api/v1/me").ok()["memberships"].clone();
    assert_eq!((&places[0]["can"]["audit.view"], &places[1]["can"]["audit.view"]), (&json!("role"), &json!(true)));
    let lost = ann.clone().with(HEADER, &fresh_id());
    lost.get("/api/v1/me").refused(403, "preview.ended");
}

#[test]
fn own_2_a_draft_is_seen_before_there_is_a_role() {
    let world = World::new();
    let ann = world.ann();
    let draft = json!({ "base_role_key": "viewer", "grants": { "conversation.reply": "own", "note.view": "none" } });
    let preview = start(&ann, draft);
    assert_eq!(preview["kind"], "draft");
    let able = can(&mut through(&ann, &preview));
    assert_eq!((&able["conversation.reply"], &able["note.view"]), (&json!(true), &json!("role")));
    let mut light = looking(&ann, json!({ "role_key": "member", "seat_type": "collaborator" }));
    assert_eq!(can(&mut light)["conversation.reply"], "seat_type");
    assert!(ann.all("roles").iter().all(|role| role["is_builtin"] == true));
    for (wanted, code) in [
        (json!({}), "invalid_value"),
        (json!({ "role_key": "viewer", "member_id": world.bo().member }), "invalid_value"),
        (json!({ "role_key": "viewer", "grants": { "note.view": "any" } }), "invalid_value"),
        (json!({ "role_key": "king" }), "unknown_role"),
        (json!({ "base_role_key": "king" }), "unknown_role"),
        (json!({ "base_role_key": "viewer", "grants": { "no.such": "any" } }), "unknown_permission"),
    ] {
        let refusal = ann.post("previews", wanted).refused(422, "invalid_field");
        assert_eq!(refusal["errors"][0]["code"], code);
    }
}

#[test]
fn own_2_a_member_is_looked_at_as_they_are() {
    let world = World::new();
    let (ann, eve) = (world.ann(), world.member_with_role("agent"));
    let [hers, others] = ["Hello", "Hi"].map(|text| world.conversation(text));
    eve.post(&format!("conversations/{hers}/claim"), json!({})).ok();
    ann.post(&format!("conversations/{others}/claim"), json!({})).ok();
    let seen = looking(&ann, json!({ "member_id": eve.member }));
    let ids = |person: &Person| -> Vec<String> {
        person.all("conversations").iter().map(|conversation| text_of(&conversation["id"])).collect()
    };
    assert_eq!(ids(&seen), ids(&eve));
    assert!(ids(&seen).contains(&hers) && !ids(&seen).contains(&others));
    seen.get(&format!("conversations/{others}")).refused(404, "not_found");
    assert_eq!(seen.get("counters").ok()["views"], eve.get("counters").ok()["views"]);
    let gone = world.member_with_role("agent");
    ann.put(&format!("members/{}/deactivation", gone.member), json!({})).ok();
    ann.post("previews", json!({ "member_id": gone.member })).refused(404, "not_found");
    ann.post("previews", json!({ "member_id": fresh_id() })).refused(404, "not_found");
}

#[test]
fn own_2_nobody_sees_more_through_a_preview_than_as_themselves() {
    let world = World::new();
    let (ann, mut sue) = (world.ann(), world.member_with_role("supervisor"));
    let own = held(&mut sue);
    for wanted in [
        json!({ "role_key": "owner" }),
        json!({ "base_role_key": "owner" }),
        json!({ "base_role_key": "agent", "grants": { "audit.view": "any", "role.manage": "any" } }),
        json!({ "member_id": ann.member }),
    ] {
        let mut seen = looking(&sue, wanted);
        let more: Vec<_> = held(&mut seen).into_iter().filter(|permission| !own.contains(permission)).collect();
        assert_eq!(more, Vec::<String>::new());
        assert_eq!(seen.get("audit-events").refused(403, "forbidden")["decided_by"], "preview");
        for operation in readable() {
            let path = filled(&world, &operation);
            let refused = sue.browser.get(&path).status == 403;
            assert!(!refused || seen.browser.get(&path).status == 403, "{}", operation.name);
        }
    }
    // Who sees only what is their own sees nothing of another's.
    let mut grants = nothing();
    for permission in ["role.view", "member.view"] {
        grants[permission] = json!("any");
    }
    grants["conversation.view"] = json!("own");
    let role = super::key(&super::new_role(&world, "Looker", "agent", grants));
    let eve = world.member_with_role("agent");
    let conversation = world.conversation("Hello");
    world.bo().post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    super::give_role(&ann, &eve, &role);
    let seen = looking(&eve, json!({ "member_id": world.bo().member }));
    seen.get(&format!("conversations/{conversation}")).refused(403, "forbidden");
}

#[test]
fn own_2_nothing_is_changed_through_a_preview() {
    let world = World::new();
    let ann = world.ann();
    let changing: Vec<_> = operations().into_iter().filter(|operation| operation.method != "GET").collect();
    let of_members =
        changing.into_iter().filter(|operation| ["member", "account"].contains(&operation.admits.as_str()));
    let knocks: Vec<_> = of_members
        .map(|operation| {
            let path = if operation.admits == "member" { filled(&world, &operation) } else { operation.path.clone() };
            let said = (operation.method != "DELETE").then(|| body(&world, &operation.name).unwrap_or(json!({})));
            (operation, path, said)
        })
        .collect();
    assert!(knocks.len() > 40);
    for wanted in [json!({ "role_key": "owner" }), json!({ "member_id": world.bo().member })] {
        let seen = looking(&ann, wanted);
        let before = world.written_but_refusals();
        for (operation, path, said) in &knocks {
            let refusal = seen.browser.send(&operation.method, path, said.clone()).refused(403, "preview_read_only");
            assert_eq!(refusal["decided_by"], "preview", "{}", operation.name);
        }
        for operation in readable() {
            // What is read leaves nothing either, but for the note that somebody was refused it.
            seen.browser.get(&operation.path.replace("{workspace_id}", &ann.workspace));
        }
        assert!(world.written_but_refusals() == before, "something was changed");
    }
}

#[test]
fn own_2_a_preview_ends_with_its_session_its_time_or_by_its_beginner() {
    let world = World::new();
    let (ann, sue) = (world.ann(), world.member_with_role("supervisor"));
    let preview = start(&ann, json!({ "role_key": "viewer" }));
    let path = format!("previews/{}", text_of(&preview["id"]));
    // Nobody else's, and no other session's, even of the same person.
    through(&sue, &preview).get("conversations").refused(403, "preview.ended");
    let again =
        world.browser().post("/api/v1/sessions", json!({ "email": ann.email, "password": crate::support::PASSWORD }));
    let elsewhere = Person { browser: world.browser().with("cookie", &again.cookie()), ..ann.clone() };
    through(&elsewhere, &preview).get("conversations").refused(403, "preview.ended");
    elsewhere.delete(&path).refused(404, "not_found");
    sue.delete(&path).refused(404, "not_found");
    through(&ann, &preview).delete(&path).refused(403, "preview_read_only");
    through(&ann, &preview).get("conversations").ok();
    ann.delete(&path).ok_with(204);
    ann.delete(&path).ok_with(204);
    through(&ann, &preview).get("conversations").refused(403, "preview.ended");
    let kinds = "select kind from events where kind like 'preview.%' and parent_seq is null order by seq";
    let real = world.database.column(kinds);
    assert_eq!(real.iter().filter(|kind| *kind == "preview.ended").count(), real.len() / 2);

    let seen = looking(&ann, json!({ "role_key": "viewer" }));
    world.clock.advance(Duration::from_secs(29 * 60));
    seen.get("conversations").ok();
    world.clock.advance(Duration::from_secs(2 * 60));
    seen.get("conversations").refused(403, "preview.ended");
    world.bo().post("previews", json!({ "role_key": "viewer" })).refused(403, "forbidden");
}

#[test]
fn own_2_a_stream_is_filtered_and_ends_with_its_preview() {
    let world = World::new();
    let (ann, eve) = (world.ann(), world.member_with_role("agent"));
    let [seen_by_eve, others] = ["Hello", "Hi"].map(|text| world.conversation(text));
    ann.post(&format!("conversations/{others}/claim"), json!({})).ok();
    let preview = start(&ann, json!({ "member_id": eve.member }));
    let stream = through(&ann, &preview).listen();
    let masked = looking(&ann, json!({ "role_key": "viewer" })).listen();
    for conversation in [&others, &seen_by_eve] {
        ann.put(
            &format!("conversations/{conversation}/snooze"),
            json!({
                "until": world.clock.now().plus(Duration::from_secs(3600)).to_string()
            }),
        )
        .ok();
    }
    let told = stream.change("conversation.snoozed");
    assert_eq!(told["conversation"]["id"], seen_by_eve.as_str(), "the first one is out of Eve's sight");
    let shown = masked.change("conversation.snoozed");
    assert_eq!(shown["conversation"]["can"]["conversation.reply"], "role");
    ann.delete(&format!("previews/{}", text_of(&preview["id"]))).ok_with(204);
    let closed = stream.until(|frame| frame.event == "closed");
    assert_eq!(closed.data["code"], "preview.ended");
    stream.ended();
}

#[test]
fn own_1_own_2_a_preview_explains_what_it_shows() {
    let world = World::new();
    let ann = world.ann();
    let seen = looking(&ann, json!({ "role_key": "viewer" }));
    let told = seen.get("authz/explain?permission=conversation.reply").ok();
    assert_eq!((&told["allowed"], &told["decided_by"]), (&json!(false), &json!("role")));
    let told = seen.get("authz/explain?permission=note.view").ok();
    assert_eq!((&told["allowed"], &told["steps"][0]["step"]), (&json!(true), &json!("preview")));
}
