//! Who stands before the vault: a token that came in is turned into a [`Caller`], here and nowhere else (ruling 1).

use std::sync::Arc;

use kernel::{AccountId, ApiKeyId, ChannelId, DAY_MILLIS, MemberId, SessionId, Timestamp, WorkspaceId};
use uuid::Uuid;

use crate::{
    Caller, Error, Row, Session, Token, Value, Vault,
    actor::{Credentials, Key, SignedIn},
    args,
    ceiling::PermissionSet,
    database::statement::Text,
    raw,
    scope::Entered,
    vault::LAST_SEEN_STEP_MILLIS,
};

/// How long a session lives without use, on one's own device and on a shared one (SEC-005), and at most.
pub const SESSION_IDLE_MILLIS: i64 = 12 * 60 * 60 * 1000;
pub const SHARED_SESSION_IDLE_MILLIS: i64 = 60 * 60 * 1000;
pub const SESSION_LIFE_MILLIS: i64 = 14 * DAY_MILLIS;
/// What API keys start with.
pub const KEY_PREFIX: &str = "gk";

macro_rules! sessions {
    ($by:literal) => {
        raw!(concat!(
            "select id, account_id, last_seen_at, expires_at, shared_device, verified_at, rotation_due from sessions
             where ended_at is null and ",
            $by,
            " = $1"
        ))
    };
}

macro_rules! keys {
    ($by:literal) => {
        raw!(concat!(
            "select id, workspace_id, created_by, kind, scopes, expires_at, last_used_at from api_keys
             where ended_at is null and ",
            $by
        ))
    };
}

/// The version of the rights in the workspace `$1`, beside what was entered with while that lives.
macro_rules! versions {
    ($credentials:literal) => {
        raw!(concat!(
            "select w.rights_version, c.id from workspaces w left join ",
            $credentials,
            " and c.ended_at is null and c.expires_at > $3 where w.workspace_id = $1"
        ))
    };
}

impl Session {
    /// How often rights in the workspace have changed, for whoever may still enter with what they entered with: a
    /// request can be long on its way.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] when that has ended since; no such workspace; or the database cannot answer.
    pub(crate) async fn rights_version(&mut self, entered: &Entered) -> Result<i64, Error> {
        const OF_ANYBODY: Text<'static> = raw!("select rights_version from workspaces where workspace_id = $1");
        let (text, id): (_, Uuid) = match entered {
            Entered::With(Credentials::Account(person)) => {
                (versions!("sessions c on c.id = $2"), person.session.into())
            }
            Entered::With(Credentials::Key(key)) => {
                (versions!("api_keys c on c.workspace_id = w.workspace_id and c.id = $2"), key.id.into())
            }
            _ => return self.query(OF_ANYBODY, &[]).await?.into_iter().next().ok_or(Error::NotFound)?.take(0),
        };
        let now = self.now();
        let mut row = self.query(text, args![id, now]).await?.into_iter().next().ok_or(Error::NotFound)?;
        row.take::<Option<Uuid>>(1)?.ok_or(Error::Unauthenticated)?;
        row.take(0)
    }
}

