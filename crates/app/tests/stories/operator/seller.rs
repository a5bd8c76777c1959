//! Who invoices are from: the operator says it once, each invoice keeps it, and nobody else decides it.

use guildhall::TillChoice;
use serde_json::{Value, json};

use super::admin;
use crate::{
    stories::billing::CATALOGUE,
    support::{Person, World, ran, text_of},
};

const SELLER: &str = "/api/v1/operator/seller";

pub fn selling() -> World {
    let world = World::with(|settings| settings.till = Some(TillChoice::Manual));
    world.shelve(CATALOGUE);
    let wanted = json!({ "catalogue": "walked", "plan": "starter" });
    world.operator().put(&format!("/api/v1/operator/workspaces/{}/plan", world.workspace()), wanted).ok();
    world
}

/// The owner orders something; its invoice as a page to print.
pub fn ordered(ann: &Person) -> String {
    let changed = ann.put("billing/plan", json!({ "plan": "growth", "interval": "month" })).ok();
    document(ann, &text_of(&changed["invoice"]["id"]))
}

fn document(ann: &Person, invoice: &str) -> String {
    ann.get(&format!("billing/invoices/{invoice}/document")).text()
}

/// Every invoice, newest first.
pub fn documents(ann: &Person) -> Vec<String> {
    ann.all("billing/invoices").iter().map(|invoice| document(ann, &text_of(&invoice["id"]))).collect()
}

#[test]
fn an_invoice_names_whom_it_was_issued_by_whatever_is_said_later() {
    let world = selling();
    let (olga, ann) = (world.operator(), world.ann());
    assert_eq!(olga.get(SELLER).ok(), json!({ "seller": null }));
    let nobodys = ordered(&ann);
    assert!(!nobodys.contains("<address>"), "{nobodys}");

    let said = json!({ "name": " Harbour <b>Supplies</b> ", "details": "1 Pier Road\r\n\"Docks\" & Sons\nVAT 7\n" });
    let kept = json!({ "name": "Harbour <b>Supplies</b>", "details": "1 Pier Road\n\"Docks\" & Sons\nVAT 7" });
    assert_eq!(olga.put(SELLER, said.clone()).ok()["seller"], kept);
    assert_eq!(olga.get(SELLER).ok()["seller"], kept);
    let head = "<main><address><b>Harbour &lt;b&gt;Supplies&lt;/b&gt;</b><br>1 Pier Road<br>&quot;Docks&quot; &amp; Sons\
                <br>VAT 7</address><header>";
    let first = ordered(&ann);
    assert!(first.contains(head), "{first}");

    olga.put(SELLER, json!({ "name": "Acme Holding", "details": "" })).ok();
    let second = ordered(&ann);
    assert!(second.contains("<address><b>Acme Holding</b></address>"), "{second}");
    let pages = documents(&ann);
    let heads = |text: &str| pages.iter().filter(|page| page.contains(text)).count();
    assert_eq!((pages.len(), heads("Acme Holding"), heads(head), heads("<address>")), (3, 1, 1, 2), "{pages:?}");

    // What is said again is no change; each change is the operator's, and tells what was before.
    olga.put(SELLER, json!({ "name": "Acme Holding", "details": "" })).ok();
    let recorded = "from instance_events e join instance_event_details d on d.chain = e.chain and d.seq = e.seq
                    where e.kind = 'seller.changed' order by e.seq";
    assert_eq!(world.database.column(&format!("select e.actor_kind {recorded}")), ["operator", "operator"]);
    let told: Vec<Value> = world
        .database
        .column(&format!("select d.details {recorded}"))
        .iter()
        .map(|details| serde_json::from_str(details).expect("details"))
        .collect();
    assert_eq!((&told[0]["before"], &told[0]["after"]), (&Value::Null, &kept));
    assert_eq!((&told[1]["before"], &told[1]["after"]["name"]), (&kept, &json!("Acme Holding")));
}

#[test]
fn what_is_no_seller_is_refused_and_changes_nothing_and_nobody_else_decides() {
    let world = World::new();
    let (olga, ann) = (world.operator(), world.ann());
    let said = json!({ "name": "Harbour Supplies", "details": "VAT 7" });
    olga.put(SELLER, said.clone()).ok();
    let events = || world.database.count("select count(*) from instance_events where kind = 'seller.changed'");
    let before = events();
    let long = |count: usize| "x".repeat(count);
    for (wrong, code, pointer) in [
        (json!({ "name": " ", "details": "" }), "invalid_field", "/name"),
        (json!({ "name": long(201), "details": "" }), "invalid_field", "/name"),
        (json!({ "name": "Two\nlines", "details": "" }), "invalid_field", "/name"),
        (json!({ "name": "Acme", "details": long(1_001) }), "invalid_field", "/details"),
        (json!({ "name": "Acme", "details": "x\n".repeat(10) + "x" }), "invalid_field", "/details"),
        (json!({ "name": "Acme", "details": "a\u{202e}b" }), "invalid_field", "/details"),
        (json!({ "name": "Acme" }), "invalid_field", ""),
        (json!({ "name": "Acme", "details": "", "logo": "x" }), "unknown_field", "/logo"),
    ] {
        let refusal = olga.put(SELLER, wrong).refused(422, code);
        assert_eq!(refusal["errors"][0]["pointer"], pointer, "{refusal}");
    }
    for person in [&ann, &world.gus()] {
        person.get(SELLER).refused(404, "not_found");
        person.put(SELLER, json!({ "name": "Gus", "details": "" })).refused(404, "not_found");
    }
    let (done, printed) = admin(&world, &["seller", "set", "--name", " "]);
    assert!(!done && printed.contains("--name has fewer than 1 characters"), "{printed}");
    assert_eq!((olga.get(SELLER).ok()["seller"].clone(), events()), (said, before));
}

#[test]
fn the_command_line_says_who_invoices_are_from_and_the_doctor_whether_it_was_said() {
    let world = World::new();
    let shown = || admin(&world, &["seller", "show"]).1;
    let examined = |till: &str| {
        let data = world.database.folder.path().to_str().expect("a path");
        ran(&["doctor", "--till", till, "--database-url", &world.database.url, "--data-dir", data]).1
    };
    assert!(shown().contains("Invoices name no seller yet"), "{}", shown());
    assert!(examined("manual").contains("note  Invoices name no seller yet"), "{}", examined("manual"));
    assert!(!examined("none").contains("seller"), "nobody writes invoices there");
    let set = ["seller", "set", "--name", "Harbour Supplies", "--line", "1 Pier Road", "--line", "VAT 7"];
    let (done, printed) = admin(&world, &set);
    assert!(done && printed.contains("\"Harbour Supplies\""), "{printed}");
    assert!(shown().contains("Harbour Supplies\n1 Pier Road\nVAT 7\n"), "{}", shown());
    assert!(examined("manual").contains("ok    Invoices are from \"Harbour Supplies\"."), "{}", examined("manual"));
    let by = world.database.column("select actor_kind from instance_events where kind = 'seller.changed'");
    assert_eq!(by.len(), 1, "{by:?}");
}
