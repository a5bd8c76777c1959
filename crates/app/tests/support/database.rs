//! Where a world keeps its rows: a SQLite file, or a database of its own on a PostgreSQL server.

use std::{
    path::PathBuf,
    process,
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use rusqlite::types::ValueRef;
use tempfile::TempDir;
use tokio_postgres::{NoTls, SimpleQueryMessage};
use url::Url;

/// Which engine this run is on.
pub enum Place {
    Sqlite,
    /// A server's URL; its own database is only the door to make others.
    Postgres(Url),
}

pub static PLACE: LazyLock<Place> = LazyLock::new(place);

#[expect(clippy::disallowed_methods, reason = "the one setting of the test run")]
fn place() -> Place {
    match std::env::var("GUILDHALL_TEST_DATABASE") {
        Ok(url) => Place::Postgres(Url::parse(&url).expect("GUILDHALL_TEST_DATABASE is a URL")),
        Err(_) => Place::Sqlite,
    }
}

/// A database with a folder beside it; both are gone when it is dropped.
pub struct Database {
    pub folder: TempDir,
    pub url: String,
}

/// What a database held at one moment, to start others from.
pub enum Snapshot {
    File(Vec<u8>),
    /// The name of a database nobody is connected to.
    Template(String),
}

impl Database {
    pub fn empty() -> Self {
        Self::from(None)
    }

    pub fn of(snapshot: &Snapshot) -> Self {
        Self::from(Some(snapshot))
    }

    fn from(snapshot: Option<&Snapshot>) -> Self {
        match &*PLACE {
            Place::Sqlite => {
                let database = Self::sqlite();
                if let Some(Snapshot::File(content)) = snapshot {
                    std::fs::write(database.file(), content).expect("a copy of the snapshot");
                }
                database
            }
            Place::Postgres(server) => {
                static COUNT: AtomicU32 = AtomicU32::new(0);
                let name = format!("guildhall_test_{}_{}", process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
                let template = match snapshot {
                    Some(Snapshot::Template(template)) => template,
                    _ => "template0",
                };
                postgres(server, &format!("create database {name} template {template} strategy file_copy"));
                Self { folder: scratch(), url: database_url(server, &name).to_string() }
            }
        }
    }

    /// A SQLite file, whatever this run is on.
    pub fn sqlite() -> Self {
        let folder = scratch();
        let url = format!("sqlite:{}", folder.path().join("guildhall.db").display());
        Self { folder, url }
    }

    /// A copy of all it holds, as a backup keeps it. Nobody may be connected to it.
    pub fn copy(&self) -> Self {
        match &*PLACE {
            Place::Postgres(_) if !self.is_sqlite() => Self::of(&Snapshot::Template(self.name())),
            _ => {
                self.run("pragma wal_checkpoint(truncate)");
                Self::of(&Snapshot::File(std::fs::read(self.file()).expect("the database's file")))
            }
        }
    }

    pub fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }

    /// Keeps what the database holds. Nobody may be connected to it any more.
    pub fn snapshot(self) -> Snapshot {
        match &*PLACE {
            Place::Sqlite => {
                self.run("pragma wal_checkpoint(truncate)");
                Snapshot::File(std::fs::read(self.file()).expect("the database's file"))
            }
            Place::Postgres(server) => {
                let template = "guildhall_test_template";
                postgres(server, &format!("drop database if exists {template}"));
                postgres(server, &format!("create database {template} template {}", self.name()));
                Snapshot::Template(template.to_owned())
            }
        }
    }

    /// Runs statements behind the program's back.
    pub fn run(&self, statements: &str) {
        if self.is_sqlite() {
            let connection = rusqlite::Connection::open(self.file()).expect("the database opens");
            connection.execute_batch(statements).unwrap_or_else(|error| panic!("{error}: {statements}"));
        } else {
            postgres(&self.parsed(), statements);
        }
    }

    /// What a query answers, every cell as text; bytes in hexadecimal.
    pub fn rows(&self, query: &str) -> Vec<Vec<Option<String>>> {
        if self.is_sqlite() { sqlite_rows(&self.file(), query) } else { postgres(&self.parsed(), query) }
    }

    /// The first column of a query that answers no null there.
    pub fn column(&self, query: &str) -> Vec<String> {
        let first = |row: Vec<Option<String>>| row.into_iter().next().flatten().expect("a value");
        self.rows(query).into_iter().map(first).collect()
    }

    pub fn count(&self, query: &str) -> i64 {
        self.column(query)[0].parse().expect("a number")
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("guildhall.db")
    }

    fn parsed(&self) -> Url {
        Url::parse(&self.url).expect("its URL")
    }

    /// Its name on the PostgreSQL server.
    fn name(&self) -> String {
        self.parsed().path().trim_start_matches('/').to_owned()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Place::Postgres(server) = &*PLACE
            && !self.is_sqlite()
        {
            postgres(server, &format!("drop database if exists {} with (force)", self.name()));
        }
    }
}

fn scratch() -> TempDir {
    tempfile::Builder::new().prefix("guildhall-world").tempdir().expect("a scratch folder")
}

fn sqlite_rows(file: &std::path::Path, query: &str) -> Vec<Vec<Option<String>>> {
    let connection = rusqlite::Connection::open(file).expect("the database opens");
    let mut statement = connection.prepare(query).unwrap_or_else(|error| panic!("{error}: {query}"));
    let columns = statement.column_count();
    let read = |row: &rusqlite::Row<'_>| (0..columns).map(|index| row.get_ref(index).map(text)).collect();
    let rows = statement.query_map([], read).and_then(Iterator::collect);
    rows.unwrap_or_else(|error| panic!("{error}: {query}"))
}

fn text(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
    }
}

fn database_url(server: &Url, name: &str) -> Url {
    let mut url = server.clone();
    url.set_path(name);
    url
}

/// One statement or several, on a connection of their own.
fn postgres(url: &Url, statements: &str) -> Vec<Vec<Option<String>>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let answer = runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(url.as_str(), NoTls).await?;
        let connection = tokio::spawn(connection);
        let answer = client.simple_query(statements).await;
        drop(client);
        connection.await.expect("the connection ends")?;
        answer
    });
    let answer = answer.unwrap_or_else(|error| panic!("{error:?}: {statements}"));
    answer
        .into_iter()
        .filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => {
                Some((0..row.len()).map(|index| row.get(index).map(str::to_owned)).collect())
            }
            _ => None,
        })
        .collect()
}
