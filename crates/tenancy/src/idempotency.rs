//! Idempotency records: the first answer to a keyed request, written in the transaction of its effect, so that even
//! a crash between effect and answer cannot make it happen twice.

use serde_json::{Value as Json, json};

use crate::{Engine, Error, Session, args, database::statement::Text, raw};

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

const FIND: Text<'static> = raw!(
    "select request_hash, answer from idempotency_records where workspace_id = $1 and actor = $2 and key = $3"
);
pub(crate) const REMEMBER: Text<'static> = raw!(
    "insert into idempotency_records (workspace_id, actor, key, request_hash, answer, created_at)
     values ($1, $2, $3, $4, $5, $6)"
);

/// Looks for the first answer inside the transaction that would give another one. Transactions of one key follow
/// each other: on SQLite all do, on PostgreSQL they queue for a lock that ends with the transaction.
pub(crate) async fn find(session: &mut Session, actor: &str, request: &Request) -> Result<Option<Replay>, Error> {
    if session.vault().engine() == Engine::Postgres {
        let lock = raw!("select cast(pg_advisory_xact_lock(hashtextextended(cast($1 as text) || $2 || $3, 0)) as text)");
        session.query(lock, args![actor, &request.key]).await?;
    }
    let Some(mut row) = session.query(FIND, args![actor, &request.key]).await?.into_iter().next() else {
        return Ok(None);
    };
    if row.take::<[u8; 32]>(0)? != request.hash {
        return Err(Error::IdempotencyKeyReused);
    }
    let answer: String = row.take(1)?;
    let answer: Json = serde_json::from_str(&answer).map_err(|error| Error::Corrupt(error.to_string()))?;
    let status = answer["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(200);
    Ok(Some(Replay { status, body: answer["body"].clone() }))
}

/// The stored form of an answer.
pub(crate) fn answer(status: u16, body: &Json) -> String {
    json!({ "status": status, "body": body }).to_string()
}
