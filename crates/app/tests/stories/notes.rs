//! Notes: what members tell each other, and no customer ever hears.

use serde_json::{Value, json};

use super::teams::team;
use crate::support::{Person, Reply, World, fresh_id, text_of};

const SECRET: &str = "zebrafish";

pub(super) fn note(person: &Person, conversation: &str, text: &str) -> Reply {
    person.post(&format!("conversations/{conversation}/notes"), json!({ "text": text }))
}

fn calling(person: &Person, conversation: &str, text: &str, mentions: &[Value]) -> Reply {
    person.post(&format!("conversations/{conversation}/notes"), json!({ "text": text, "mentions": mentions }))
}

fn member(person: &Person) -> Value {
    json!({ "kind": "member", "id": person.member })
}

fn messages(person: &Person, conversation: &str) -> Vec<Value> {
    person.get(&format!("conversations/{conversation}/messages")).ok()["items"].as_array().expect("items").clone()
}

/// Somebody of a role like `base`, but for these grants.
fn somebody_with(world: &World, base: &str, grants: Value) -> Person {
    let asked = json!({ "label": fresh_id(), "base_role_key": base, "grants": grants });
    let role = text_of(&world.ann().post("roles", asked).ok_with(201)["key"]);
    world.join(&world.ann(), &format!("Zoe {}", fresh_id()), &role)
}

#[test]
fn note_007_a_note_reaches_no_customer_on_any_way() {
    let world = World::new();
    let (bo, visitor) = (world.bo(), world.visitor());
    let conversation = visitor.says("Where is my order?");
    // Whoever writes a note has read what the customer wrote, and that alone is told.
    bo.put(&format!("conversations/{conversation}/read"), json!({ "seq": 1 })).ok_with(204);
    let before = visitor.conversations();
    let (inside, outside) = (bo.listen(), visitor.listen());

    let file = bo.upload("margin.txt", format!("our margin, {SECRET}").as_bytes());
    let asked = json!({ "text": format!("Careful: {SECRET}"), "attachments": [file["id"]], "client_id": fresh_id() });
    let written = bo.post(&format!("conversations/{conversation}/notes"), asked.clone()).ok_with(201);
    assert_eq!((&written["direction"], &written["seq"]), (&json!("internal"), &json!(2)));
    assert_eq!((&written["author"]["name"], &written["client_id"]), (&json!("Bo"), &asked["client_id"]));
    assert_eq!(inside.change("note.created")["message"]["text"], asked["text"], "NOTE-012: open pages see it");
    assert_eq!(bo.get(&text_of(&written["attachments"][0]["url"])).text(), format!("our margin, {SECRET}"));
    let shown = bo.get(&format!("conversations/{conversation}")).ok();
    assert_eq!(shown["preview"]["text"], "Where is my order?", "a list shows what was said to or by the customer");
    assert!(!shown["waiting_since"].is_null(), "a note is no answer");

    assert_eq!(visitor.conversations(), before, "not even that there is one");
    let path = format!("/widget/v1/attachments/{}", text_of(&file["id"]));
    visitor.browser.get(&path).refused(404, "not_found");
    let read = format!("/widget/v1/conversations/{conversation}/read");
    visitor.browser.put(&read, json!({ "seq": 2 })).ok_with(204);
    bo.patch(&format!("conversations/{conversation}/notes/2"), json!({ "version": 1, "text": SECRET })).ok();
    bo.post(&format!("conversations/{conversation}/messages"), json!({ "text": "Today", "seen_seq": 1 })).ok_with(201);
    bo.delete(&format!("conversations/{conversation}/notes/2")).ok();
    visitor.says("Thanks");

    let told = outside.all_until(|frame| frame.data["message"]["text"] == "Thanks");
    let kinds: Vec<_> = told.iter().map(|frame| frame.data["kind"].clone()).collect();
    assert!(kinds.iter().all(|kind| !kind.as_str().unwrap_or_default().contains("note")), "{kinds:?}");
    let heard = told.iter().map(|frame| frame.data.to_string()).collect::<String>();
    assert!(!heard.contains(SECRET), "{heard}");
    assert!(told.iter().all(|frame| frame.data["agent_read_seq"] != 2), "nor where one stands: {heard}");
    let seen = visitor.messages(&conversation);
    assert_eq!(
        seen.iter().map(|one| one["text"].clone()).collect::<Vec<_>>(),
        ["Where is my order?", "Today", "Thanks"]
    );
    let noted = messages(&bo, &conversation).remove(1);
    assert_eq!((&noted["deleted"], &noted["text"], &noted["attachments"]), (&json!(true), &json!(""), &json!([])));
}

