//! Idempotency records: the first answer to a keyed request, written in the transaction of its effect, so that even
//! a crash between effect and answer cannot make it happen twice.

use std::sync::Arc;

use kernel::{AccountId, Timestamp, WorkspaceId};
use serde_json::{Value as Json, json};

use crate::{
    Engine, Error, Value, args,
    database::{Write, statement::Text},
    raw,
};

/// A request that carried an `Idempotency-Key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub key: String,
    /// SHA-256 over method, path and body: the same key with another request is refused.
    pub hash: [u8; 32],
}

/// The first answer, to be given again.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    pub status: u16,
    pub body: Json,
}

/// Under whom answers are remembered: keys of different askers never meet.
#[derive(Debug, Clone)]
pub(crate) enum Asker {
    Actor {
        workspace: WorkspaceId,
        actor: String,
    },
    /// An account outside of workspaces.
    Account(AccountId),
}

/// A keyed request of somebody, inside the transaction that answers it.
#[derive(Clone)]
pub(crate) struct Keyed {
    pub(crate) asker: Asker,
    pub(crate) request: Arc<Request>,
}

impl Asker {
    const fn find(&self) -> Text<'static> {
        match self {
            Self::Actor { .. } => raw!(
                "select request_hash, answer from idempotency_records
                 where workspace_id = $1 and actor = $2 and key = $3"
            ),
            Self::Account(_) => {
                raw!("select request_hash, answer from account_idempotency_records where account_id = $1 and key = $2")
            }
        }
    }

    const fn remember(&self) -> Text<'static> {
        match self {
            Self::Actor { .. } => raw!(
                "insert into idempotency_records (workspace_id, actor, key, request_hash, answer, created_at)
                 values ($1, $2, $3, $4, $5, $6)"
            ),
            Self::Account(_) => raw!(
                "insert into account_idempotency_records (account_id, key, request_hash, answer, created_at)
                 values ($1, $2, $3, $4, $5)"
            ),
        }
    }

    fn columns(&self) -> Vec<Value> {
        match self {
            Self::Actor { workspace, actor } => args![*workspace, actor].to_vec(),
            Self::Account(account) => args![*account].to_vec(),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Actor { workspace, actor } => format!("{workspace} {actor}"),
            Self::Account(account) => account.to_string(),
        }
    }
}

impl Keyed {
    /// Looks for the first answer inside the transaction that would give another one. Transactions of one key follow
    /// each other: on SQLite all do, on PostgreSQL they queue for a lock that ends with the transaction.
    ///
    /// # Errors
    /// [`Error::AnsweredBefore`] with that answer, [`Error::IdempotencyKeyReused`], or the database cannot answer.
    pub(crate) async fn must_be_first(&self, write: &mut Write) -> Result<(), Error> {
        if write.engine() == Engine::Postgres {
            let lock = raw!("select cast(pg_advisory_xact_lock(hashtextextended($1, 0)) as text)");
            write.query(lock, args![format!("{} {}", self.asker.name(), self.request.key)]).await?;
        }
        let mut values = self.asker.columns();
        values.extend_from_slice(args![&self.request.key]);
        let Some(mut row) = write.query(self.asker.find(), &values).await?.into_iter().next() else { return Ok(()) };
        if row.take::<[u8; 32]>(0)? != self.request.hash {
            return Err(Error::IdempotencyKeyReused);
        }
        let answer: String = row.take(1)?;
        let answer: Json = serde_json::from_str(&answer).map_err(|error| Error::Corrupt(error.to_string()))?;
        let status = answer["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(200);
        Err(Error::AnsweredBefore(Replay { status, body: answer["body"].clone() }))
    }

    /// Keeps the first answer for the next request of this key.
    pub(crate) async fn remember(
        &self,
        write: &mut Write,
        status: u16,
        body: &Json,
        now: Timestamp,
    ) -> Result<(), Error> {
        let answer = json!({ "status": status, "body": body }).to_string();
        let mut values = self.asker.columns();
        values.extend_from_slice(args![&self.request.key, self.request.hash, answer, now]);
        write.execute(self.asker.remember(), &values).await.map(drop)
    }
}
