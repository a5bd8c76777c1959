//! The log as a file.

use serde_json::{Value, json};

use super::log;
use crate::support::{Person, World, text_of};

#[track_caller]
fn exported(person: &Person, query: &str, kind: &str) -> String {
    let reply = person.get(&format!("audit-events/export?{query}"));
    assert_eq!((reply.status, reply.header("content-type")), (200, Some(kind)), "{}", reply.text());
    let disposition = reply.header("content-disposition").unwrap_or_default();
    assert!(disposition.starts_with("attachment; filename=\"audit-2026-01-05."), "{disposition}");
    reply.text()
}

#[test]
fn an_export_holds_every_entry_as_the_list_shows_it() {
    let world = super::lived_in();
    let ann = world.ann();
    let file = exported(&ann, "format=ndjson", "application/x-ndjson");
    let lines: Vec<Value> = file.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    // Newer than what it holds is only that it was taken.
    let listed = log(&ann, "limit=100");
    assert_eq!(lines, listed[..]);
    assert_eq!(lines[0]["kind"], "audit.exported");
    let denied = exported(&ann, "format=ndjson&outcome=denied", "application/x-ndjson");
    assert_eq!(denied.lines().count(), log(&ann, "outcome=denied").len());
}

#[test]
fn an_export_is_read_in_pieces_and_misses_none() {
    let world = World::new();
    let ann = world.ann();
    (0..250).for_each(|round| drop(ann.patch("", json!({ "name": format!("Acme {round}") })).ok()));
    let table = exported(&ann, "kind=workspace.updated", "text/csv; charset=utf-8");
    assert_eq!(table.lines().count(), 1 + 251, "the heading, the rename at the beginning and every one since");
    assert_eq!(table.lines().filter(|line| line.starts_with("at,chain,seq")).count(), 1);
}

#[test]
fn no_cell_of_the_table_is_a_formula() {
    let world = World::new();
    let ann = world.ann();
    for name in ["=HYPERLINK(\"http://evil.test\")", "+1", "-1", "@SUM(A1)"] {
        ann.patch("", json!({ "name": name })).ok();
        let table = exported(&ann, "", "text/csv; charset=utf-8");
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let subject = reader.headers().expect("a heading").iter().position(|column| column == "subject");
        let mut seen = false;
        for record in reader.records() {
            let record = record.expect("a record of as many cells");
            for cell in &record {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?} begins a formula");
            }
            seen |= record[subject.expect("a column")] == format!("'{name}");
        }
        assert!(seen, "{name} is in the table");
    }
}

#[test]
fn inv_19_who_sees_customers_masked_reads_no_address_in_the_log() {
    let world = World::new();
    let ann = world.ann();
    let said = json!({ "name": "Jane jane.doe@example.com", "email": "jane.doe@example.com" });
    let conversation = world.visitor_who(said).says("Call me at +49 170 1234521");
    let customer = text_of(&ann.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]);
    let change =
        json!({ "phone": "+49 170 1234521", "email": "jane@shop.example", "display_name": "Jane jane@shop.example" });
    ann.patch(&format!("customers/{customer}"), change).ok();
    ann.post("invitations", json!({ "email": "kim.lee@example.com", "role_key": "member" })).ok();
    let secrets = ["jane.doe@", "jane@shop", "1234521", "kim.lee@"];
    let clear = exported(&ann, "format=ndjson", "application/x-ndjson");
    assert!(secrets.iter().all(|secret| clear.contains(secret)), "Ann sees everything: {clear}");

    let auditor = masked_auditor(&world);
    let seen = [
        exported(&auditor, "format=ndjson", "application/x-ndjson"),
        exported(&auditor, "", "text/csv; charset=utf-8"),
        Value::from(log(&auditor, "limit=100")).to_string(),
    ];
    for seen in seen {
        for secret in secrets {
            assert!(!seen.contains(secret), "{secret} is in {seen}");
        }
        assert!(seen.contains("j***@shop.example"), "the masked form is there: {seen}");
    }
    let updated = &log(&auditor, "kind=customer.updated")[0];
    assert_eq!(updated["after"]["phone"], "+49 ••• ••21");
}

/// Somebody who reads the log and sees customers masked, as no role of the default pack does.
fn masked_auditor(world: &World) -> Person {
    let ann = world.ann();
    let grants = json!({
        "audit.view": "any", "member.view": "any", "conversation.view": "any", "customer.view": "any",
        "customer.view_unmasked": "masked",
    });
    let role = json!({ "label": "Auditor", "base_role_key": "viewer", "grants": grants });
    let role = ann.post("roles", role).ok_with(201);
    world.join(&ann, "Iris", &text_of(&role["key"]))
}