impl Vault {
    /// Who a session cookie belongs to; a session idle or old enough is none.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn caller_of_session(&self, token: &str) -> Result<Option<Caller>, Error> {
        let by_token = sessions!("token_hash");
        let Some(row) = self.one(by_token, args![Token::hash_of(token)]).await? else { return Ok(None) };
        let Some((person, idle)) = self.living_session(row)? else { return Ok(None) };
        if idle > LAST_SEEN_STEP_MILLIS {
            let seen = raw!("update sessions set last_seen_at = $2 where id = $1");
            self.leave_mark(seen, args![person.session, self.clock().now()]).await?;
        }
        Ok(Some(Caller(Credentials::Account(person))))
    }

    /// The person behind a session row and for how long it lay idle, or none when it is over.
    fn living_session(&self, mut row: Row) -> Result<Option<(SignedIn, i64)>, Error> {
        let (session, account): (SessionId, AccountId) = (row.take(0)?, row.take(1)?);
        let (last_seen, expires): (Timestamp, Timestamp) = (row.take(2)?, row.take(3)?);
        let allowed = if row.take(4)? { SHARED_SESSION_IDLE_MILLIS } else { SESSION_IDLE_MILLIS };
        let now = self.clock().now();
        let idle = now.millis() - last_seen.millis();
        if now >= expires || idle > allowed {
            return Ok(None);
        }
        let (proven_at, rotation_due) = (row.take(5)?, row.take(6)?);
        Ok(Some((SignedIn { account, session, proven_at, rotation_due, preview: None }, idle)))
    }

    /// Whose API key this is; one that has expired or ended is none.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn caller_of_key(&self, token: &str) -> Result<Option<Caller>, Error> {
        if !Token::is_whole(KEY_PREFIX, token) {
            return Ok(None);
        }
        let Some(row) = self.one(keys!("token_hash = $1"), args![Token::hash_of(token)]).await? else {
            return Ok(None);
        };
        let Some((key, last_used)) = self.living_key(row)? else { return Ok(None) };
        let now = self.clock().now();
        if last_used.is_none_or(|last| now.millis() - last.millis() > LAST_SEEN_STEP_MILLIS) {
            let used = raw!("update api_keys set last_used_at = $3 where workspace_id = $1 and id = $2");
            self.leave_mark(used, args![key.workspace, key.id, now]).await?;
        }
        Ok(Some(Caller(Credentials::Key(Arc::new(key)))))
    }

    fn living_key(&self, mut row: Row) -> Result<Option<(Key, Option<Timestamp>)>, Error> {
        let (id, workspace): (ApiKeyId, WorkspaceId) = (row.take(0)?, row.take(1)?);
        let (holder, kind): (MemberId, String) = (row.take(2)?, row.take(3)?);
        let (scopes, expires): (String, Timestamp) = (row.take(4)?, row.take(5)?);
        if self.clock().now() >= expires {
            return Ok(None);
        }
        let scopes: Vec<String> = serde_json::from_str(&scopes).map_err(|error| Error::Corrupt(error.to_string()))?;
        let scopes = PermissionSet::named(&scopes);
        Ok(Some((Key { id, workspace, holder, personal: kind == "personal", scopes }, row.take(6)?)))
    }

    /// The caller as its credentials stand now, or none when they hold no longer; looking leaves no trace.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn caller_again(&self, caller: &Caller) -> Result<Option<Caller>, Error> {
        match &caller.0 {
            Credentials::Account(person) => {
                let Some(row) = self.one(sessions!("id"), args![person.session]).await? else { return Ok(None) };
                let again = self.living_session(row)?;
                Ok(again.map(|(now, _)| Caller(Credentials::Account(SignedIn { preview: person.preview, ..now }))))
            }
            Credentials::Key(key) => {
                let by_id = keys!("workspace_id = $1 and id = $2");
                let Some(row) = self.one(by_id, args![key.workspace, key.id]).await? else { return Ok(None) };
                Ok(self.living_key(row)?.map(|(key, _)| Caller(Credentials::Key(Arc::new(key)))))
            }
            Credentials::Visitor { workspace, visitor, .. } => {
                let text = raw!(
                    "select workspace_id, id, channel_id, customer_id, expires_at from visitors
                     where workspace_id = $1 and id = $2"
                );
                let Some(row) = self.one(text, args![*workspace, *visitor]).await? else { return Ok(None) };
                self.living_visitor(row)
            }
            Credentials::Channel { workspace, channel } => {
                let text = raw!("select 1 from channels where workspace_id = $1 and id = $2");
                Ok(self.one(text, args![*workspace, *channel]).await?.map(|_| caller.clone()))
            }
        }
    }

    /// Who a visitor token belongs to.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn caller_of_visitor(&self, token: &str) -> Result<Option<Caller>, Error> {
        const VISITOR: Text<'static> =
            raw!("select workspace_id, id, channel_id, customer_id, expires_at from visitors where token_hash = $1");
        let Some(row) = self.one(VISITOR, args![Token::hash_of(token)]).await? else { return Ok(None) };
        self.living_visitor(row)
    }

    fn living_visitor(&self, mut row: Row) -> Result<Option<Caller>, Error> {
        if self.clock().now() >= row.take::<Timestamp>(4)? {
            return Ok(None);
        }
        Ok(Some(Caller(Credentials::Visitor {
            workspace: row.take(0)?,
            visitor: row.take(1)?,
            channel: row.take(2)?,
            customer: row.take(3)?,
        })))
    }

    /// The channel behind a public key. The key names it and proves nothing: what it opens is only what the channel
    /// offers to everybody.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn caller_of_channel(&self, public_key: &str) -> Result<Option<Caller>, Error> {
        // Keys are plain ASCII; PostgreSQL would not even compare a NUL.
        if !public_key.chars().all(|c| c.is_ascii_graphic()) {
            return Ok(None);
        }
        let text = raw!("select workspace_id, id from channels where public_key = $1");
        let Some(mut row) = self.one(text, args![public_key]).await? else { return Ok(None) };
        let (workspace, channel): (WorkspaceId, ChannelId) = (row.take(0)?, row.take(1)?);
        Ok(Some(Caller(Credentials::Channel { workspace, channel })))
    }

    async fn one(&self, text: Text<'_>, values: &[Value]) -> Result<Option<Row>, Error> {
        Ok(self.database().read().await?.query(text, values).await?.into_iter().next())
    }

    /// Writes that something was used just now; this leaves no event.
    async fn leave_mark(&self, text: Text<'_>, values: &[Value]) -> Result<(), Error> {
        let mut write = self.database().begin().await?;
        write.execute(text, values).await?;
        write.end(true).await
    }
}