#[test]
fn note_008_notes_are_for_all_who_see_notes_and_for_nobody_else_anywhere() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    let blind = somebody_with(&world, "supervisor", json!({ "note.view": "none" }));
    let stream = blind.listen();
    let file = bo.upload("inside.txt", b"inside");
    let text = format!("Between us: {SECRET}");
    let asked = json!({ "text": text, "attachments": [file["id"]], "mentions": [member(&blind)] });
    bo.post(&format!("conversations/{conversation}/notes"), asked).ok_with(201);
    let customer = text_of(&bo.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]);
    bo.post(&format!("customers/{customer}/notes"), json!({ "text": text })).ok_with(201);

    for person in [&ann, &bo, &world.vic(), &world.cleo()] {
        assert_eq!(messages(person, &conversation)[1]["text"], text, "{}", person.name);
        let found: Vec<_> = person.all(&format!("search?q={SECRET}")).iter().map(|hit| hit["kind"].clone()).collect();
        assert_eq!(found, ["customer_note", "note"], "{}", person.name);
        assert_eq!(person.all(&format!("conversations?q={SECRET}")).len(), 1, "{}", person.name);
        assert_eq!(person.all(&format!("customers/{customer}/notes"))[0]["text"], text, "{}", person.name);
    }
    assert_eq!(messages(&blind, &conversation).len(), 1);
    assert_eq!(blind.all(&format!("search?q={SECRET}")), Vec::<Value>::new());
    assert_eq!(blind.all(&format!("conversations?q={SECRET}")), Vec::<Value>::new());
    assert_eq!(blind.all("conversations?mentions=me"), Vec::<Value>::new());
    blind.get(&format!("customers/{customer}/notes")).refused(403, "forbidden");
    blind
        .get(&format!("/api/v1/workspaces/{}/attachments/{}", blind.workspace, text_of(&file["id"])))
        .refused(404, "not_found");
    bo.patch(&format!("conversations/{conversation}/notes/2"), json!({ "version": 1, "text": format!("{text}!") }))
        .ok();
    world.ann().patch("", json!({ "name": "Acme & Co" })).ok();
    let heard = stream.all_until(|frame| frame.data["kind"] == "workspace.updated");
    let heard = heard.iter().map(|frame| frame.data.to_string()).collect::<String>();
    assert!(!heard.contains(SECRET) && !heard.contains("note."), "{heard}");

    // What it said before is in the log, for who sees notes.
    let log = |person: &Person| person.get("audit-events?kind=note.updated").ok();
    assert_eq!(log(&ann)["items"][0]["before"]["text"], text);
    let auditor = somebody_with(&world, "supervisor", json!({ "note.view": "none", "audit.view": "any" }));
    assert_eq!(log(&auditor)["items"][0]["before"], Value::Null);
}

