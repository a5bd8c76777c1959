//! One pack whole: how far every permission reaches for every role.

use std::fmt::Write;

use serde_json::{Map, Value, json};
use tenancy::{Pack, Permission, Relation};

/// The pack as JSON: its roles with a reach for every permission, the catalogue as the pack reads it, its policies.
pub(super) fn json(pack: &Pack) -> Value {
    let roles: Vec<Value> = pack
        .roles
        .iter()
        .map(|role| {
            let grants: Map<String, Value> = Permission::ALL
                .iter()
                .map(|permission| (permission.name().to_owned(), json!(role.grant(*permission).name())))
                .collect();
            json!({
                "key": role.key,
                "label": role.label,
                "rank": role.rank,
                "seat_type": role.seat_type,
                "assignable": role.assignable,
                "description": role.description,
                "grants": grants,
            })
        })
        .collect();
    let permissions: Vec<Value> = Permission::ALL
        .iter()
        .map(|permission| {
            let relation = pack.relation(*permission);
            json!({
                "name": permission.name(),
                "own": (relation != Relation::Nobody).then(|| relation.name()),
                "description": permission.description(),
            })
        })
        .collect();
    let toggles: Map<String, Value> = pack
        .toggles
        .iter()
        .map(|(toggle, permissions)| {
            (toggle.clone(), permissions.iter().map(|permission| permission.name()).collect::<Vec<_>>().into())
        })
        .collect();
    json!({
        "pack": {
            "id": pack.id,
            "version": pack.version,
            "title": pack.title,
            "description": pack.description,
            "owner_role": pack.owner_role,
        },
        "roles": roles,
        "permissions": permissions,
        "policies": pack.policy,
        "toggles": toggles,
        "notifications": pack.notifications,
        "ready_labels": pack.ready_labels(),
    })
}

/// The matrix as a table: a row per permission, a column per role.
pub(super) fn text(pack: &Pack) -> String {
    let mut table = format!("# {} ({} {}): {}\n", pack.title, pack.id, pack.version, pack.description);
    // Writing to a String cannot fail.
    for role in &pack.roles {
        let owner = if role.key == pack.owner_role { ", the owner's" } else { "" };
        let _ = writeln!(
            table,
            "# {}: {}, rank {}, {} seat{owner}: {}",
            role.key,
            role.label,
            role.rank,
            role.seat_type.name(),
            role.description
        );
    }
    let keys: Vec<&str> = pack.roles.iter().map(|role| role.key.as_str()).collect();
    table.push('\n');
    table.push_str(&row("permission", "own is", &keys));
    for permission in Permission::ALL {
        let cells: Vec<_> = pack.roles.iter().map(|role| role.grant(*permission).name()).collect();
        let relation = pack.relation(*permission);
        let own = if relation == Relation::Nobody { "-" } else { relation.name() };
        table.push_str(&row(permission.name(), own, &cells));
    }
    table
}

fn row(permission: &str, own: &str, cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|cell| format!(" {cell:<13}")).collect();
    format!("{permission:<40} {own:<19}{cells}").trim_end().to_owned() + "\n"
}
