//! A conversation taken along: no more than its list shows, and recorded.

use serde_json::json;

use crate::{
    stories::workspaces::samples::literal,
    support::{Person, Reply, World, text_of},
};

fn export(person: &Person, conversation: &str, format: &str) -> Reply {
    person.get(&format!("conversations/{conversation}/export?format={format}"))
}

#[test]
fn an_export_shows_what_its_list_shows_and_is_recorded() {
    let world = World::new();
    let ann = world.ann();
    let visitor = world.visitor_who(json!({ "name": "<script>alert(1)</script>", "email": "zoe@example.com" }));
    let conversation = visitor.says("Write to zoe@example.com <img src=x onerror=alert(1)>");
    let answer = json!({ "text": "Will do & thanks", "seen_seq": 1 });
    ann.post(&format!("conversations/{conversation}/messages"), answer).ok_with(201);
    let note = json!({ "text": "A difficult one" });
    ann.post(&format!("conversations/{conversation}/notes"), note).ok_with(201);

    let text = export(&ann, &conversation, "text");
    assert_eq!(text.header("content-type"), Some("text/plain; charset=utf-8"));
    let text = text.text();
    assert!(text.contains("Write to zoe@example.com") && text.contains("Will do & thanks"), "{text}");
    assert!(text.contains("Ann, internal note\nA difficult one"), "{text}");

    let page = export(&ann, &conversation, "html");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    let policy = page.header("content-security-policy").expect("a policy").to_owned();
    assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"), "{policy}");
    let page = page.text();
    assert!(!page.contains("<script") && !page.contains("<img"), "T-I1: {page}");
    assert!(page.contains("Will do &amp; thanks"));

    let workspace = literal(&ann.workspace);
    let taken = format!(
        "select count(*) from access_events where kind = 'conversation.exported' and workspace_id = {workspace}"
    );
    assert_eq!(world.database.count(&taken), 2);
}

#[test]
fn own_4_an_export_is_masked_as_its_list_is_and_leaves_out_notes_that_one_may_not_see() {
    let world = World::new();
    let ann = world.ann();
    let conversation = world.visitor_who(json!({ "email": "zoe@example.com" })).says("I am zoe@example.com");
    ann.post(&format!("conversations/{conversation}/notes"), json!({ "text": "A difficult one" })).ok_with(201);
    let grants = json!({ "customer.view_unmasked": "masked", "note.view": "none", "search.export": "any" });
    let role = json!({ "label": "Exporter", "base_role_key": "admin", "grants": grants });
    let role = text_of(&ann.post("roles", role).ok_with(201)["key"]);
    let exporter = world.join(&ann, "Exporter", &role);
    for format in ["text", "html"] {
        let text = export(&exporter, &conversation, format).text();
        assert!(text.contains("z***@example.com") && !text.contains("zoe@"), "INV-19: {text}");
        assert!(!text.contains("difficult"), "{text}");
    }
    export(&world.bo(), &conversation, "text").refused(403, "forbidden");
    export(&ann, &crate::support::fresh_id(), "text").refused(404, "not_found");
    export(&ann, &conversation, "pdf").refused(422, "invalid_field");
    export(&world.gus().in_workspace(&ann.workspace), &conversation, "text").refused(404, "not_found");
}