#[test]
fn note_013_note_014_note_015_a_mention_calls_whoever_can_come_and_a_collaborator_answers_with_a_note() {
    let world = World::new();
    let (ann, bo, cleo) = (world.ann(), world.bo(), world.cleo());
    let conversation = world.conversation("Does it run on solar power?");
    let stream = cleo.listen();
    let support = team(&ann, json!({ "member_ids": [ann.member] }));
    let everybody = [member(&cleo), json!({ "kind": "team", "id": support["id"] })];
    let written = calling(&bo, &conversation, "@Cleo, does it?", &everybody).ok_with(201);
    let names: Vec<_> = written["mentions"].as_array().expect("mentions").iter().map(|one| &one["name"]).collect();
    assert!(names.len() == 2 && names.contains(&&json!("Cleo")) && names.contains(&&support["name"]), "{names:?}");
    let called = stream.change("note.mentioned");
    assert_eq!((&called["actor"]["name"], &called["message"]["text"]), (&json!("Bo"), &json!("@Cleo, does it?")));
    for person in [&cleo, &ann] {
        assert_eq!(person.all("conversations?mentions=me").len(), 1, "{}", person.name);
    }
    assert_eq!(bo.all("conversations?mentions=me").len(), 0);

    // NOTE-015, and ROL: a light seat consults and never reaches a customer.
    assert_eq!(note(&cleo, &conversation, "It does.").ok_with(201)["author"]["name"], "Cleo");
    let reply = json!({ "text": "It does.", "seen_seq": 3 });
    let refused = cleo.post(&format!("conversations/{conversation}/messages"), reply).refused(403, "forbidden");
    assert_eq!(refused["decided_by"], "role");
    assert_eq!(world.database.column("select count(*) from messages where direction = 'outbound'")[0], "0");

    // Who cannot see it is told before it is sent.
    let agent = world.member_with_role("agent");
    ann.put(&format!("conversations/{conversation}/assignment"), json!({ "member_id": ann.member })).ok();
    let check =
        |mentions: Value| bo.post("mentions/check", json!({ "conversation_id": conversation, "mentions": mentions }));
    let before = world.recorded();
    let blind = check(json!([member(&agent), member(&cleo), member(&world.vic())])).ok();
    let told = |one: &Person, reason: &str| json!({ "member_id": one.member, "team_id": null, "reason": reason });
    let blind = blind["cannot_see"].as_array().expect("a list");
    assert!(
        blind.len() == 2
            && blind.contains(&told(&agent, "conversation"))
            && blind.contains(&told(&world.vic(), "mention")),
        "{blind:?}"
    );
    assert_eq!(world.recorded(), before);
    let quiet = json!({ "kind": "member", "id": world.vic().member });
    calling(&bo, &conversation, "@Vic", &[quiet]).refused(422, "mention.not_eligible");
    calling(&bo, &conversation, "@Nobody", &[json!({ "kind": "member", "id": conversation })])
        .refused(404, "not_found");
    assert_eq!(world.recorded(), before);
    let silent = somebody_with(&world, "member", json!({ "note.mention": "none" }));
    calling(&silent, &conversation, "@Cleo", &[member(&cleo)]).refused(403, "forbidden");

    for crowd in [51, 10_000] {
        let crowd: Vec<_> = (0..crowd).map(|_| member(&cleo)).collect();
        let refused = calling(&bo, &conversation, "@everybody", &crowd);
        assert!([413, 422].contains(&refused.status), "{}", refused.status);
        let refused = check(json!(crowd));
        assert!([413, 422].contains(&refused.status), "{}", refused.status);
    }
    assert_eq!(bo.get(&format!("conversations/{conversation}")).ok()["last_seq"], 3);
}

#[test]
fn a_note_is_its_authors_and_changed_notes_call_whom_they_did_not_before() {
    let world = World::new();
    let (ann, bo, cleo) = (world.ann(), world.bo(), world.cleo());
    let conversation = world.conversation("Hello");
    let path = format!("conversations/{conversation}/notes/2");
    let written = note(&bo, &conversation, "First").ok_with(201);
    assert_eq!(written["can"], json!({ "note.edit": true, "note.delete": true }));
    let theirs = messages(&cleo, &conversation).remove(1);
    assert_eq!(theirs["can"], json!({ "note.edit": "relation", "note.delete": "relation" }));
    cleo.patch(&path, json!({ "version": 1, "text": "Mine" })).refused(403, "forbidden");
    cleo.delete(&path).refused(403, "forbidden");
    bo.patch(&format!("conversations/{conversation}/notes/1"), json!({ "version": 1, "text": "No note" }))
        .refused(404, "not_found");

    let stream = cleo.listen();
    let edited = bo.patch(&path, json!({ "version": 1, "text": "Second", "mentions": [member(&cleo)] })).ok();
    assert_eq!((&edited["text"], &edited["version"]), (&json!("Second"), &json!(2)));
    assert!(edited["edited_at"].is_string());
    assert_eq!(stream.change("note.mentioned")["message"]["text"], "Second");
    bo.patch(&path, json!({ "version": 1, "text": "Third" })).refused(409, "note.changed");
    bo.patch(&path, json!({ "version": 2, "text": "  " })).refused(422, "message.empty");
    assert_eq!((bo.all("search?q=Second").len(), bo.all("search?q=First").len()), (1, 0));
    let before = world.recorded();
    bo.patch(&path, json!({ "version": 2, "text": "Second" })).ok();
    assert_eq!(world.recorded(), before, "the same again is no change");

    let undo = |gone: &Reply| format!("undo/{}", gone.header("guildhall-undo").expect("an offer"));
    let gone = ann.delete(&path);
    ann.post(&undo(&gone), json!({})).ok();
    assert_eq!((bo.all("search?q=Second").len(), cleo.all("conversations?mentions=me").len()), (1, 1), "OWN-10");
    ann.delete(&path).ok();
    assert_eq!((bo.all("search?q=Second").len(), cleo.all("conversations?mentions=me").len()), (0, 0));
    bo.delete(&path).refused(404, "not_found");
    let left = messages(&bo, &conversation).remove(1);
    assert_eq!((&left["deleted"], &left["can"]), (&json!(true), &json!({})));
}

