//! T-B3: each permission for settings opens its own doors, and what is said there changes what belongs to them alone.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tenancy::Permission;

use super::{give_role, key, nothing, patch_role};
use crate::{
    house::{Operation, doors::filled, operations},
    stories::workspaces::samples::body,
    support::{BY_ITSELF, Person, World, tables},
};

/// What looks after a workspace rather than its work.
const SETTINGS: [&str; 12] = [
    "workspace.edit_settings",
    "workspace.delete",
    "workspace.transfer_ownership",
    "member.invite",
    "member.edit",
    "member.change_role",
    "member.deactivate",
    "member.remove",
    "role.manage",
    "security.manage",
    "channel.manage",
    "api_key.manage",
];

fn opens(operation: &Operation, permission: &str) -> bool {
    operation.permission.as_deref().is_some_and(|needed| needed.split('|').any(|needed| needed == permission))
}

/// The doors that change settings.
fn settings_doors() -> Vec<Operation> {
    let settings = |operation: &Operation| SETTINGS.iter().any(|permission| opens(operation, permission));
    operations().into_iter().filter(|operation| operation.method != "GET" && settings(operation)).collect()
}

type Tables = BTreeMap<String, Vec<Vec<Option<String>>>>;

/// Every row of the tables of workspaces, but for what refusals leave and what the house does in its own time.
fn everything(world: &World) -> Tables {
    let kept = |table: &str| !table.starts_with("access_") && table != "jobs" && !BY_ITSELF.contains(&table);
    let tables = tables(&world.database).into_iter().map(|(table, _)| table).filter(|table| kept(table));
    tables.map(|table| (table.clone(), world.database.rows(&format!("select * from {table}")))).collect()
}

fn changed(before: &Tables, after: &Tables) -> Vec<String> {
    before.iter().filter(|(table, rows)| after[*table] != **rows).map(|(table, _)| table.clone()).collect()
}

#[test]
fn t_b3_each_settings_permission_opens_its_own_doors_and_no_others() {
    let world = World::new();
    let ann = world.ann();
    let asked = json!({ "label": "One thing", "base_role_key": "agent", "grants": nothing() });
    let mut role = ann.post("roles", asked).ok_with(201);
    let mal = world.member_with_role("agent");
    give_role(&ann, &mal, &key(&role));
    // Once seen to be here, for a while nothing is noted any more.
    mal.get("").refused(403, "forbidden");
    let knocks: Vec<_> = settings_doors()
        .into_iter()
        .map(|operation| {
            let said = (operation.method != "DELETE").then(|| body(&world, &operation.name).unwrap_or(json!({})));
            (filled(&world, &operation), said, operation)
        })
        .collect();
    assert!(knocks.len() > 20);
    for permission in SETTINGS {
        let mut grants = nothing();
        grants[permission] = json!("any");
        role = patch_role(&ann, &role, json!({ "grants": grants })).ok();
        let before = everything(&world);
        for (path, said, operation) in knocks.iter().filter(|(.., operation)| !opens(operation, permission)) {
            let refusal = mal.browser.send(&operation.method, path, said.clone()).refused(403, "forbidden");
            assert_eq!(refusal["decided_by"], "role", "{} with {permission}", operation.name);
        }
        let changed = changed(&before, &everything(&world));
        assert_eq!(changed, Vec::<String>::new(), "by somebody with {permission} alone");
    }
}

/// What a settings door does not know it refuses whole; nothing else of the workspace moves with it.
#[test]
fn t_b3_t_b8_a_settings_door_takes_its_own_fields_alone() {
    let world = World::new();
    let ann = world.ann();
    let foreign = [
        "pack",
        "pack_version",
        "state",
        "entitlements",
        "rights_version",
        "workspace_id",
        "id",
        "owner_membership_id",
        "is_owner",
        "role_key",
        "seat_type",
        "grants",
        "rank",
        "permissions",
        "created_by",
        "created_at",
        "status",
        "version",
        "plan",
        "credits",
        "token_hash",
    ];
    for operation in settings_doors().into_iter().filter(|operation| operation.method != "DELETE") {
        let Some(said) = body(&world, &operation.name) else { continue };
        let path = filled(&world, &operation);
        let before = everything(&world);
        for field in foreign.into_iter().filter(|field| said.get(field).is_none()) {
            let mut more = said.clone();
            more[field] = json!("any");
            let reply = ann.browser.send(&operation.method, &path, Some(more));
            // Some fields are the door's own, and then wrong as text.
            assert_eq!(reply.status, 422, "{} with {field}: {}", operation.name, reply.text());
        }
        assert_eq!(changed(&before, &everything(&world)), Vec::<String>::new(), "{}", operation.name);
    }
}

/// Renaming the workspace is all that who edits its settings can do at its door.
#[test]
fn t_b3_the_workspaces_own_door_changes_its_name_alone() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let mut grants = nothing();
    grants[Permission::WorkspaceEditSettings.name()] = json!("any");
    let asked = json!({ "label": "Namer", "base_role_key": "agent", "grants": grants });
    give_role(&ann, &bo, &key(&ann.post("roles", asked).ok_with(201)));
    let row = |world: &World| -> Vec<Vec<Option<String>>> {
        world.database.rows("select pack, pack_version, state, entitlements, deletion_at from workspaces")
    };
    let before = row(&world);
    rename(&bo, "Acme Books");
    assert_eq!(row(&world), before);
    bo.get("").refused(403, "forbidden");
}

fn rename(by: &Person, name: &str) -> Value {
    by.patch("", json!({ "name": name })).ok()
}
