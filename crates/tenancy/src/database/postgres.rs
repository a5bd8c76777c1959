//! PostgreSQL: a pooled connection per transaction, READ COMMITTED, prepared statements.

use std::{collections::HashMap, str::FromStr, sync::Arc, time::Duration};

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, QueueMode, RecyclingMethod};
use futures_util::{
    TryFutureExt, TryStreamExt,
    future::{join, join_all},
};
use kernel::WorkspaceId;
use tokio::sync::mpsc;
use tokio_postgres::{AsyncMessage, Config, NoTls, types::ToSql};

use super::{Row, Value, statement::Text};
use crate::{Error, Wake, wake::Hint};

const RECONNECT_PAUSE: Duration = Duration::from_secs(1);

#[derive(Clone)]
pub(crate) struct Postgres {
    pool: Pool,
    config: Arc<Config>,
    hints: mpsc::UnboundedSender<Hint>,
}

impl Postgres {
    pub(crate) fn open(url: &str, connections: usize) -> Result<Self, Error> {
        let config = Config::from_str(url).map_err(|error| Error::Unavailable(error.to_string()))?;
        let manager =
            Manager::from_config(config.clone(), NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
        let pool = Pool::builder(manager)
            .max_size(connections)
            // The connection used last knows the statements and their tables; one after the other would all have to learn.
            .queue_mode(QueueMode::Lifo)
            .build()
            .map_err(|error| Error::Unavailable(error.to_string()))?;
        let (hints, waiting) = mpsc::unbounded_channel();
        tokio::spawn(tell_others(pool.clone(), waiting));
        Ok(Self { pool, config: Arc::new(config), hints })
    }

    /// Tells other servers, in the background: a hint that is lost costs them one re-check interval.
    pub(crate) fn tell(&self, hint: Hint) {
        // The teller ends only with the process.
        let _ = self.hints.send(hint);
    }

    /// Hears what other servers commit, for as long as the process lives; reconnects when the connection is lost.
    #[expect(clippy::disallowed_methods, reason = "a pause between attempts, so that a lost server is not stormed")]
    pub(crate) fn listen(&self, wake: Wake) {
        let config = self.config.clone();
        tokio::spawn(async move {
            loop {
                if let Err(error) = hear(&config, &wake).await {
                    tracing::warn!(%error, "the listener for other servers lost its connection");
                }
                tokio::time::sleep(RECONNECT_PAUSE).await;
            }
        });
    }

    async fn connection(&self) -> Result<Object, Error> {
        self.pool.get().await.map_err(|error| Error::Unavailable(error.to_string()))
    }

    /// Reads commit one by one: a page is one statement, so it is a snapshot by itself.
    pub(crate) async fn read(&self) -> Result<PostgresRead, Error> {
        Ok(PostgresRead { connection: Box::new(self.connection().await?) })
    }

    pub(crate) async fn begin(&self) -> Result<PostgresWrite, Error> {
        let connection = self.connection().await?;
        connection.batch_execute("begin").await?;
        Ok(PostgresWrite { connection: Some(Box::new(connection)), owed: Vec::new(), failed: false })
    }

    pub(crate) async fn batch(&self, text: &str) -> Result<(), Error> {
        Ok(self.connection().await?.batch_execute(text).await?)
    }
}

pub(crate) struct PostgresRead {
    connection: Box<Object>,
}

impl PostgresRead {
    pub(crate) async fn query(&self, text: Text<'_>, args: &[Value]) -> Result<Vec<Row>, Error> {
        query(&self.connection, &[], text, args).await
    }
}

/// Sends what waits in one statement, so that a busy server notifies as often as its connection allows and no more.
async fn tell_others(pool: Pool, mut waiting: mpsc::UnboundedReceiver<Hint>) {
    const MOST: usize = 500;
    let mut hints = Vec::with_capacity(MOST);
    while waiting.recv_many(&mut hints, MOST).await > 0 {
        let texts = newest(hints.drain(..)).iter().map(Hint::to_string).collect::<Vec<_>>();
        let Ok(connection) = pool.get().await else { continue };
        let notify = "select pg_notify('guildhall', hint) from unnest($1::text[]) hint";
        if let Ok(statement) = connection.prepare_cached(notify).await {
            let _ = connection.execute(&statement, &[&texts]).await;
        }
    }
}

/// Of several commits in one workspace only the newest matters.
fn newest(hints: impl Iterator<Item = Hint>) -> Vec<Hint> {
    let mut commits: HashMap<WorkspaceId, i64> = HashMap::new();
    let mut kept = Vec::new();
    for hint in hints {
        match hint {
            Hint::Committed(workspace, seq) => {
                let newest = commits.entry(workspace).or_default();
                *newest = seq.max(*newest);
            }
            Hint::Revoked(_) | Hint::Notified(..) => kept.push(hint),
        }
    }
    kept.extend(commits.into_iter().map(|(workspace, seq)| Hint::Committed(workspace, seq)));
    kept
}

/// Listens until the connection ends.
async fn hear(config: &Config, wake: &Wake) -> Result<(), tokio_postgres::Error> {
    use futures_util::StreamExt;
    let (client, mut connection) = config.connect(NoTls).await?;
    let mut messages = Box::pin(futures_util::stream::poll_fn(move |context| connection.poll_message(context)));
    let listening = client.batch_execute("listen guildhall");
    let hearing = async {
        while let Some(message) = messages.next().await {
            if let AsyncMessage::Notification(note) = message?
                && let Some(hint) = Hint::parse(note.payload())
            {
                wake.hear(hint);
            }
        }
        Ok(())
    };
    let ((), ()) = futures_util::future::try_join(listening, hearing).await?;
    Ok(())
}

/// An open transaction. Dropped unfinished, its connection is closed rather than returned, which rolls it back.
pub(crate) struct PostgresWrite {
    /// Boxed: a pooled connection is ten times the size of SQLite's.
    connection: Option<Box<Object>>,
    /// What leaves together with the next statement that is waited for, before it.
    owed: Vec<Owed>,
    /// A statement failed. PostgreSQL answers a commit after that as if it had been one, and commits nothing.
    failed: bool,
}

/// A statement that nobody waits for.
struct Owed {
    text: &'static str,
    args: Vec<Value>,
}

impl PostgresWrite {
    pub(crate) async fn query(&mut self, text: Text<'_>, args: &[Value]) -> Result<Vec<Row>, Error> {
        let owed = std::mem::take(&mut self.owed);
        let answer = query(self.connection()?, &owed, text, args).await;
        self.failed |= answer.is_err();
        answer
    }

