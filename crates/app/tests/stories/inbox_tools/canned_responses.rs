//! OUT-003: texts that are written once and sent often.

use serde_json::{Value, json};

use super::{offer, take_back};
use crate::{
    stories::workspaces::samples::change_role,
    support::{Person, Reply, World, text_of},
};

fn write(person: &Person, shortcut: &str, text: &str, scope: &str) -> Reply {
    let new = json!({ "shortcut": shortcut, "title": format!("About {shortcut}"), "text": text, "scope": scope });
    person.post("canned-responses", new)
}

fn shortcuts(person: &Person) -> Vec<String> {
    let items = person.get("canned-responses").ok()["items"].clone();
    items.as_array().expect("items").iter().map(|item| text_of(&item["shortcut"])).collect()
}

fn import(person: &Person, query: &str, file: &str) -> Reply {
    let path = format!("/api/v1/workspaces/{}/canned-responses/import{query}", person.workspace);
    person.browser.send_raw("POST", &path, Some(("text/csv", file.as_bytes().to_vec())))
}

#[test]
fn out_003_each_finds_their_own_their_teams_and_everybodys() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let team = json!({ "name": "Support", "strategy": "manual", "member_ids": [bo.member] });
    let team = text_of(&ann.post("teams", team).ok_with(201)["id"]);
    write(&bo, "/Hello", "Hello!", "workspace").ok_with(201);
    write(&bo, "mine", "Mine", "personal").ok_with(201);
    let of_team = json!({ "shortcut": "team", "title": "T", "text": "Ours", "scope": "team", "team_id": team });
    bo.post("canned-responses", of_team.clone()).ok_with(201);
    assert_eq!(shortcuts(&bo), ["hello", "mine", "team"]);
    assert_eq!(shortcuts(&ann), ["hello", "team"], "who manages all finds the teams', but not what is personal");
    let carl = world.member_with_role("member");
    assert_eq!(shortcuts(&carl), ["hello"]);
    carl.post("canned-responses", of_team).refused(422, "invalid_field");

    // A shortcut is taken once in each scope.
    write(&carl, "HELLO", "Again", "workspace").refused(409, "canned_response.shortcut_taken");
    write(&carl, "mine", "Also mine", "personal").ok_with(201);
    world.vic().get("canned-responses").refused(403, "forbidden");
    for (shortcut, text) in [("a b", "x"), ("", "x"), ("x".repeat(41).as_str(), "x"), ("ok", "  \n"), ("a\u{0}", "x")] {
        assert_eq!(write(&bo, shortcut, text, "personal").status, 422, "{shortcut:?}");
    }
}

#[test]
fn out_003_one_changes_ones_own_and_a_deleted_one_comes_back() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let carl = world.member_with_role("member");
    let made = write(&bo, "hello", "Hello!", "workspace").ok_with(201);
    let path = format!("canned-responses/{}", text_of(&made["id"]));
    assert_eq!(made["can"]["canned_response.manage"], true);
    carl.patch(&path, json!({ "version": 1, "text": "Hi" })).refused(403, "forbidden");
    let changed = bo.patch(&path, json!({ "version": 1, "text": "Hello there", "shortcut": "hi" })).ok();
    assert_eq!((&changed["version"], &changed["shortcut"]), (&json!(2), &json!("hi")));
    bo.patch(&path, json!({ "version": 1, "text": "Lost" })).refused(409, "tool.changed");
    ann.patch(&path, json!({ "version": 2, "title": "Greeting" })).ok();

    carl.delete(&path).refused(403, "forbidden");
    let gone = bo.delete(&path);
    let way_back = offer(&gone);
    gone.ok_with(204);
    assert!(shortcuts(&bo).is_empty());
    take_back(&bo, &way_back).ok();
    assert_eq!(shortcuts(&bo), ["hi"]);

    // Somebody took the shortcut, or the right.
    let way_back = offer(&bo.delete(&path));
    write(&ann, "hi", "Hi", "workspace").ok_with(201);
    take_back(&bo, &way_back).refused(409, "canned_response.shortcut_taken");
    change_role(&world, &bo, "viewer");
    take_back(&bo, &way_back).refused(403, "forbidden");
}

