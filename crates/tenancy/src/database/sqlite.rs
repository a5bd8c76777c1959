//! SQLite: readers used inline, and one writer whose interactive transactions share a durable commit.
//!
//! The writer's lock is a fair queue. A transaction takes its turn, works inside a savepoint, releases it and waits
//! for its acknowledgement. The committer thread queues for the same lock: whoever stood before it is in its group,
//! whoever comes later is in the next. No timer, no batch size, one fsync per group
//! (docs/decisions/0002-group-commit.md).

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex as SyncMutex, mpsc},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, functions::FunctionFlags};
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore, oneshot};

use super::{Row, Value, measure::measure, statement::Text};
use crate::{Error, event};

/// One page cache of 64 MiB for the writer and 16 MiB for each reader.
const WRITER_CACHE_KIB: i64 = 64 * 1024;
const READER_CACHE_KIB: i64 = 16 * 1024;
const STATEMENT_CACHE: usize = 256;
/// After so many groups SQLite looks again whether its tables have grown.
const GROUPS_BETWEEN_MEASURES: u64 = 1000;

#[derive(Clone)]
pub(crate) struct Sqlite {
    path: Arc<PathBuf>,
    readers: Arc<SyncMutex<Vec<Connection>>>,
    reading: Arc<Semaphore>,
    writer: Arc<Mutex<Writer>>,
    wake_committer: mpsc::Sender<()>,
}

/// The one writing connection and the group that is open on it.
struct Writer {
    connection: Connection,
    group_open: bool,
    groups: u64,
    /// Transactions of the group whose owners wait to hear that it is on disk.
    waiting: Vec<oneshot::Sender<bool>>,
}

impl Sqlite {
    pub(crate) fn open(path: &Path, readers: usize) -> Result<Self, Error> {
        let connection = Connection::open(path)?;
        connection.execute_batch("pragma journal_mode = wal; pragma synchronous = full;")?;
        prepare(&connection, WRITER_CACHE_KIB)?;
        measure(&connection);
        let writer = Arc::new(Mutex::new(Writer { connection, group_open: false, groups: 0, waiting: Vec::new() }));
        let idle = Arc::<SyncMutex<Vec<Connection>>>::default();
        let (wake_committer, woken) = mpsc::channel();
        let (committing, reading) = (writer.clone(), idle.clone());
        std::thread::Builder::new()
            .name("committer".into())
            .spawn(move || commit_groups(&committing, &reading, &woken))
            .map_err(|error| Error::Unavailable(error.to_string()))?;
        Ok(Self {
            path: Arc::new(path.to_owned()),
            readers: idle,
            reading: Arc::new(Semaphore::new(readers)),
            writer,
            wake_committer,
        })
    }

    /// A reader connection on a snapshot of this moment.
    pub(crate) async fn read(&self) -> Result<SqliteRead, Error> {
        let permit = self.reading.clone().acquire_owned().await.map_err(|_| Error::Unavailable("closed".into()))?;
        let idle = idle(&self.readers).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                let connection = Connection::open_with_flags(&*self.path, flags)?;
                prepare(&connection, READER_CACHE_KIB)?;
                connection
            }
        };
        let reader = SqliteRead { connection: Some(connection), home: self.readers.clone(), _permit: permit };
        reader.connection().prepare_cached("begin")?.execute([])?;
        Ok(reader)
    }

    /// Takes a turn at the writer; the transaction is a savepoint inside the open group.
    pub(crate) async fn begin(&self) -> Result<SqliteWrite, Error> {
        let mut writer = self.writer.clone().lock_owned().await;
        if !writer.group_open {
            writer.connection.prepare_cached("begin immediate")?.execute([])?;
            writer.group_open = true;
        }
        writer.connection.prepare_cached("savepoint tx")?.execute([])?;
        Ok(SqliteWrite { writer: Some(writer), wake_committer: self.wake_committer.clone() })
    }

    pub(crate) async fn batch(&self, text: &str) -> Result<(), Error> {
        Ok(self.writer.lock().await.connection.execute_batch(text)?)
    }
}

/// Settings of every connection. Foreign keys are off unless asked for, on each connection anew.
fn prepare(connection: &Connection, cache_kib: i64) -> Result<(), Error> {
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.execute_batch(&format!(
        "pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -{cache_kib}; pragma trusted_schema = off;"
    ))?;
    connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("chain_hash", 3, flags, |context| {
        let (previous, seq, row) = (context.get::<Vec<u8>>(0)?, context.get::<i64>(1)?, context.get::<Vec<u8>>(2)?);
        Ok(event::chain_hash(&previous, seq, &row).to_vec())
    })?;
    Ok(())
}

fn idle(readers: &SyncMutex<Vec<Connection>>) -> std::sync::MutexGuard<'_, Vec<Connection>> {
    readers.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Commits a group whenever one is open and acknowledges everybody in it; ends when the database is dropped.
fn commit_groups(writer: &Mutex<Writer>, readers: &SyncMutex<Vec<Connection>>, woken: &mpsc::Receiver<()>) {
    while woken.recv().is_ok() {
        while woken.try_recv().is_ok() {}
        let mut writer = writer.blocking_lock();
        writer.commit_group();
        if writer.groups >= GROUPS_BETWEEN_MEASURES {
            writer.groups = 0;
            measure(&writer.connection);
            // A connection reads the measures once, when it meets the tables.
            idle(readers).clear();
        }
    }
}

