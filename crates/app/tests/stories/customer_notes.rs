//! Notes on customers: whom they call, what they carry, who finds them, and what was noted beside them.

use serde_json::{Value, json};

use super::{notes::note, notifications::told, teams::team};
use crate::support::{Person, Reply, World, fresh_id, text_of};

fn customer_of(person: &Person, conversation: &str) -> String {
    text_of(&person.get(&format!("conversations/{conversation}")).ok()["customer"]["id"])
}

/// A new customer's notes.
fn notes_of_somebody(world: &World) -> String {
    format!("customers/{}/notes", customer_of(&world.ann(), &world.conversation("Hello")))
}

fn member(person: &Person) -> Value {
    json!({ "kind": "member", "id": person.member })
}

/// Somebody who may do what a supervisor may, but for seeing notes.
fn blind(world: &World) -> Person {
    let asked = json!({ "label": fresh_id(), "base_role_key": "supervisor", "grants": { "note.view": "none" } });
    let role = text_of(&world.ann().post("roles", asked).ok_with(201)["key"]);
    world.join(&world.ann(), "Zoe", &role)
}

fn undo(person: &Person, gone: &Reply) {
    person.post(&format!("undo/{}", gone.header("guildhall-undo").expect("an offer")), json!({})).ok();
}

#[test]
fn note_001_not_003_a_note_on_a_customer_calls_whom_it_names_and_who_opens_the_profile() {
    let world = World::new();
    let (ann, bo, cleo, vic) = (world.ann(), world.bo(), world.cleo(), world.vic());
    let (agent, blind) = (world.member_with_role("agent"), blind(&world));
    let notes = notes_of_somebody(&world);
    let customer = notes.split('/').nth(1).expect("an id").to_owned();
    let support = team(&ann, json!({ "member_ids": [cleo.member, agent.member] }));
    let called = [json!({ "kind": "team", "id": support["id"] }), member(&blind)];

    // Who would not see it is said before. The agent opens the profiles of its own contacts alone.
    let check = |body: Value| bo.post("mentions/check", body);
    let cannot = check(json!({ "customer_id": customer, "mentions": [&called[0], &called[1], member(&vic)] })).ok();
    let mut reasons: Vec<_> = cannot["cannot_see"].as_array().expect("a list").iter().collect();
    reasons.sort_by_key(|one| text_of(&one["reason"]));
    let says = |one: &Person, team: &Value, reason: &str| json!({ "member_id": one.member, "team_id": team, "reason": reason });
    let expected = [
        says(&agent, &support["id"], "customer"),
        says(&vic, &Value::Null, "mention"),
        says(&blind, &Value::Null, "notes"),
    ];
    assert_eq!(reasons, expected.iter().collect::<Vec<_>>());
    check(json!({ "mentions": [] })).refused(422, "invalid_field");
    let both = json!({ "customer_id": customer, "conversation_id": fresh_id(), "mentions": [] });
    check(both).refused(422, "invalid_field");
    check(json!({ "customer_id": fresh_id(), "mentions": [] })).refused(404, "not_found");

    let streams = (cleo.listen(), blind.listen());
    let asked = json!({ "text": "@Support: write to jane.doe@example.com", "mentions": called });
    let written = bo.post(&notes, asked).ok_with(201);
    let names: Vec<_> = written["mentions"].as_array().expect("mentions").iter().map(|one| &one["name"]).collect();
    assert!(names.len() == 2 && names.contains(&&support["name"]) && names.contains(&&json!("Zoe")), "{names:?}");
    assert_eq!(cleo.all(&notes)[0]["mentions"], written["mentions"]);
    assert_eq!(streams.0.change("customer_note.mentioned")["subject"]["id"], json!(customer));
    let news = told(&cleo, "note.mentioned");
    assert_eq!((&news["actor"]["name"], &news["customer"]["id"]), (&json!("Bo"), &json!(customer)));
    assert_eq!((&news["customer"]["note_id"], &news["conversation"]), (&written["id"], &Value::Null));
    assert_eq!(news["customer"]["excerpt"], "@Support: write to jane.doe@example.com");

    // A changed note calls whom it did not call before.
    let path = format!("{notes}/{}", text_of(&written["id"]));
    let more = json!({ "version": 1, "mentions": [member(&ann), called[0], called[1]] });
    let edited = bo.patch(&path, more).ok();
    assert_eq!((&edited["version"], &edited["edited_at"]), (&json!(2), &Value::Null), "its words are the same");
    assert_eq!(told(&ann, "note.mentioned")["customer"]["note_id"], written["id"]);
    assert_eq!(told(&cleo, "note.mentioned")["happened"], 1, "she knows");
    let changed = world.database.column("select payload from events where kind = 'customer_note.updated'");
    assert!(changed[0].contains(r#""fields":["mentions"]"#), "{changed:?}");
    for silent in [&agent, &blind] {
        assert_eq!(silent.get("notifications").ok()["items"], json!([]), "{} cannot open it", silent.name);
    }

    // What is wrong changes nothing.
    let before = world.recorded();
    let wrong = |mentions: Value| bo.post(&notes, json!({ "text": "You!", "mentions": mentions }));
    wrong(json!([member(&vic)])).refused(422, "mention.not_eligible");
    wrong(json!([{ "kind": "member", "id": customer }])).refused(404, "not_found");
    wrong(json!(vec![member(&cleo); 51])).refused(422, "mention.too_many");
    assert_eq!(world.recorded(), before);
    ann.patch("", json!({ "name": "Acme & Co" })).ok();
    let heard = streams.1.all_until(|frame| frame.data["kind"] == "workspace.updated");
    assert!(heard.iter().all(|frame| !frame.data["kind"].as_str().unwrap_or_default().contains("note")), "{heard:?}");

    // A note that is gone says nothing any more, and neither does the news of it.
    bo.delete(&path).ok_with(204);
    assert_eq!(told(&cleo, "note.mentioned")["customer"]["excerpt"], "");
    change_view(&ann, &cleo);
    assert_eq!(cleo.get("notifications").ok()["items"], json!([]), "what one cannot open is not among the news");
}

/// From now on this member opens no profile.
fn change_view(ann: &Person, member: &Person) {
    let grants = json!({ "customer.view": "none" });
    let asked = json!({ "label": fresh_id(), "base_role_key": "collaborator", "grants": grants });
    let role = text_of(&ann.post("roles", asked).ok_with(201)["key"]);
    ann.put(&format!("members/{}/role", member.member), json!({ "role_key": role })).ok();
}

#[test]
fn note_001_note_007_a_note_on_a_customer_carries_files_for_who_sees_it() {
    let world = World::new();
    let (ann, bo, vic) = (world.ann(), world.bo(), world.vic());
    let (agent, blind) = (world.member_with_role("agent"), blind(&world));
    let visitor = world.visitor();
    let notes = format!("customers/{}/notes", customer_of(&ann, &visitor.says("Hello")));
    let file = bo.upload("contract.txt", b"net 30 days");
    let path = format!("/api/v1/workspaces/{}/attachments/{}", bo.workspace, text_of(&file["id"]));
    ann.get(&path).refused(404, "not_found");
    let written = bo.post(&notes, json!({ "attachments": [file["id"]] })).ok_with(201);
    assert_eq!((&written["text"], &written["attachments"][0]["name"]), (&json!(""), &json!("contract.txt")));
    assert_eq!(vic.all(&notes)[0]["attachments"], written["attachments"]);
    for person in [&ann, &bo, &vic] {
        assert_eq!(person.get(&path).text(), "net 30 days", "{}", person.name);
    }
    for person in [&agent, &blind] {
        person.get(&path).refused(404, "not_found");
    }
    visitor.browser.get(&format!("/widget/v1/attachments/{}", text_of(&file["id"]))).refused(404, "not_found");

    // A file is beside one thing, and only its uploader's to put there.
    let theirs = ann.upload("theirs.txt", b"theirs");
    let before = world.recorded();
    bo.post(&notes, json!({ "text": "Again", "attachments": [file["id"]] })).refused(404, "not_found");
    bo.post(&notes, json!({ "text": "Mine", "attachments": [theirs["id"]] })).refused(404, "not_found");
    bo.post(&notes, json!({ "text": " \n" })).refused(422, "note.empty");
    assert_eq!(world.recorded(), before);

    let one = format!("{notes}/{}", text_of(&written["id"]));
    bo.patch(&one, json!({ "version": 1, "text": "" })).ok();
    let gone = bo.delete(&one);
    ann.get(&path).refused(404, "not_found");
    undo(&bo, &gone);
    assert_eq!(ann.get(&path).text(), "net 30 days", "OWN-10");
}

#[test]
fn inv_19_inv_20_notes_on_customers_are_found_by_who_sees_them_and_only_there() {
    let world = World::new();
    let (ann, bo, vic) = (world.ann(), world.bo(), world.vic());
    let (agent, blind) = (world.member_with_role("agent"), blind(&world));
    let notes = notes_of_somebody(&world);
    let customer = notes.split('/').nth(1).expect("an id").to_owned();
    let text = "Prefers azulejo tiles, jane.doe@example.com";
    let written = bo.post(&notes, json!({ "text": text })).ok_with(201);
    let found = |person: &Person, q: &str| person.all(&format!("search?q={q}"));
    let hit = found(&ann, "azulejo").remove(0);
    assert_eq!((&hit["kind"], &hit["note_id"]), (&json!("customer_note"), &written["id"]));
    assert_eq!((&hit["customer"]["id"], &hit["conversation_id"]), (&json!(customer), &Value::Null));
    assert_eq!(hit["excerpt"], text);
    assert_eq!(found(&vic, "azulejo")[0]["excerpt"], "Prefers azulejo tiles, j***@example.com");
    assert_eq!((found(&ann, "jane.doe").len(), found(&vic, "jane.doe").len()), (1, 0));
    for person in [&agent, &blind] {
        assert_eq!(found(person, "azulejo"), Vec::<Value>::new(), "{}", person.name);
    }
    assert_eq!(ann.all("customers?q=azulejo").len(), 0, "customers are listed by what they are");

    let one = format!("{notes}/{}", text_of(&written["id"]));
    bo.patch(&one, json!({ "version": 1, "text": "Prefers marble" })).ok();
    assert_eq!((found(&ann, "azulejo").len(), found(&ann, "marble").len()), (0, 1));
    let gone = bo.delete(&one);
    assert_eq!(found(&ann, "marble").len(), 0);
    undo(&bo, &gone);
    assert_eq!(found(&ann, "marble").len(), 1);

    // Who becomes part of another customer brings their notes along, and takes them back.
    let whole = customer_of(&ann, &world.conversation("Hello from elsewhere"));
    let merged = ann.post(&format!("customers/{customer}/merge"), json!({ "into": whole }));
    assert_eq!(found(&ann, "marble")[0]["customer"]["id"], json!(whole));
    undo(&ann, &merged);
    assert_eq!(found(&ann, "marble")[0]["customer"]["id"], json!(customer));
}

#[test]
fn note_001_note_012_the_profile_also_shows_what_was_noted_in_the_conversations_one_sees() {
    let world = World::new();
    let (ann, bo, agent) = (world.ann(), world.bo(), world.member_with_role("agent"));
    let visitor = world.visitor();
    let first = visitor.says("Hello");
    note(&bo, &first, "Angry, write to jane.doe@example.com").ok_with(201);
    note(&bo, &first, "Calm again").ok_with(201);
    ann.put(&format!("conversations/{first}/assignment"), json!({ "member_id": agent.member })).ok();
    ann.put(&format!("conversations/{first}/status"), json!({ "status": "archived" })).ok();
    let second = visitor.says("Me again");
    let asked = json!({ "text": "Knows @Ann", "mentions": [member(&ann)] });
    bo.post(&format!("conversations/{second}/notes"), asked).ok_with(201);
    ann.put(&format!("conversations/{second}/assignment"), json!({ "member_id": ann.member })).ok();
    note(&bo, &world.conversation("Somebody else"), "Not this one").ok_with(201);

    let path = format!("customers/{}/conversation-notes", customer_of(&ann, &second));
    let listed = ann.all(&format!("{path}?limit=1"));
    let texts: Vec<_> = listed.iter().map(|one| text_of(&one["text"])).collect();
    assert_eq!(
        texts,
        ["Knows @Ann", "Calm again", "Angry, write to jane.doe@example.com"],
        "newest first, page by page"
    );
    assert_eq!((&listed[0]["conversation_id"], &listed[0]["seq"]), (&json!(second), &json!(2)));
    assert_eq!((&listed[0]["mentions"][0]["name"], &listed[1]["conversation_id"]), (&json!("Ann"), &json!(first)));
    assert_eq!(world.vic().all(&path)[2]["text"], "Angry, write to j***@example.com", "INV-19");
    let own: Vec<_> = agent.all(&path).iter().map(|one| text_of(&one["conversation_id"])).collect();
    assert_eq!(own, [first.clone(), first.clone()], "of the conversations in sight");
    bo.delete(&format!("conversations/{first}/notes/2")).ok();
    assert_eq!(ann.all(&path).len(), 2);
    blind(&world).get(&path).refused(403, "forbidden");
    ann.get(&format!("customers/{}/conversation-notes", fresh_id())).refused(404, "not_found");
}