    pub(crate) async fn execute(&mut self, text: Text<'_>, args: &[Value]) -> Result<u64, Error> {
        let owed = std::mem::take(&mut self.owed);
        let answer = execute(self.connection()?, &owed, text, args).await;
        self.failed |= answer.is_err();
        answer
    }

    pub(crate) async fn put(&mut self, text: Text<'static>, args: &[Value]) -> Result<(), Error> {
        // As many as are sure to leave in their order.
        const MOST: usize = 16;
        if self.owed.len() == MOST {
            return self.execute(text, args).await.map(drop);
        }
        self.owed.push(Owed { text: text.postgres, args: args.to_vec() });
        Ok(())
    }

    /// Waits its turn until the transaction ends. Of many who wait for one row each commit wakes all; of a line only the
    /// next one.
    pub(crate) async fn line_up(&mut self, line: i64) -> Result<(), Error> {
        self.put(Text { postgres: "select from pg_advisory_xact_lock($1)", sqlite: "" }, &[line.into()]).await
    }

    pub(crate) async fn end(mut self, keep: bool) -> Result<(), Error> {
        let Some(connection) = self.connection.take() else { return Ok(()) };
        let ended = if keep && self.failed {
            Err(Error::Unavailable("a statement of the transaction failed".into()))
        } else if keep {
            after(&connection, &self.owed, connection.batch_execute("commit").err_into()).await
        } else {
            connection.batch_execute("rollback").await.map_err(Error::from)
        };
        if ended.is_err() {
            drop(Object::take(*connection));
        }
        ended
    }

    fn connection(&self) -> Result<&Object, Error> {
        self.connection.as_deref().ok_or_else(|| Error::Unavailable("the transaction has ended".into()))
    }
}

impl Drop for PostgresWrite {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            drop(Object::take(*connection));
        }
    }
}

fn params(args: &[Value]) -> impl ExactSizeIterator<Item = &(dyn ToSql + Sync)> {
    args.iter().map(|arg| arg as &(dyn ToSql + Sync))
}

async fn query(connection: &Object, owed: &[Owed], text: Text<'_>, args: &[Value]) -> Result<Vec<Row>, Error> {
    let statement = connection.prepare_cached(text.postgres).await?;
    let rows = async {
        let rows = connection.query_raw(&statement, params(args)).await?;
        rows.err_into().and_then(|row| async move { read_row(&row) }).try_collect().await
    };
    after(connection, owed, rows).await
}

async fn execute(connection: &Object, owed: &[Owed], text: Text<'_>, args: &[Value]) -> Result<u64, Error> {
    let statement = connection.prepare_cached(text.postgres).await?;
    after(connection, owed, connection.execute_raw(&statement, params(args)).err_into()).await
}

/// Sends what is owed and then a last statement without waiting in between, and answers as the last one does; if one of
/// the others failed, as that one, because the last one could do nothing any more then.
async fn after<T>(
    connection: &Object,
    owed: &[Owed],
    last: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let mut statements = Vec::with_capacity(owed.len());
    for Owed { text, .. } in owed {
        statements.push(connection.prepare_cached(text).await?);
    }
    let mut before = Vec::with_capacity(owed.len());
    for (statement, Owed { args, .. }) in statements.iter().zip(owed) {
        before.push(connection.execute_raw(statement, params(args)));
    }
    // A request leaves when it is first polled: in this order.
    let (before, last) = join(join_all(before), last).await;
    before.into_iter().collect::<Result<Vec<_>, _>>()?;
    last
}

fn read_row(row: &tokio_postgres::Row) -> Result<Row, Error> {
    use tokio_postgres::types::Type;
    let mut cells = Vec::with_capacity(row.len());
    for (index, column) in row.columns().iter().enumerate() {
        let cell = match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(index)?.map(Value::Int),
            Type::INT4 => row.try_get::<_, Option<i32>>(index)?.map(|number| Value::Int(number.into())),
            Type::TEXT | Type::VARCHAR => row.try_get::<_, Option<String>>(index)?.map(Value::Text),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(index)?.map(Value::Bytes),
            Type::UUID => row.try_get::<_, Option<uuid::Uuid>>(index)?.map(Value::Id),
            Type::BOOL => row.try_get::<_, Option<bool>>(index)?.map(Value::from),
            ref other => return Err(Error::Corrupt(format!("a column of type {other}"))),
        };
        cells.push(cell.unwrap_or(Value::Null));
    }
    Ok(Row(cells))
}
