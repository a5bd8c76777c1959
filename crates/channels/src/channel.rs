//! A channel of a business: the website chat.

use std::time::Duration;

use kernel::{BusinessId, ChannelId, Line, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{
    ChannelManage, Composed, Error, Event, InboundReceive, Row, Session, Subject, TenantSql, Token, Tx, Work, args,
    part, sql,
};
use utoipa::ToSchema;

use crate::{
    Refusal,
    identity::IdentitySecret,
    origin::Origins,
    settings::{Settings, SettingsChange},
};

/// What customers write through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    WebsiteChat,
}

impl ChannelKind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::WebsiteChat => "website_chat",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        (name == Self::WebsiteChat.name()).then_some(Self::WebsiteChat)
    }
}

/// A channel.
#[derive(Debug, Clone)]
pub struct Channel {
    pub id: ChannelId,
    pub business_id: BusinessId,
    pub kind: ChannelKind,
    pub name: String,
    pub public_key: String,
    pub allowed_origins: Origins,
    pub settings: Settings,
    pub identity_secret: Option<IdentitySecret>,
    /// When a page last showed the chat, to within [`SEEN_STEP`].
    pub last_seen_at: Option<Timestamp>,
    pub version: i64,
    pub created_at: Timestamp,
}

/// That a page shows the chat is written down at most this often.
const SEEN_STEP: Duration = Duration::from_secs(10 * 60);
/// How a workspace's first channel is called.
const FIRST_NAME: &str = "Website chat";

const CHANNELS: TenantSql = sql!(
    "select id, business_id, kind, name, public_key, allowed_origins, settings, identity_secret, last_seen_at, version,
        created_at
     from channels where workspace_id = $1"
);

fn read(mut row: Row) -> Result<Channel, Error> {
    let corrupt = |error: serde_json::Error| Error::Corrupt(error.to_string());
    let (kind, origins, settings): (String, String, String) = (row.take(2)?, row.take(5)?, row.take(6)?);
    Ok(Channel {
        id: row.take(0)?,
        business_id: row.take(1)?,
        kind: ChannelKind::parse(&kind).ok_or_else(|| Error::Corrupt("channel kind".into()))?,
        name: row.take(3)?,
        public_key: row.take(4)?,
        allowed_origins: serde_json::from_str(&origins).map_err(corrupt)?,
        settings: serde_json::from_str(&settings).map_err(corrupt)?,
        identity_secret: row.take::<Option<Vec<u8>>>(7)?.map(IdentitySecret::from_bytes),
        last_seen_at: row.take(8)?,
        version: row.take(9)?,
        created_at: row.take(10)?,
    })
}

/// Every channel of the workspace, oldest first; there are few.
///
/// # Errors
/// The database cannot answer.
pub async fn list(session: &mut Session) -> Result<Vec<Channel>, Refusal> {
    let mut query = Composed::new(CHANNELS, &[]);
    query.push(part!("order by created_at, id"), &[]);
    Ok(session.list(&query).await?.into_iter().map(read).collect::<Result<_, _>>()?)
}

/// # Errors
/// [`Error::NotFound`].
pub async fn show(session: &mut Session, id: ChannelId) -> Result<Channel, Refusal> {
    let mut query = Composed::new(CHANNELS, &[]);
    query.push(part!("and id = ?"), args![id]);
    let row = session.list(&query).await?.into_iter().next().ok_or(Error::NotFound)?;
    Ok(read(row)?)
}

/// The origins whose pages may open the channel's chat.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn origins(session: &mut Session, id: ChannelId) -> Result<Origins, Error> {
    let text = sql!("select allowed_origins from channels where workspace_id = $1 and id = $2");
    let origins: String = session.first(text, args![id]).await?.ok_or(Error::NotFound)?.take(0)?;
    serde_json::from_str(&origins).map_err(|error| Error::Corrupt(error.to_string()))
}

/// Opens a further website chat, for the workspace's default business.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn create(tx: &mut Tx<ChannelManage>, name: &Line) -> Result<Channel, Refusal> {
    let default = sql!("select id from businesses where workspace_id = $1 and is_default = 1");
    let business = tx.first(default, &[]).await?.ok_or(Error::NotFound)?.take(0)?;
    let id = insert(tx, business, name).await?;
    show(tx, id).await
}

/// Opens the website chat that every workspace starts with.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn create_default(work: &mut Work, business: BusinessId) -> Result<ChannelId, Error> {
    insert(work, business, FIRST_NAME).await
}