#[test]
fn out_003_variables_are_filled_in_for_the_customer_and_what_is_masked_stays_out() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let visitor = world.visitor_who(json!({ "name": "Zoë van Dijk", "email": "zoe@example.com" }));
    let conversation = visitor.says("Hello");
    let text =
        "Hi {{customer.first_name}} <{{customer.email}}>, {{ me.name }} of {{workspace.name}} here. {{nonsense}}";
    let made = write(&ann, "hi", text, "workspace").ok_with(201);
    let path = format!("canned-responses/{}/rendering", text_of(&made["id"]));
    let render = |person: &Person| person.post(&path, json!({ "conversation_id": conversation })).ok();
    let rendered = render(&ann);
    assert_eq!(rendered["text"], "Hi Zoë <zoe@example.com>, Ann of Acme here. {{nonsense}}");
    assert_eq!(rendered["missing"], json!(["nonsense"]));

    let masked = world.member_with_role("agent");
    if masked.get(&format!("conversations/{conversation}")).ok()["customer"]["masked_fields"] != json!([]) {
        let rendered = render(&masked);
        assert!(!text_of(&rendered["text"]).contains("zoe@"), "INV-19");
        assert_eq!(rendered["missing"], json!(["customer.email", "nonsense"]));
    }
    let nameless = world.conversation("Hello");
    let rendered = bo.post(&path, json!({ "conversation_id": nameless })).ok();
    let missing = json!(["customer.first_name", "customer.email", "nonsense"]);
    assert_eq!(rendered["missing"], missing, "nobody is called a visitor to their face");
}

#[test]
fn out_003_uses_are_counted_when_it_is_sent() {
    let world = World::new();
    let (bo, conversation) = (world.bo(), world.conversation("Hello"));
    let id = text_of(&write(&bo, "hi", "Hi there", "personal").ok_with(201)["id"]);
    let answer = json!({ "text": "Hi there", "seen_seq": 1, "canned_response_id": id });
    bo.post(&format!("conversations/{conversation}/messages"), answer).ok_with(201);
    let listed = bo.get("canned-responses").ok()["items"][0].clone();
    assert_eq!(listed["usage_count"], 1);
    assert!(listed["last_used_at"].is_string());
    // What one does not find is sent all the same, and counted for nobody.
    let ann = world.ann();
    let answer = json!({ "text": "Hi there", "seen_seq": 2, "canned_response_id": id });
    ann.post(&format!("conversations/{conversation}/messages"), answer).ok_with(201);
    assert_eq!(bo.get("canned-responses").ok()["items"][0]["usage_count"], 1);
}

#[test]
fn out_003_a_table_comes_in_row_by_row() {
    let world = World::new();
    let bo = world.bo();
    write(&bo, "taken", "There already", "workspace").ok_with(201);
    let file =
        "shortcut,title,text\nbye,Goodbye,\"Bye,\nsee you\"\ntaken,T,Again\nno good,T,x\nempty,T,\n=cmd,T,x\nhi,,Hi\n";
    let told = import(&bo, "?scope=workspace", file).ok();
    assert_eq!(told["created_ids"].as_array().map(Vec::len), Some(2));
    let failures: Vec<(i64, String)> = told["failures"]
        .as_array()
        .expect("failures")
        .iter()
        .map(|failure| (failure["line"].as_i64().expect("a line"), text_of(&failure["code"])))
        .collect();
    let expected = [(4, "canned_response.shortcut_taken"), (5, "invalid"), (6, "invalid_field"), (7, "invalid")];
    assert_eq!(failures, expected.map(|(line, code)| (line, code.to_owned())));
    assert_eq!(shortcuts(&bo), ["bye", "hi", "taken"]);

    let before = world.recorded();
    import(&bo, "?scope=workspace", "name,body\n1,2\n").refused(422, "import.no_table");
    import(&bo, "?scope=team", file).refused(422, "invalid_field");
    import(&bo, "?scope=everywhere", file).refused(422, "invalid_field");
    import(&bo, "?scope=personal", &"x".repeat(1024 * 1024 + 1)).refused(413, "body_too_large");
    let rows: String = (0..501).map(|row| format!("s{row},x\n")).collect();
    import(&bo, "?scope=personal", &format!("shortcut,text\n{rows}")).refused(422, "import.too_many_rows");
    assert_eq!(world.recorded(), before, "nothing came in by halves");
    import(&world.vic(), "?scope=personal", file).refused(403, "forbidden");
    let secret = "select payload from events where kind = 'canned_response.created'";
    let payloads = world.database.column(secret);
    assert!(payloads.iter().all(|payload| !payload.contains("see you")), "events hold no text");
    let _: Vec<Value> = payloads.iter().map(|payload| serde_json::from_str(payload).expect("JSON")).collect();
}
