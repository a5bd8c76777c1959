//! API keys: how programs enter a workspace. A key does what it was given as far as whoever made it still may, and is
//! shown once: what stays here is its hash and its first letters.

use std::time::Duration;

use kernel::{ApiKeyId, Cursor, DAY, Limit, Line, MemberId, Page, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{
    ApiKeyManage, Composed, Error, Event, KEY_PREFIX, Permission, Reach, Row, Session, Subject, Token, Tx, args, part,
    sql,
};
use utoipa::ToSchema;

use crate::{MemberStatus, Refusal, api_key_scopes::chosen};

/// Letters of a key by which its holder knows it again.
const SHOWN_LETTERS: usize = 10;

/// Whom a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApiKeyKind {
    /// Acts as whoever made it: what is theirs is the key's.
    Personal,
    /// Acts for the workspace: nothing is its own, so it holds only what reaches everything.
    Workspace,
}

impl ApiKeyKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Personal => "personal",
            Self::Workspace => "workspace",
        }
    }

    fn read(name: &str) -> Result<Self, Error> {
        let kind = [Self::Personal, Self::Workspace].into_iter().find(|kind| kind.name() == name);
        kind.ok_or_else(|| Error::Corrupt(format!("kind of API key {name:?}")))
    }
}

/// For how many days a key is good: 1 to 365, 90 unless asked otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub struct ApiKeyLifetime(u32);

impl ApiKeyLifetime {
    const LONGEST: u32 = 365;

    fn duration(self) -> Duration {
        DAY * self.0
    }
}
impl Default for ApiKeyLifetime {
    fn default() -> Self {
        Self(90)
    }
}
impl TryFrom<i64> for ApiKeyLifetime {
    type Error = &'static str;
    fn try_from(days: i64) -> Result<Self, Self::Error> {
        let days = u32::try_from(days).ok().filter(|days| (1..=Self::LONGEST).contains(days));
        days.map(Self).ok_or("is not between 1 and 365 days")
    }
}

/// How a key came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApiKeyEnd {
    Revoked,
    /// Its time was over.
    Expired,
    /// Whoever made it was deactivated or is no member any more.
    Exit,
}

/// Keys that are good still, or those that are not any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApiKeyStatus {
    Active,
    Ended,
}

impl ApiKeyStatus {
    const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Ended => "ended",
        }
    }
}

#[derive(Debug, Clone)]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub name: String,
    pub kind: ApiKeyKind,
    /// The first letters of the key.
    pub prefix: String,
    /// Names of permissions, in the catalogue's order.
    pub scopes: Vec<String>,
    pub creator: MemberId,
    pub creator_name: String,
    /// The creator is no member any more.
    pub creator_former: bool,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
    pub ended: Option<(Timestamp, ApiKeyEnd)>,
}

/// A key to be made.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    pub name: Line,
    pub kind: ApiKeyKind,
    pub scopes: Vec<String>,
    pub lifetime: ApiKeyLifetime,
}

/// The keys one may see, newest first: everybody's, or one's own where `api_key.manage` reaches no further.
///
/// # Errors
/// The cursor is not of this list, or the database cannot answer.
pub async fn api_keys(
    session: &mut Session,
    status: Option<ApiKeyStatus>,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<Page<ApiKey>, Refusal> {
    let now = session.now();
    let list = format!("api_keys/{}/{}", session.workspace(), status.map_or("", ApiKeyStatus::name));
    let mut query = in_sight(session);
    match status {
        None => {}
        Some(ApiKeyStatus::Active) => {
            query.push(part!("and k.ended_at is null and k.expires_at > ?"), args![now]);
        }
        Some(ApiKeyStatus::Ended) => {
            query.push(part!("and (k.ended_at is not null or k.expires_at <= ?)"), args![now]);
        }
    }
    if let Some(cursor) = cursor {
        let (created_at, id) = Cursor::parse(cursor, &list)?;
        query.push(part!("and (k.created_at, k.id) < (?, ?)"), args![created_at, id]);
    }
    query.push(part!("order by k.created_at desc, k.id desc limit ?"), args![limit.get() + 1]);
    let keys = session.list(&query).await?.into_iter().map(|row| read(row, now)).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(keys, limit, |key| (key.created_at.millis(), key.id.into()), &list))
}