async fn insert(work: &mut Work, business: BusinessId, name: &str) -> Result<ChannelId, Error> {
    let text = sql!(
        "insert into channels (workspace_id, id, business_id, kind, name, public_key, allowed_origins, settings, version,
            created_at)
         values ($1, $2, $3, $4, $5, $6, '[]', $7, 1, $8)"
    );
    let id: ChannelId = work.ids().next();
    let (kind, now) = (ChannelKind::WebsiteChat, work.now());
    let settings = to_text(&Settings::default())?;
    let key = Token::random("pk");
    work.run(text, args![id, business, kind.name(), name, key.as_str(), settings, now]).await?;
    let event = Event::new("channel.created", Subject::new("channel", id));
    work.record(event.payload(json!({ "channel_id": id, "business_id": business, "kind": kind.name() })));
    Ok(id)
}

/// What to change; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub name: Option<Line>,
    pub allowed_origins: Option<Vec<String>>,
    pub settings: Option<SettingsChange>,
}

/// # Errors
/// An origin or setting is not valid, or there is no such channel.
pub async fn update(tx: &mut Tx<ChannelManage>, id: ChannelId, change: Change) -> Result<Channel, Refusal> {
    let before = locked(tx, id).await?;
    let name = change.name.map_or_else(|| before.name.clone(), String::from);
    let origins = match &change.allowed_origins {
        Some(origins) => Origins::parse(origins)?,
        None => before.allowed_origins.clone(),
    };
    let settings = match change.settings {
        Some(settings) => before.settings.clone().with(settings)?,
        None => before.settings.clone(),
    };
    let fields: Vec<&str> = [
        ("name", name != before.name),
        ("allowed_origins", origins != before.allowed_origins),
        ("settings", settings != before.settings),
    ]
    .into_iter()
    .filter_map(|(field, changed)| changed.then_some(field))
    .collect();
    if fields.is_empty() {
        return Ok(before);
    }
    let text = sql!(
        "update channels set name = $3, allowed_origins = $4, settings = $5, version = version + 1
         where workspace_id = $1 and id = $2"
    );
    tx.run(text, args![id, name, to_text(&origins)?, to_text(&settings)?]).await?;
    let event = Event::new("channel.updated", Subject::new("channel", id));
    tx.record(event.payload(json!({ "channel_id": id, "fields": fields })));
    show(tx, id).await
}

/// Replaces the identity secret. The answer is its only showing.
///
/// # Errors
/// There is no such channel.
pub async fn rotate_identity_secret(tx: &mut Tx<ChannelManage>, id: ChannelId) -> Result<String, Refusal> {
    locked(tx, id).await?;
    let (secret, text) = IdentitySecret::random();
    let update =
        sql!("update channels set identity_secret = $3, version = version + 1 where workspace_id = $1 and id = $2");
    tx.run(update, args![id, secret.into_bytes()]).await?;
    let event = Event::new("channel.identity_secret_rotated", Subject::new("channel", id));
    tx.record(event.payload(json!({ "channel_id": id })));
    Ok(text)
}

/// A page shows the chat. Written only when it was not for a while; leaves no event (ruling 9).
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn seen(tx: &mut Tx<InboundReceive>, id: ChannelId) -> Result<(), Error> {
    let text = sql!("update channels set last_seen_at = $3 where workspace_id = $1 and id = $2");
    let now = tx.now();
    tx.mark(text, args![id, now]).await.map(drop)
}

/// Whether any page has ever shown one of the chats.
///
/// # Errors
/// The database cannot answer.
pub async fn is_installed(session: &mut Session) -> Result<bool, Error> {
    let sql = sql!("select 1 from channels where workspace_id = $1 and last_seen_at is not null limit 1");
    Ok(session.first(sql, &[]).await?.is_some())
}

impl Channel {
    /// Whether [`seen`] has something to write.
    pub fn is_unseen(&self, now: Timestamp) -> bool {
        self.last_seen_at.is_none_or(|seen| seen.plus(SEEN_STEP) <= now)
    }
}

/// Holds the row, so that two changes follow one another.
async fn locked(work: &mut Work, id: ChannelId) -> Result<Channel, Refusal> {
    let hold = sql!("update channels set version = version where workspace_id = $1 and id = $2");
    work.mark(hold, args![id]).await?;
    show(work, id).await
}

fn to_text(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Corrupt(error.to_string()))
}
