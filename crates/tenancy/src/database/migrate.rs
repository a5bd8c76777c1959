//! The schema, embedded in the binary and brought up to date at every start. One portable text serves both
//! engines: SQLite takes PostgreSQL's type names as affinities, `{clustered}` becomes `without rowid` there, and a
//! migration that truly differs has one twin per engine.

use super::{Database, Engine, Value, statement::Text};
use crate::Error;

struct Migration {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migrations {
    ($($name:literal $(: $twin:ident)?),+ $(,)?) => {
        &[$(migrations!(@one $name $(, $twin)?)),+]
    };
    (@one $name:literal) => {
        Migration {
            name: $name,
            sqlite: include_str!(concat!("../../../../migrations/", $name, ".sql")),
            postgres: include_str!(concat!("../../../../migrations/", $name, ".sql")),
        }
    };
    (@one $name:literal, twins) => {
        Migration {
            name: $name,
            sqlite: include_str!(concat!("../../../../migrations/", $name, ".sqlite.sql")),
            postgres: include_str!(concat!("../../../../migrations/", $name, ".postgres.sql")),
        }
    };
}

const MIGRATIONS: &[Migration] = migrations![
    "0001_chain": twins,
    "0002_tenancy",
    "0003_directory",
    "0004_conversations",
    "0005_search": twins,
    "0006_instance",
    "0007_accounts_chain": twins,
    "0008_rights",
    "0009_access_heads": twins,
    "0010_teams",
    "0010_queue_counts": twins,
    "0011_time",
    "0012_modes",
    "0013_labels_notes",
    "0014_inbox_tools",
    "0015_notifications",
    "0016_routing",
    "0017_split",
    "0018_idle",
    "0019_customer_notes",
    "0020_billing",
    "0021_seats",
    "0022_ledger",
    "0023_engine",
    "0024_checkouts",
    "0025_operators",
    "0026_seller",
    "0027_buyer",
];

/// Applies what is missing, in order, each in its own transaction; returns how many were applied.
pub(crate) async fn migrate(database: &Database) -> Result<usize, Error> {
    // Two servers may start at once, and PostgreSQL's "if not exists" alone lets both try: one batch is one transaction
    // there, and the lock ends with it.
    let lock = match database.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => "select pg_advisory_xact_lock(hashtext('schema_migrations'));",
    };
    let create = "create table if not exists schema_migrations (name text primary key, applied_at bigint not null)";
    database.batch(&format!("{lock} {create}")).await?;
    let mut applied = 0;
    for migration in MIGRATIONS {
        if apply(database, migration).await? {
            applied += 1;
        }
    }
    Ok(applied)
}

/// What has been applied, in order.
pub(crate) async fn applied(database: &Database) -> Result<Vec<String>, Error> {
    let text = "select name from schema_migrations order by name";
    let rows = database.read().await?.query(Text { postgres: text, sqlite: text }, &[]).await?;
    rows.into_iter().map(|mut row| row.take(0)).collect()
}

/// What has not been applied yet, in order. A database without any schema has everything before it.
pub(crate) async fn pending(database: &Database) -> Result<Vec<&'static str>, Error> {
    let table = Text {
        postgres: "select 1 from information_schema.tables
                   where table_schema = current_schema() and table_name = 'schema_migrations'",
        sqlite: "select 1 from sqlite_master where type = 'table' and name = 'schema_migrations'",
    };
    let begun = !database.read().await?.query(table, &[]).await?.is_empty();
    let applied = if begun { applied(database).await? } else { Vec::new() };
    let names = MIGRATIONS.iter().map(|migration| migration.name);
    Ok(names.filter(|name| !applied.iter().any(|done| done == name)).collect())
}

async fn apply(database: &Database, migration: &Migration) -> Result<bool, Error> {
    let mut write = database.begin().await?;
    if write.engine() == Engine::Postgres {
        // Two servers may start at once; the second waits here and then finds the work done.
        let lock = "lock table schema_migrations in exclusive mode";
        write.execute(Text { postgres: lock, sqlite: lock }, &[]).await?;
    }
    let insert = Text {
        postgres: "insert into schema_migrations (name, applied_at) values ($1, $2) on conflict do nothing",
        sqlite: "insert into schema_migrations (name, applied_at) values (?1, ?2) on conflict do nothing",
    };
    let now = kernel::Clock::system().now();
    if write.execute(insert, &[Value::from(migration.name), Value::from(now)]).await? == 0 {
        write.end(false).await?;
        return Ok(false);
    }
    let (text, clustered) = match write.engine() {
        Engine::Sqlite => (migration.sqlite, "without rowid"),
        Engine::Postgres => (migration.postgres, ""),
    };
    for statement in statements(text) {
        let statement = statement.replace("{clustered}", clustered);
        write.execute(Text { postgres: &statement, sqlite: &statement }, &[]).await?;
    }
    write.end(true).await?;
    tracing::info!(migration = migration.name, "schema migration applied");
    Ok(true)
}

/// Splits a migration at its semicolons; comments are dropped, and no migration holds a semicolon elsewhere.
fn statements(text: &str) -> Vec<String> {
    let code: String =
        text.lines().map(|line| line.split_once("--").map_or(line, |(code, _)| code)).collect::<Vec<_>>().join("\n");
    code.split(';').map(str::trim).filter(|statement| !statement.is_empty()).map(str::to_owned).collect()
}
