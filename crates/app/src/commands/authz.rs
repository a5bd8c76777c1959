//! `guildhall authz`: who may do what, as text that a reviewer reads.

use std::{collections::BTreeMap, fmt::Write};

use tenancy::{Access, Pack, Permission, Reach, Standing};
use utoipa::openapi::{OpenApi, path::Operation};

/// The rights matrix: a row per operation, a column per role of the pack. A changed right is a changed line.
pub(crate) fn rights(document: &OpenApi, pack: &Pack) -> String {
    let columns: Vec<(&str, Access)> = pack
        .roles
        .iter()
        .map(|role| {
            let standing = Standing {
                role,
                seat_type: role.seat_type,
                is_owner: role.key == pack.owner_role,
                state: "active",
                entitlements: &BTreeMap::new(),
            };
            (role.key.as_str(), Access::of(&standing))
        })
        .collect();
    let mut table =
        format!("# Operation × role of the pack \"{}\", in an active workspace without plan limits.\n", pack.id);
    table.push_str("# yes = everything, own = one's own, - = refused; other doors name whom they admit.\n\n");
    let mut line = |name: &str, permission: &str, cells: &[&str]| {
        let cells: String = cells.iter().map(|cell| format!(" {cell:<12}")).collect();
        let row = format!("{name:<30} {permission:<28}{cells}");
        // Writing to a String cannot fail.
        let _ = writeln!(table, "{}", row.trim_end());
    };
    line("operation", "permission", &columns.iter().map(|(key, _)| *key).collect::<Vec<_>>());
    for operation in operations(document) {
        let name = operation.operation_id.as_deref().unwrap_or("?");
        match extension(operation, "x-permission").and_then(|permission| Permission::parse(&permission)) {
            Some(permission) => {
                let cells: Vec<_> = columns.iter().map(|(_, access)| cell(access.reach(permission))).collect();
                line(name, permission.name(), &cells);
            }
            None => line(name, &format!("({})", extension(operation, "x-admits").unwrap_or_default()), &[]),
        }
    }
    table
}

const fn cell(reach: Reach) -> &'static str {
    match reach {
        Reach::None => "-",
        Reach::Masked => "masked",
        Reach::Own => "own",
        Reach::Any => "yes",
    }
}

fn operations(document: &OpenApi) -> impl Iterator<Item = &Operation> {
    document
        .paths
        .paths
        .values()
        .flat_map(|item| [&item.get, &item.put, &item.post, &item.delete, &item.patch].into_iter().flatten())
}

fn extension(operation: &Operation, name: &str) -> Option<String> {
    let value = operation.extensions.as_ref()?.get(name)?;
    value.as_str().map(str::to_owned)
}
