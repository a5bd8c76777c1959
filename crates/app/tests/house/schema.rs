//! The schema: the same on both engines, and safe to bring up to date again, even by two servers at once.

use std::collections::BTreeSet;

use kernel::{AccountId, Clock, SessionId};
use tenancy::{Vault, args, instance_sql};

use crate::support::{Database, Server};

#[test]
fn migrations_apply_once_however_often_they_are_applied() {
    let database = Database::empty();
    let first = opened(&database);
    let shape = shape_of(&database);
    assert_eq!(opened(&database), first);
    assert_eq!(shape_of(&database), shape);
    assert!(first.len() > 3 && shape.len() > 50);
}

#[test]
fn two_servers_may_start_at_once_on_an_empty_database() {
    let database = Database::empty();
    let (first, second) = std::thread::scope(|scope| {
        let other = scope.spawn(|| opened(&database));
        (opened(&database), other.join().expect("the second server starts too"))
    });
    assert_eq!(first, second);
}

/// On the PostgreSQL run this compares the engines; on the SQLite run, SQLite with itself.
#[test]
fn both_engines_have_the_same_tables_and_columns() {
    let (here, sqlite) = (Database::empty(), Database::sqlite());
    opened(&here);
    opened(&sqlite);
    let (here, sqlite) = (shape_of(&here), shape_of(&sqlite));
    assert_eq!(here.difference(&sqlite).collect::<Vec<_>>(), Vec::<&String>::new(), "only here");
    assert_eq!(sqlite.difference(&here).collect::<Vec<_>>(), Vec::<&String>::new(), "only on SQLite");
}

/// Tables of the instance itself. Whatever joins them is no business data and needs a reason in its review.
const OF_THE_INSTANCE: &[&str] = &[
    "account_idempotency_records",
    "account_tokens",
    "accounts",
    "instance_event_details",
    "instance_events",
    "instance_heads",
    "instance_keys",
    "invoice_numbers",
    "jobs",
    "operators",
    "plan_catalogues",
    "policy_packs",
    "provider_events",
    "schedules",
    "schema_migrations",
    "sellers",
    "sessions",
];

#[test]
fn ws_005_inv_01_whatever_is_kept_is_kept_in_a_workspace() {
    let database = Database::empty();
    opened(&database);
    let shape = shape_of(&database);
    let tables: BTreeSet<&str> = shape.iter().filter_map(|column| column.split('.').next()).collect();
    let outside: Vec<&str> =
        tables.into_iter().filter(|table| !shape.contains(&format!("{table}.workspace_id uuid"))).collect();
    assert_eq!(outside, OF_THE_INSTANCE);
}

/// SQLite looks at foreign keys only where a connection asks it to.
#[test]
fn inv_01_a_row_that_points_nowhere_is_refused() {
    let database = Database::empty();
    let outcome = Server::new().run(async {
        let vault = Vault::open(&database.url, Vec::new(), Clock::system()).await.expect("a vault");
        let mut tx = vault.instance().begin().await.expect("a transaction");
        let nobody: AccountId = vault.ids().next();
        let session: SessionId = vault.ids().next();
        let sql = instance_sql!(
            "insert into sessions (id, account_id, token_hash, device, created_at, last_seen_at, expires_at)
             values ($1, $2, $3, 'none', 0, 0, 0)"
        );
        tx.run(sql, args![session, nobody, [7; 32]]).await
    });
    assert!(outcome.is_err(), "a session of nobody was written");
}

/// Opens a vault, which migrates; what has been applied.
fn opened(database: &Database) -> Vec<String> {
    Server::new().run(async {
        let vault = Vault::open(&database.url, Vec::new(), Clock::system()).await.expect("a vault");
        vault.migrations().await.expect("a list")
    })
}

/// `table.column type`, with `null` where a cell may be empty. The search index and what an engine counts are its own.
fn shape_of(database: &Database) -> BTreeSet<String> {
    let query = if database.is_sqlite() {
        "select m.name || '.' || c.name || ' ' || replace(lower(c.type), 'integer', 'bigint')
             || case when c.\"notnull\" = 0 and c.pk = 0 then ' null' else '' end
         from sqlite_master m, pragma_table_info(m.name) c
         where m.type = 'table' and m.name not like 'search_terms%' and m.name not like 'sqlite_%'"
    } else {
        "select table_name || '.' || column_name || ' ' || data_type
             || case when is_nullable = 'YES' then ' null' else '' end
         from information_schema.columns where table_schema = 'public' and data_type <> 'tsvector'"
    };
    database.column(query).into_iter().collect()
}
