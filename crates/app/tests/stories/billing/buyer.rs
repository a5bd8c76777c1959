//! Whom invoices are for: who pays says it, each invoice keeps it, and only who sees billing is told of it.

use serde_json::{Value, json};

use crate::{
    stories::operator::seller::{documents, ordered, selling},
    support::{World, fresh_id, text_of},
};

const BUYER: &str = "billing/buyer";

#[test]
fn an_invoice_names_whom_it_was_issued_for_whatever_is_said_later() {
    let world = selling();
    let ann = world.ann();
    let name = text_of(&ann.get("").ok()["name"]);
    assert_eq!(ann.get(BUYER).ok(), json!({ "buyer": null }));
    let nobodys = ordered(&ann);
    assert!(nobodys.contains(&format!("<dl><dt>For</dt><dd>{name}</dd><dt>Issued</dt>")), "{nobodys}");

    let said = json!({ "name": " Acme <b>Books</b> ", "details": "2 Quay\r\nVAT \"8\"\n" });
    let kept = json!({ "name": "Acme <b>Books</b>", "details": "2 Quay\nVAT \"8\"" });
    assert_eq!(ann.put(BUYER, said).ok()["buyer"], kept);
    assert_eq!(ann.get(BUYER).ok()["buyer"], kept);
    let first = ordered(&ann);
    let head = format!(
        "<dl><dt>For</dt><dd><b>Acme &lt;b&gt;Books&lt;/b&gt;</b><br>2 Quay<br>VAT &quot;8&quot;</dd>\
         <dt>Workspace</dt><dd>{name}</dd><dt>Issued</dt>"
    );
    assert!(first.contains(&head), "{first}");

    ann.put(BUYER, json!({ "name": "Acme Holding", "details": "" })).ok();
    let second = ordered(&ann);
    assert!(second.contains("<dt>For</dt><dd><b>Acme Holding</b></dd>"), "{second}");
    let pages = documents(&ann);
    let heads = |text: &str| pages.iter().filter(|page| page.contains(text)).count();
    assert_eq!((pages.len(), heads("Acme Holding"), heads(&head)), (3, 1, 1), "{pages:?}");

    // What is said again is no change; each change tells what was before to who may see it in the audit log.
    ann.put(BUYER, json!({ "name": "Acme Holding", "details": "" })).ok();
    let told: Vec<Value> = ann
        .all("audit-events?kind=buyer.changed")
        .into_iter()
        .map(|event| json!([event["before"], event["after"]["name"]]))
        .collect();
    assert_eq!(told, [json!([kept, "Acme Holding"]), json!([null, "Acme <b>Books</b>"])]);
}

#[test]
fn what_is_no_buyer_is_refused_and_changes_nothing_and_who_has_nothing_to_do_with_money_does_not_see_it() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let said = json!({ "name": "Acme Books", "details": "VAT 8" });
    ann.put(BUYER, said.clone()).ok();
    let before = world.recorded();
    for (wrong, code, pointer) in [
        (json!({ "name": " ", "details": "" }), "invalid_field", "/name"),
        (json!({ "name": "Two\nlines", "details": "" }), "invalid_field", "/name"),
        (json!({ "name": "Acme", "details": "x\n".repeat(10) + "x" }), "invalid_field", "/details"),
        (json!({ "name": "Acme" }), "invalid_field", ""),
        (json!({ "name": "Acme", "details": "", "vat": "8" }), "unknown_field", "/vat"),
    ] {
        let refusal = ann.put(BUYER, wrong).refused(422, code);
        assert_eq!(refusal["errors"][0]["pointer"], pointer, "{refusal}");
    }
    bo.get(BUYER).refused(403, "forbidden");
    bo.put(BUYER, json!({ "name": "Bo", "details": "" })).refused(403, "forbidden");
    let elsewhere = format!("/api/v1/workspaces/{}/{BUYER}", fresh_id());
    ann.put(&elsewhere, json!({ "name": "Ann", "details": "" })).refused(404, "not_found");
    assert_eq!((ann.get(BUYER).ok()["buyer"].clone(), world.recorded()), (said, before));
}

#[test]
fn who_reads_the_audit_log_and_sees_no_billing_reads_that_it_was_said_and_not_what() {
    let world = World::new();
    let ann = world.ann();
    let auditor = json!({ "label": "Auditor", "base_role_key": "agent", "grants": { "audit.view": "any" } });
    let auditor = world.join(&ann, "Lea", &text_of(&ann.post("roles", auditor).ok_with(201)["key"]));
    let (told, untold) = (ann.listen(), auditor.listen());
    ann.put(BUYER, json!({ "name": "Acme Books", "details": "VAT 8" })).ok();
    ann.patch("", json!({ "name": "Acme Harbour" })).ok();
    told.change("buyer.changed");
    let heard = untold.all_until(|frame| frame.data["kind"] == "workspace.updated");
    assert!(heard.iter().all(|frame| frame.data["kind"] != "buyer.changed"), "{heard:#?}");
    auditor.get(BUYER).refused(403, "forbidden");
    let page = auditor.get("audit-events?kind=buyer.changed").ok();
    assert_eq!((page["items"].as_array().map(Vec::len), &page["items"][0]["after"]), (Some(1), &Value::Null));
    assert!(!page.to_string().contains("Acme Books") && !page.to_string().contains("VAT 8"), "{page}");
}
