//! Signed-in browsers: opaque tokens, of which only the hash is kept, that end by idling, by age or by hand.

use std::time::Duration;

use kernel::{AccountId, SessionId, Timestamp};
use tenancy::{
    Actor, Event, Instance, InstanceTx, Row, SESSION_IDLE_MILLIS, SESSION_LIFE_MILLIS, SHARED_SESSION_IDLE_MILLIS,
    Subject, Token, args, instance_sql,
};
use uuid::Uuid;

use crate::{Browser, Directory, Refusal, account};

/// The list of sessions shows the newest of them.
pub const SESSIONS_SHOWN: i64 = 100;

/// One signed-in browser of an account.
#[derive(Debug, Clone)]
pub struct SignedSession {
    pub id: SessionId,
    pub device: String,
    pub shared: bool,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
}

impl SignedSession {
    fn read(mut row: Row) -> Result<Self, tenancy::Error> {
        Ok(Self {
            id: row.take(0)?,
            device: row.take(1)?,
            shared: row.take(2)?,
            created_at: row.take(3)?,
            last_seen_at: row.take(4)?,
        })
    }
}

/// The account's living sessions, last used first.
///
/// # Errors
/// The database cannot answer.
pub async fn sessions(instance: &Instance, account: AccountId) -> Result<Vec<SignedSession>, Refusal> {
    let sql = instance_sql!(
        "select id, device, shared_device, created_at, last_seen_at from sessions
         where account_id = $1 and ended_at is null and expires_at > $2
            and ((shared_device = 1 and last_seen_at >= $3) or (shared_device = 0 and last_seen_at >= $4))
         order by last_seen_at desc, id desc limit $5"
    );
    let now = instance.vault().clock().now();
    let idle_since = |allowed: i64| Timestamp::from_millis(now.millis() - allowed);
    let (shared, own) = (idle_since(SHARED_SESSION_IDLE_MILLIS), idle_since(SESSION_IDLE_MILLIS));
    let rows = instance.read().await?.all(sql, args![account, now, shared, own, SESSIONS_SHOWN]).await?;
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

/// The token that took the place of another one, which is dead with that.
#[derive(Debug, Clone)]
pub struct NewToken {
    pub token: Token,
    pub shared: bool,
}

/// A signed-in person proves again who they are, by the password; the session gets a new token with that.
///
/// # Errors
/// [`Refusal::NotConfirmed`], or the session has ended.
pub async fn confirm_session(
    directory: &Directory,
    account: AccountId,
    session: SessionId,
    password: &str,
) -> Result<NewToken, Refusal> {
    let sql = instance_sql!("select password_hash from accounts where id = $1");
    let row = directory.instance.read().await?.first(sql, args![account]).await?;
    let stored: Option<String> = row.ok_or(tenancy::Error::NotFound)?.take(0)?;
    let (true, Some(verified)) = (directory.passwords.verify(password, stored.clone()).await?, stored) else {
        return Err(Refusal::NotConfirmed);
    };
    let mut tx = directory.instance.begin().await?;
    let outcome = confirm(&mut tx, account, session, &verified).await;
    tx.settle(outcome).await
}

async fn confirm(
    tx: &mut InstanceTx,
    account: AccountId,
    session: SessionId,
    verified: &str,
) -> Result<NewToken, Refusal> {
    if !account::hold_password(tx, account, verified).await? {
        return Err(Refusal::NotConfirmed);
    }
    let now = tx.now();
    tx.run(instance_sql!("update sessions set verified_at = $2 where id = $1"), args![session, now]).await?;
    tx.record(Actor::Newcomer(account), Event::new("session.confirmed", Subject::new("session", session)));
    Ok(replace_token(tx, session, false).await?.ok_or(tenancy::Error::NotFound)?)
}

/// Replaces the token of a session whose rights changed, once; `None` when another request did it first.
///
/// # Errors
/// The database cannot answer.
pub async fn rotate_session(
    directory: &Directory,
    account: AccountId,
    session: SessionId,
) -> Result<Option<NewToken>, Refusal> {
    let mut tx = directory.instance.begin().await?;
    let outcome = replace_token(&mut tx, session, true).await;
    if let Ok(Some(_)) = &outcome {
        tx.record(Actor::Newcomer(account), Event::new("session.rotated", Subject::new("session", session)));
    }
    Ok(tx.settle(outcome).await?)
}

async fn replace_token(
    tx: &mut InstanceTx,
    session: SessionId,
    only_if_due: bool,
) -> Result<Option<NewToken>, tenancy::Error> {
    let sql = instance_sql!(
        "update sessions set token_hash = $2, rotation_due = 0
         where id = $1 and ended_at is null and rotation_due >= $3 returning shared_device"
    );
    let token = Token::random("gs");
    let row = tx.first(sql, args![session, token.hash(), only_if_due]).await?;
    row.map(|mut row| Ok(NewToken { token, shared: row.take(0)? })).transpose()
}

/// Opens a session. The token is handed out here and nowhere else.
pub(crate) async fn open(
    tx: &mut InstanceTx,
    account: AccountId,
    browser: &Browser,
) -> Result<(SessionId, Token), Refusal> {
    let sql = instance_sql!(
        "insert into sessions (id, account_id, token_hash, device, shared_device, created_at, last_seen_at,
            expires_at, verified_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    let (id, token, now) = (tx.vault().ids().next::<SessionId>(), Token::random("gs"), tx.now());
    let expires = now.plus(Duration::from_millis(SESSION_LIFE_MILLIS.unsigned_abs()));
    tx.run(sql, args![id, account, token.hash(), &browser.device, browser.shared, now, now, expires, now]).await?;
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