/// Makes a key. The token is handed out here and nowhere else.
///
/// # Errors
/// A scope is unknown, for no key, or not held by whoever makes it (INV-13).
pub async fn create_api_key(tx: &mut Tx<ApiKeyManage>, new: &NewApiKey) -> Result<(ApiKey, Token), Refusal> {
    let creator = tx.viewer().member.ok_or(Error::NotFound)?;
    // Held, so that nobody goes while a key of theirs is being made.
    let hold = sql!(
        "update memberships set status = status where workspace_id = $1 and id = $2 and status = 'active' returning id"
    );
    tx.first(hold, args![creator]).await?.ok_or(Error::NotFound)?;
    let viewer = tx.viewer();
    let scopes = chosen(&new.scopes, new.kind, |permission| viewer.reach(permission))?;
    let (id, token, now): (ApiKeyId, _, _) = (tx.ids().next(), Token::checked(KEY_PREFIX), tx.now());
    let prefix: String = token.as_str().chars().take(SHOWN_LETTERS).collect();
    let expires_at = now.plus(new.lifetime.duration());
    let insert = sql!(
        "insert into api_keys (workspace_id, id, kind, name, prefix, token_hash, scopes, created_by, created_at,
            expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    let (kind, name, written) = (new.kind.name(), &*new.name, json!(scopes).to_string());
    tx.run(insert, args![id, kind, name, prefix, token.hash(), written, creator, now, expires_at]).await?;
    let event = Event::new("api_key.created", Subject::new("api_key", id));
    let event =
        event.payload(json!({ "created_by": creator, "kind": kind, "scopes": scopes, "expires_at": expires_at }));
    tx.record(event.details(&json!({}), &json!({ "name": name })));
    Ok((api_key(tx, id).await?, token))
}

/// Ends a key at once, and whatever stream it holds open. One whose maker was deactivated does not come back with them.
///
/// # Errors
/// Out of sight, or ended already for good.
pub async fn revoke_api_key(tx: &mut Tx<ApiKeyManage>, id: ApiKeyId) -> Result<(), Refusal> {
    tx.rights_change().await?;
    let key = api_key(tx, id).await?;
    if matches!(key.ended, Some((_, ApiKeyEnd::Revoked | ApiKeyEnd::Expired))) {
        return Err(Refusal::ApiKeyEnded);
    }
    let sql = sql!("update api_keys set ended_at = $3, ended_how = 'revoked' where workspace_id = $1 and id = $2");
    let now = tx.now();
    tx.run(sql, args![id, now]).await?;
    tx.record(Event::new("api_key.revoked", Subject::new("api_key", id)).payload(json!({ "created_by": key.creator })));
    Ok(())
}

async fn api_key(session: &mut Session, id: ApiKeyId) -> Result<ApiKey, Refusal> {
    let mut query = in_sight(session);
    query.push(part!("and k.id = ?"), args![id]);
    let row = session.list(&query).await?.into_iter().next().ok_or(Error::NotFound)?;
    Ok(read(row, session.now())?)
}

/// The keys the actor may see.
fn in_sight(session: &Session) -> Composed {
    let mut query = Composed::new(
        sql!(
            "select k.id, k.name, k.kind, k.prefix, k.scopes, k.created_by, coalesce(m.display_name, a.name), m.status,
                k.created_at, k.expires_at, k.last_used_at, k.ended_at, k.ended_how
             from api_keys k
             join memberships m on m.workspace_id = k.workspace_id and m.id = k.created_by
             join accounts a on a.id = m.account_id
             where k.workspace_id = $1"
        ),
        &[],
    );
    match session.reach(Permission::ApiKeyManage) {
        Reach::Any => {}
        Reach::Own | Reach::Masked | Reach::None => {
            query.push(part!("and k.created_by = ?"), args![session.viewer().member]);
        }
    }
    query
}

fn read(mut row: Row, now: Timestamp) -> Result<ApiKey, Error> {
    let scopes: String = row.take(4)?;
    let (expires_at, ended_at): (Timestamp, Option<Timestamp>) = (row.take(9)?, row.take(11)?);
    let ended_how: Option<String> = row.take(12)?;
    Ok(ApiKey {
        id: row.take(0)?,
        name: row.take(1)?,
        kind: ApiKeyKind::read(&row.take::<String>(2)?)?,
        prefix: row.take(3)?,
        scopes: serde_json::from_str(&scopes).map_err(|error| Error::Corrupt(error.to_string()))?,
        creator: row.take(5)?,
        creator_name: row.take(6)?,
        creator_former: MemberStatus::read(&row.take::<String>(7)?)?.is_former(),
        created_at: row.take(8)?,
        expires_at,
        last_used_at: row.take(10)?,
        ended: match (ended_at, ended_how.as_deref()) {
            (Some(at), Some("revoked")) => Some((at, ApiKeyEnd::Revoked)),
            (Some(at), _) => Some((at, ApiKeyEnd::Exit)),
            (None, _) => (expires_at <= now).then_some((expires_at, ApiKeyEnd::Expired)),
        },
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// With 100,000 keys each of 64 letters stands at each place about 1,562 times; six times the deviation of 39 is
    /// missed by chance once in many millions of runs.
    #[test]
    fn t_d8_no_key_repeats_and_no_letter_is_likelier_than_another() {
        const KEYS: usize = 100_000;
        const RANDOM_LETTERS: std::ops::Range<usize> = 3..45;
        let mut seen = HashSet::with_capacity(KEYS);
        let mut counts = vec![[0_usize; 128]; RANDOM_LETTERS.end];
        for _ in 0..KEYS {
            let token = Token::checked(KEY_PREFIX);
            let text = token.as_str().as_bytes();
            RANDOM_LETTERS.for_each(|place| counts[place][usize::from(text[place])] += 1);
            assert!(seen.insert(token.hash()), "a key repeats");
        }
        for place in RANDOM_LETTERS {
            let used: Vec<usize> = counts[place].iter().copied().filter(|count| *count > 0).collect();
            assert_eq!(used.len(), 64, "letters at {place}");
            assert!(used.iter().all(|count| count.abs_diff(KEYS / 64) < 6 * 40), "{place}: {used:?}");
        }
    }

    #[test]
    fn a_key_lives_a_day_to_a_year() {
        assert_eq!(ApiKeyLifetime::default().duration(), DAY * 90);
        for days in [1, 365] {
            assert!(ApiKeyLifetime::try_from(days).is_ok());
        }
        for days in [i64::MIN, -1, 0, 366, i64::MAX] {
            assert!(ApiKeyLifetime::try_from(days).is_err(), "{days}");
        }
    }
}
