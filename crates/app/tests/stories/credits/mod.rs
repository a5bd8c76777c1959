//! The pool of credits: what is reserved, spent and given back, by whom, and what is left of it.

mod agent;
mod ledger;
mod members;
mod money;
mod races;

use serde_json::{Value, json};

use crate::support::{Database, PASSWORD, Person, World, ran, text_of};

/// Reserves credits; the reservation's id.
#[track_caller]
fn reserve(person: &Person, amount: i64) -> String {
    let said = json!({ "amount": amount, "cause": "analysis" });
    text_of(&person.post("credits/reservations", said).ok_with(201)["id"])
}

/// Spends what was reserved.
#[track_caller]
fn commit(person: &Person, reservation: &str, said: Value) -> Value {
    person.post(&format!("credits/reservations/{reservation}/commit"), said).ok()
}

#[track_caller]
fn spend(person: &Person, amount: i64) {
    commit(person, &reserve(person, amount), json!({}));
}

/// Balance, and what of it is available.
#[track_caller]
fn pool(person: &Person) -> (i64, i64) {
    let pool = person.get("credits").ok();
    (pool["balance"].as_i64().expect("a number"), pool["available"].as_i64().expect("a number"))
}

/// Kind and amount of every entry, oldest first.
#[track_caller]
fn entries(person: &Person) -> Vec<(String, i64)> {
    let mut entries = person.all("credits/entries?limit=100");
    entries.reverse();
    entries.iter().map(|entry| (text_of(&entry["kind"]), entry["amount"].as_i64().expect("a number"))).collect()
}

/// The same person, signed in anew after a long time.
#[track_caller]
fn signed_in(world: &World, person: &Person) -> Person {
    let said = json!({ "email": person.email, "password": PASSWORD });
    let cookie = world.browser().post("/api/v1/sessions", said).cookie();
    person.clone().with("cookie", &cookie)
}

/// What the operator's proof says of a workspace's ledger.
fn verified(url: &str, workspace: &str) -> (bool, String) {
    ran(&["ledger", "verify", "--workspace", workspace, "--database-url", url])
}

#[track_caller]
fn assert_whole(world: &World) {
    let (whole, said) = verified(&world.database.url, &world.workspace());
    assert!(whole && said.starts_with("whole"), "{said}");
}

/// A workspace's id as it stands in a statement.
fn literal(database: &Database, workspace: &str) -> String {
    match database.is_sqlite() {
        true => format!("x'{}'", workspace.replace('-', "")),
        false => format!("'{workspace}'"),
    }
}
