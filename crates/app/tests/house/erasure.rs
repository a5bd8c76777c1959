//! Erasing a workspace forgets no table, and comes to each before those that it points into.

use std::collections::BTreeSet;

use kernel::Clock;
use tenancy::{Vault, erased_tables};

use crate::support::{Database, Server};

/// What was invoiced has to be shown for years (INV-06).
const KEPT: &[&str] = &["invoice_lines", "invoices"];

#[test]
fn inv_06_every_table_of_workspaces_is_erased_before_what_it_points_into() {
    let database = Database::sqlite();
    let opened = Server::new().run(Vault::open(&database.url, Vec::new(), Clock::system()));
    drop(opened.expect("a schema"));
    let erased: Vec<&str> = erased_tables().collect();
    let in_schema: BTreeSet<String> = database
        .column("select m.name from sqlite_master m, pragma_table_info(m.name) c where c.name = 'workspace_id'")
        .into_iter()
        .collect();
    let in_schema: BTreeSet<String> = in_schema.into_iter().filter(|table| !KEPT.contains(&table.as_str())).collect();
    let listed: BTreeSet<String> = erased.iter().map(|table| (*table).to_owned()).collect();
    assert_eq!(listed, in_schema, "a new table of workspaces belongs into tenancy/src/erasure.rs");
    assert_eq!(listed.len(), erased.len(), "each once");

    let place =
        |table: &str| erased.iter().position(|one| *one == table).unwrap_or_else(|| panic!("{table} is erased"));
    let keys = database.rows(
        "select distinct m.name, f.\"table\" from sqlite_master m, pragma_foreign_key_list(m.name) f
         where m.type = 'table'",
    );
    let mut looked_at = 0;
    for key in keys {
        let [from, to]: [Option<String>; 2] = key.try_into().expect("two cells");
        let (from, to) = (from.expect("a table"), to.expect("a table"));
        if in_schema.contains(&from) && in_schema.contains(&to) && from != to {
            assert!(place(&from) < place(&to), "{from} points into {to}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 30, "only {looked_at} keys");
}
