//! Two engines behind one small, non-generic door. What really differs sits in `sqlite.rs` and `postgres.rs`;
//! nothing outside this module knows which one it talks to.

mod measure;
pub(crate) mod migrate;
pub(crate) mod postgres;
pub(crate) mod sqlite;
pub(crate) mod statement;
mod value;

use std::path::Path;

use self::{
    postgres::{Postgres, PostgresRead, PostgresWrite},
    sqlite::{Sqlite, SqliteRead, SqliteWrite},
    statement::Text,
};
pub use self::{
    statement::{Composed, InstanceSql, Part, TenantSql, spelled, sqlite_spelling},
    value::{FromValue, Row, Value},
};
use crate::Error;

/// Which engine runs below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

#[derive(Clone)]
pub(crate) enum Database {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Database {
    /// Opens `sqlite:PATH` or `postgres://…`; the SQLite file is made when it does not exist.
    pub(crate) fn open(url: &str) -> Result<Self, Error> {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        match url.strip_prefix("sqlite:") {
            Some(path) => Ok(Self::Sqlite(Sqlite::open(Path::new(path), (cores * 2).max(4))?)),
            None if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Ok(Self::Postgres(Postgres::open(url, (cores * 8).max(16))?))
            }
            None => Err(Error::Unavailable("a database URL starts with sqlite: or postgres://".into())),
        }
    }

    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    pub(crate) async fn read(&self) -> Result<Read, Error> {
        match self {
            Self::Sqlite(sqlite) => sqlite.read().await.map(Read::Sqlite),
            Self::Postgres(postgres) => postgres.read().await.map(Read::Postgres),
        }
    }

    pub(crate) async fn begin(&self) -> Result<Write, Error> {
        match self {
            Self::Sqlite(sqlite) => sqlite.begin().await.map(Write::Sqlite),
            Self::Postgres(postgres) => postgres.begin().await.map(Write::Postgres),
        }
    }

    /// Runs several statements without parameters, outside any transaction of ours.
    pub(crate) async fn batch(&self, text: &str) -> Result<(), Error> {
        match self {
            Self::Sqlite(sqlite) => sqlite.batch(text).await,
            Self::Postgres(postgres) => postgres.batch(text).await,
        }
    }
}

/// A reader.
pub(crate) enum Read {
    Sqlite(SqliteRead),
    Postgres(PostgresRead),
}

impl Read {
    // By unique reference: an SQLite connection may move between threads, but not be shared.
    pub(crate) async fn query(&mut self, text: Text<'_>, args: &[Value]) -> Result<Vec<Row>, Error> {
        match self {
            Self::Sqlite(reader) => reader.query(text, args),
            Self::Postgres(reader) => reader.query(text, args).await,
        }
    }
}

/// An open transaction. [`Write::end`] finishes it; dropped, it undoes itself.
pub(crate) enum Write {
    Sqlite(SqliteWrite),
    Postgres(PostgresWrite),
}

impl Write {
    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    pub(crate) async fn query(&mut self, text: Text<'_>, args: &[Value]) -> Result<Vec<Row>, Error> {
        match self {
            Self::Sqlite(writer) => writer.query(text, args),
            Self::Postgres(writer) => writer.query(text, args).await,
        }
    }

    pub(crate) async fn execute(&mut self, text: Text<'_>, args: &[Value]) -> Result<u64, Error> {
        match self {
            Self::Sqlite(writer) => writer.execute(text, args),
            Self::Postgres(writer) => writer.execute(text, args).await,
        }
    }

    /// Changes rows without asking how many: where an answer has a way to go, it is waited for with the next one only.
    pub(crate) async fn put(&mut self, text: Text<'static>, args: &[Value]) -> Result<(), Error> {
        match self {
            Self::Sqlite(writer) => writer.execute(text, args).map(drop),
            Self::Postgres(writer) => writer.put(text, args).await,
        }
    }

    /// Waits behind the others of a line until the transaction ends. SQLite's writers are one line already.
    pub(crate) async fn line_up(&mut self, line: i64) -> Result<(), Error> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(writer) => writer.line_up(line).await,
        }
    }

    pub(crate) async fn end(self, keep: bool) -> Result<(), Error> {
        match self {
            Self::Sqlite(writer) => writer.end(keep).await,
            Self::Postgres(writer) => writer.end(keep).await,
        }
    }
}
