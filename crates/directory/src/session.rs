//! Signed-in browsers: opaque tokens, of which only the hash is kept, that end by idling, by age or by hand.

use std::time::Duration;

use kernel::{AccountId, SessionId, Timestamp};
use tenancy::{
    Actor, Event, Instance, InstanceTx, Row, SESSION_IDLE_MILLIS, SESSION_LIFE_MILLIS, Subject, Token, args,
    instance_sql,
};
use uuid::Uuid;

use crate::{Directory, Refusal};

/// The list of sessions shows the newest of them.
pub const SESSIONS_SHOWN: i64 = 100;

/// One signed-in browser of an account.
#[derive(Debug, Clone)]
pub struct SignedSession {
    pub id: SessionId,
    pub device: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
}

impl SignedSession {
    fn read(mut row: Row) -> Result<Self, tenancy::Error> {
        Ok(Self { id: row.take(0)?, device: row.take(1)?, created_at: row.take(2)?, last_seen_at: row.take(3)? })
    }
}

/// The account's living sessions, last used first.
///
/// # Errors
/// The database cannot answer.
pub async fn sessions(instance: &Instance, account: AccountId) -> Result<Vec<SignedSession>, Refusal> {
    let sql = instance_sql!(
        "select id, device, created_at, last_seen_at from sessions
         where account_id = $1 and ended_at is null and expires_at > $2 and last_seen_at >= $3
         order by last_seen_at desc, id desc limit $4"
    );
    let now = instance.vault().clock().now();
    let idle = Timestamp::from_millis(now.millis() - SESSION_IDLE_MILLIS);
    let rows = instance.read().await?.all(sql, args![account, now, idle, SESSIONS_SHOWN]).await?;
    rows.into_iter().map(|row| Ok(SignedSession::read(row)?)).collect()
}

/// Ends one session of the account and closes its streams.
///
/// # Errors
/// [`tenancy::Error::NotFound`] when the account has no such living session.
pub async fn end_session(directory: &Directory, account: AccountId, session: SessionId) -> Result<(), Refusal> {
    let sql = instance_sql!("update sessions set ended_at = $3 where id = $1 and account_id = $2 and ended_at is null");
    let mut tx = directory.instance.begin().await?;
    let now = tx.now();
    let outcome = match tx.run(sql, args![session, account, now]).await {
        Ok(0) => Err(tenancy::Error::NotFound),
        Ok(_) => {
            ended(&mut tx, account, session);
            Ok(())
        }
        Err(error) => Err(error),
    };
    Ok(tx.settle(outcome).await?)
}

/// Opens a session. The token is handed out here and nowhere else.
pub(crate) async fn open(tx: &mut InstanceTx, account: AccountId, device: &str) -> Result<(SessionId, Token), Refusal> {
    let sql = instance_sql!(
        "insert into sessions (id, account_id, token_hash, device, created_at, last_seen_at, expires_at, verified_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let (id, token, now) = (tx.vault().ids().next::<SessionId>(), Token::random("gs"), tx.now());
    let expires = now.plus(Duration::from_millis(SESSION_LIFE_MILLIS.unsigned_abs()));
    tx.run(sql, args![id, account, token.hash(), device, now, now, expires, now]).await?;
    tx.record(Actor::Newcomer(account), Event::new("session.started", Subject::new("session", id)));
    Ok((id, token))
}

/// Ends the session behind a token, if there is one: signing in again in the same browser replaces it, whoever was
/// signed in there.
pub(crate) async fn end_by_token(tx: &mut InstanceTx, by: AccountId, token: &str) -> Result<(), Refusal> {
    let sql =
        instance_sql!("update sessions set ended_at = $2 where token_hash = $1 and ended_at is null returning id");
    let now = tx.now();
    if let Some(mut row) = tx.first(sql, args![Token::hash_of(token), now]).await? {
        ended(tx, by, row.take(0)?);
    }
    Ok(())
}

/// Ends all sessions of an account, except `kept`, and closes their streams.
pub(crate) async fn end_all(tx: &mut InstanceTx, account: AccountId, kept: Option<SessionId>) -> Result<(), Refusal> {
    // One at a time, since each closes its own streams; people have a handful.
    let sql = instance_sql!(
        "update sessions set ended_at = $3
         where id = (
            select id from sessions where account_id = $1 and id <> $2 and ended_at is null order by id limit 1)
         returning id"
    );
    let kept = kept.unwrap_or(SessionId(Uuid::nil()));
    let now = tx.now();
    while let Some(mut row) = tx.first(sql, args![account, kept, now]).await? {
        ended(tx, account, row.take(0)?);
    }
    Ok(())
}

fn ended(tx: &mut InstanceTx, by: AccountId, session: SessionId) {
    tx.record(Actor::Newcomer(by), Event::new("session.ended", Subject::new("session", session)));
    tx.session_ended(session);
}
