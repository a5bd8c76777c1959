//! Rights: roles and permission sets of a workspace's own, explanations, previews, and switching packs.

mod escalation;
mod explain;
mod explain_property;
mod packs;
mod previews;
mod roles;
mod sets;
mod settings;

use serde_json::{Value, json};

use crate::support::{Person, Reply, World, text_of};

/// A role of the workspace's own, made by Ann.
#[track_caller]
fn new_role(world: &World, label: &str, base: &str, grants: Value) -> Value {
    let asked = json!({ "label": label, "base_role_key": base, "grants": grants });
    world.ann().post("roles", asked).ok_with(201)
}

fn key(role: &Value) -> String {
    text_of(&role["key"])
}

#[track_caller]
fn patch_role(by: &Person, role: &Value, change: Value) -> Reply {
    let mut change = change;
    if change.get("version").is_none() {
        change["version"] = role["version"].clone();
    }
    by.patch(&format!("roles/{}", key(role)), change)
}

#[track_caller]
fn give_role(by: &Person, member: &Person, role: &str) {
    by.put(&format!("members/{}/role", member.member), json!({ "role_key": role })).ok();
}

#[track_caller]
fn give_sets(by: &Person, member: &Person, sets: &[&str]) -> Reply {
    by.put(&format!("members/{}/permission-sets", member.member), json!({ "permission_set_ids": sets }))
}

/// The role of this key as `by` sees it.
#[track_caller]
fn role_of(by: &Person, key: &str) -> Value {
    let roles = by.all("roles");
    roles.into_iter().find(|role| role["key"] == key).unwrap_or_else(|| panic!("no role {key}"))
}

/// Everything a person may do in their workspace, as `/me` tells it. A session whose rights changed has another token
/// from then on.
#[track_caller]
fn can(person: &mut Person) -> Value {
    let reply = person.get("/api/v1/me");
    if reply.header("set-cookie").is_some() {
        *person = person.clone().with("cookie", &reply.cookie());
    }
    let me = reply.ok();
    let places = me["memberships"].as_array().expect("places");
    let place = places.iter().find(|place| place["workspace"]["id"] == person.workspace.as_str()).expect("a place");
    place["can"].clone()
}

/// The permissions that a person holds, in the order of their names.
#[track_caller]
fn held(person: &mut Person) -> Vec<String> {
    let can = can(person);
    can.as_object()
        .expect("abilities")
        .iter()
        .filter(|(_, able)| **able == true)
        .map(|(name, _)| name.clone())
        .collect()
}

/// A grant of nothing at all, to begin a role with.
fn nothing() -> Value {
    tenancy::Permission::ALL.iter().map(|permission| (permission.name().to_owned(), json!("none"))).collect()
}
