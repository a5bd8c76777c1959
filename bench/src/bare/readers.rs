//! Reading connections to one SQLite file, used inline on the worker.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Result;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::Semaphore;

/// As many as the product opens on two cores, with its page cache.
const READERS: usize = 4;
const PRAGMAS: &str = "pragma temp_store = memory; pragma cache_size = -16384;";

#[derive(Clone)]
pub struct Readers {
    path: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Connection>>>,
    free: Arc<Semaphore>,
}

impl Readers {
    pub fn new(path: &Path) -> Self {
        Self { path: Arc::new(path.to_owned()), idle: Arc::default(), free: Arc::new(Semaphore::new(READERS)) }
    }

    /// Reads on one snapshot.
    pub async fn read<T>(&self, question: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let _permit = self.free.acquire().await?;
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                let connection = Connection::open_with_flags(&*self.path, flags)?;
                connection.execute_batch(PRAGMAS)?;
                connection.set_prepared_statement_cache_capacity(64);
                connection
            }
        };
        connection.prepare_cached("begin")?.execute([])?;
        let answer = question(&connection);
        connection.prepare_cached("rollback")?.execute([])?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        answer
    }
}
