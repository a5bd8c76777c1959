//! Group commit as the product does it: one writer, a savepoint for each transaction, one durable commit for all that
//! stood in the queue.

use std::{
    path::Path,
    sync::{Arc, mpsc},
};

use anyhow::{Context, Result, bail};
use rusqlite::{Connection, functions::FunctionFlags};
use sha2::{Digest, Sha256};
use tokio::sync::{Mutex, oneshot};

const PRAGMAS: &str = "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
    pragma temp_store = memory; pragma cache_size = -65536;";

struct Group {
    connection: Connection,
    open: bool,
    waiting: Vec<oneshot::Sender<bool>>,
}

#[derive(Clone)]
pub struct Writer {
    group: Arc<Mutex<Group>>,
    wake: mpsc::Sender<()>,
}

impl Writer {
    pub fn open(path: &Path) -> Result<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch(PRAGMAS)?;
        connection.set_prepared_statement_cache_capacity(128);
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        connection.create_scalar_function("chain_hash", 3, flags, |values| {
            let mut hasher = Sha256::new();
            hasher.update(values.get::<Vec<u8>>(0)?);
            hasher.update(values.get::<i64>(1)?.to_be_bytes());
            hasher.update(values.get::<Vec<u8>>(2)?);
            Ok(hasher.finalize().to_vec())
        })?;
        let group = Arc::new(Mutex::new(Group { connection, open: false, waiting: Vec::new() }));
        let (wake, woken) = mpsc::channel();
        let committing = group.clone();
        std::thread::spawn(move || {
            while woken.recv().is_ok() {
                while woken.try_recv().is_ok() {}
                committing.blocking_lock().commit();
            }
        });
        Ok(Self { group, wake })
    }

    /// Does the work in a transaction and returns when it is on disk. Work that fails is undone.
    pub async fn transact<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut group = self.group.lock().await;
        if !group.open {
            group.connection.prepare_cached("begin immediate")?.execute([])?;
            group.open = true;
        }
        group.connection.prepare_cached("savepoint tx")?.execute([])?;
        let answer = match work(&group.connection) {
            Ok(answer) => answer,
            Err(error) => {
                group.connection.execute_batch("rollback to tx; release tx")?;
                return Err(error);
            }
        };
        group.connection.prepare_cached("release tx")?.execute([])?;
        let (acknowledge, acknowledged) = oneshot::channel();
        group.waiting.push(acknowledge);
        drop(group);
        self.wake.send(()).context("the committer has ended")?;
        if !acknowledged.await? {
            bail!("the commit failed");
        }
        Ok(answer)
    }
}

impl Group {
    fn commit(&mut self) {
        if !self.open {
            return;
        }
        let durable = self.connection.execute_batch("commit").is_ok();
        self.open = false;
        for acknowledge in self.waiting.drain(..) {
            // Who asked may have hung up.
            let _ = acknowledge.send(durable);
        }
    }
}
