//! Members: made, changed, reviewed, and how they go.

mod abilities;
mod creation;
mod exits;
mod leaving;
mod races;
mod review;
mod rights;
mod streams;

use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, Person, Reply, World, text_of};

/// A member's place in the API, with something below it or not.
fn of(member: &Person, below: &str) -> String {
    format!("members/{}{below}", member.member)
}

#[track_caller]
fn put_role(by: &Person, member: &Person, role: &str) -> Reply {
    by.put(&of(member, "/role"), json!({ "role_key": role }))
}

#[track_caller]
fn deactivate(by: &Person, member: &Person) -> Reply {
    by.put(&of(member, "/deactivation"), json!({}))
}

#[track_caller]
fn reactivate(by: &Person, member: &Person) -> Reply {
    by.delete(&of(member, "/deactivation"))
}

#[track_caller]
fn remove(by: &Person, member: &Person) -> Reply {
    by.delete(&of(member, ""))
}

/// The member as `by` sees them.
#[track_caller]
fn shown(by: &Person, member: &Person) -> Value {
    by.get(&of(member, "")).ok()
}

/// A new browser in which this person signs in.
#[track_caller]
fn signed_in_again(world: &World, person: &Person) -> Person {
    let browser = world.browser();
    let given = json!({ "email": person.email, "password": PASSWORD });
    let cookie = browser.post("/api/v1/sessions", given).cookie();
    Person { browser: browser.with("cookie", &cookie), ..person.clone() }
}

/// A further workspace of this person, on a policy pack.
#[track_caller]
pub(super) fn on_pack(person: &Person, pack: &str) -> Person {
    let made = person.post("/api/v1/workspaces", json!({ "name": format!("On {pack}"), "pack": pack })).ok_with(201);
    let workspace = text_of(&made["id"]);
    let me = person.get("/api/v1/me").ok();
    let places = me["memberships"].as_array().expect("places");
    let here = places.iter().find(|place| place["workspace"]["id"] == json!(workspace)).expect("the new place");
    Person { member: text_of(&here["member_id"]), ..person.clone().in_workspace(&workspace) }
}

/// The permission `can` names for a member, as `by` is told.
#[track_caller]
fn can(by: &Person, member: &Person, permission: &str) -> Value {
    shown(by, member)["can"][permission].clone()
}

/// Every event of the workspace after a sequence: kind, and whether it is a child of an earlier one.
fn recorded_after(world: &World, seq: i64) -> Vec<(String, bool)> {
    let query = format!(
        "select kind, case when parent_seq is null then 'audit' else 'child' end from events
         where seq > {seq} and workspace_id in (select workspace_id from workspaces where name = 'Acme') order by seq"
    );
    let rows = world.database.rows(&query).into_iter();
    rows.map(|mut row| (row[0].take().expect("a kind"), row[1].as_deref() == Some("child"))).collect()
}

/// The newest sequence of Acme.
fn newest(world: &World) -> i64 {
    world.database.count(
        "select h.seq from workspace_heads h join workspaces w on w.workspace_id = h.workspace_id where w.name = 'Acme'",
    )
}

/// An API key of this person, as a client that shows it.
#[track_caller]
fn with_key(world: &World, person: &Person, kind: &str, scopes: &[&str]) -> (Client, String) {
    let wanted = json!({ "name": "Export", "kind": kind, "scopes": scopes });
    let made = person.post("api-keys", wanted).ok_with(201);
    let client = world.browser().with("authorization", &format!("Bearer {}", text_of(&made["key"])));
    (client, text_of(&made["id"]))
}