impl Writer {
    fn commit_group(&mut self) {
        if !self.group_open {
            return;
        }
        // An error inside the group may have made SQLite roll back all of it; then nothing of it is on disk.
        let intact = !self.connection.is_autocommit();
        let durable = intact && self.connection.execute_batch("commit").is_ok();
        if !durable && !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("rollback");
        }
        metrics::histogram!("guildhall_group_commit_size").record(self.waiting.len() as f64);
        self.end_group(durable);
    }

    fn end_group(&mut self, durable: bool) {
        self.group_open = false;
        self.groups += 1;
        for acknowledgement in self.waiting.drain(..) {
            let _ = acknowledgement.send(durable);
        }
    }

    /// After an error: if SQLite gave up the group's transaction, everybody in it has failed.
    fn check_group(&mut self) {
        if self.group_open && self.connection.is_autocommit() {
            self.end_group(false);
        }
    }
}

/// A snapshot; the connection goes home when it is dropped.
pub(crate) struct SqliteRead {
    connection: Option<Connection>,
    home: Arc<SyncMutex<Vec<Connection>>>,
    _permit: OwnedSemaphorePermit,
}

impl SqliteRead {
    fn connection(&self) -> &Connection {
        self.connection.as_ref().expect("held until dropped")
    }

    pub(crate) fn query(&self, text: Text<'_>, args: &[Value]) -> Result<Vec<Row>, Error> {
        query(self.connection(), text, args)
    }
}

impl Drop for SqliteRead {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        let ended = connection.prepare_cached("rollback").and_then(|mut end| end.execute([])).is_ok();
        // A connection that cannot end its snapshot is not given to anybody else.
        if ended {
            idle(&self.home).push(connection);
        }
    }
}

/// An open transaction. Dropped unfinished, it undoes itself alone.
pub(crate) struct SqliteWrite {
    writer: Option<OwnedMutexGuard<Writer>>,
    wake_committer: mpsc::Sender<()>,
}

impl SqliteWrite {
    fn writer(&mut self) -> Result<&mut Writer, Error> {
        self.writer.as_deref_mut().ok_or_else(|| Error::Unavailable("the transaction has ended".into()))
    }

    pub(crate) fn query(&mut self, text: Text<'_>, args: &[Value]) -> Result<Vec<Row>, Error> {
        let writer = self.writer()?;
        let rows = query(&writer.connection, text, args);
        if rows.is_err() {
            writer.check_group();
        }
        rows
    }

    pub(crate) fn execute(&mut self, text: Text<'_>, args: &[Value]) -> Result<u64, Error> {
        let writer = self.writer()?;
        let changed = writer
            .connection
            .prepare_cached(text.sqlite)
            .and_then(|mut statement| statement.execute(rusqlite::params_from_iter(args)));
        if changed.is_err() {
            writer.check_group();
        }
        Ok(changed? as u64)
    }

    /// Ends the savepoint, keeping or undoing its work, and waits until the group is on disk: even a refusal may
    /// show what an earlier transaction of the group wrote, so nobody answers before the group is durable.
    pub(crate) async fn end(mut self, keep: bool) -> Result<(), Error> {
        let Some(mut writer) = self.writer.take() else { return Ok(()) };
        if !writer.group_open {
            return Err(Error::Unavailable("the group of this transaction was rolled back".into()));
        }
        end_savepoint(&mut writer, keep)?;
        let (acknowledgement, acknowledged) = oneshot::channel();
        writer.waiting.push(acknowledgement);
        drop(writer);
        let _ = self.wake_committer.send(());
        match acknowledged.await {
            Ok(true) => Ok(()),
            _ => Err(Error::Unavailable("the commit did not reach the disk".into())),
        }
    }
}

impl Drop for SqliteWrite {
    fn drop(&mut self) {
        if let Some(mut writer) = self.writer.take() {
            if writer.group_open {
                let _ = end_savepoint(&mut writer, false);
            }
            drop(writer);
            let _ = self.wake_committer.send(());
        }
    }
}

fn end_savepoint(writer: &mut Writer, keep: bool) -> Result<(), Error> {
    const UNDO: &str = "rollback to tx; release tx";
    let ended = if keep {
        let released = writer.connection.prepare_cached("release tx").and_then(|mut release| release.execute([]));
        // What cannot be kept must not stay open: the next transaction would end up inside it.
        released.map(drop).inspect_err(|_| drop(writer.connection.execute_batch(UNDO)))
    } else {
        writer.connection.execute_batch(UNDO)
    };
    if ended.is_err() {
        writer.check_group();
    }
    Ok(ended?)
}

fn query(connection: &Connection, text: Text<'_>, args: &[Value]) -> Result<Vec<Row>, Error> {
    let mut statement = connection.prepare_cached(text.sqlite)?;
    let columns = statement.column_count();
    let mut rows = statement.query(rusqlite::params_from_iter(args))?;
    let mut answer = Vec::new();
    while let Some(row) = rows.next()? {
        let mut cells = Vec::with_capacity(columns);
        for index in 0..columns {
            use rusqlite::types::ValueRef;
            cells.push(match row.get_ref(index)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(number) => Value::Int(number),
                ValueRef::Real(number) => return Err(Error::Corrupt(format!("a fraction: {number}"))),
                ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
            });
        }
        answer.push(Row(cells));
    }
    Ok(answer)
}