#[test]
fn note_001_notes_on_a_customer_stand_on_the_profile() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    let customer = text_of(&bo.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]);
    let notes = format!("customers/{customer}/notes");
    let first = bo.post(&notes, json!({ "text": "Prefers the phone" })).ok_with(201);
    ann.post(&notes, json!({ "text": "Pays late", "pinned": true })).ok_with(201);
    let listed = bo.all(&notes);
    assert_eq!((&listed[0]["text"], &listed[0]["pinned"]), (&json!("Pays late"), &json!(true)));
    assert_eq!((&listed[1]["author"]["name"], &listed[1]["can"]["note.edit"]), (&json!("Bo"), &json!(true)));

    let path = format!("{notes}/{}", text_of(&first["id"]));
    let edited = bo.patch(&path, json!({ "version": 1, "text": "Prefers mail", "pinned": true })).ok();
    assert_eq!(
        (&edited["text"], &edited["pinned"], &edited["version"]),
        (&json!("Prefers mail"), &json!(true), &json!(2))
    );
    bo.patch(&path, json!({ "version": 1, "text": "Prefers letters" })).refused(409, "note.changed");
    bo.post(&notes, json!({ "text": " " })).refused(422, "note.empty");
    world.cleo().delete(&path).refused(403, "forbidden");
    world.vic().post(&notes, json!({ "text": "Me too" })).refused(403, "forbidden");
    let gone = bo.delete(&path);
    assert_eq!(bo.all(&notes).len(), 1);
    bo.delete(&path).refused(404, "not_found");
    bo.post(&format!("undo/{}", gone.header("guildhall-undo").expect("an offer")), json!({})).ok();
    assert_eq!(bo.all(&notes).len(), 2, "OWN-10");
}

#[test]
fn t_f8_t_i1_notes_are_text_however_they_read_and_masked_readers_get_no_address() {
    let world = World::new();
    let (bo, vic) = (world.bo(), world.vic());
    let conversation = world.conversation("Hello");
    let customer = text_of(&bo.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]);
    let payloads = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "![x](data:text/html,<script>alert(1)</script>)",
        "<svg><animate onbegin=alert(1)>",
        "a\r\nBcc: b@example.com\r\n\r\nbody",
        "{{constructor.constructor('alert(1)')()}}",
        "\u{202e}gnp.exe",
    ];
    for payload in payloads {
        assert_eq!(note(&bo, &conversation, payload).ok_with(201)["text"], payload);
        let stored = bo.post(&format!("customers/{customer}/notes"), json!({ "text": payload })).ok_with(201);
        assert_eq!(stored["text"], payload);
    }
    let before = world.recorded();
    for bad in [json!("x".repeat(10_001)), json!("a\u{0}b"), json!(7), Value::Null] {
        bo.post(&format!("conversations/{conversation}/notes"), json!({ "text": bad })).refused(422, "invalid_field");
        bo.post(&format!("customers/{customer}/notes"), json!({ "text": bad })).refused(422, "invalid_field");
    }
    note(&bo, &conversation, " \n ").refused(422, "message.empty");
    assert_eq!(world.recorded(), before);

    let longest = "é".repeat(10_000);
    assert_eq!(note(&bo, &conversation, &longest).ok_with(201)["text"], longest);
    let text = "Write jane.doe@example.com or call +49 170 1234521";
    let seq = note(&bo, &conversation, text).ok_with(201)["seq"].clone();
    bo.post(&format!("customers/{customer}/notes"), json!({ "text": text })).ok_with(201);
    for shown in [messages(&vic, &conversation).pop(), Some(vic.all(&format!("customers/{customer}/notes")).remove(0))]
    {
        assert_eq!(shown.expect("a note")["text"], "Write j***@example.com or call +49 ••• ••21", "INV-19");
    }
    assert_eq!(vic.all("search?q=jane.doe").len(), 0, "INV-20");
    let masked = somebody_with(&world, "supervisor", json!({ "customer.view_unmasked": "masked", "note.edit": "any" }));
    let path = format!("conversations/{conversation}/notes/{seq}");
    masked.patch(&path, json!({ "version": 1, "text": "Call her" })).refused(403, "customer.masked");

    let warned = note(&bo, &conversation, "Card 4242 4242 4242 4242, password: hunter2").ok_with(201);
    assert_eq!(warned["warnings"], json!(["card_number", "password"]), "NOTE-006: a hint, no refusal");
}
