//! The spine: every change is one transaction with its event, numbered without gaps and chained by hash.
//!
//! The event row is the audit entry, the realtime message and the source of every reaction. It holds ids, field
//! names and hashes; what people wrote sits in an erasable side table (ruling 9).

use std::borrow::Cow;

use kernel::{CustomerId, MemberId, TeamId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Actor, Error, RightId, actor::Member};

/// What an event is about: a noun and an id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subject {
    pub kind: Cow<'static, str>,
    pub id: Uuid,
}

impl Subject {
    pub fn new(kind: impl Into<Cow<'static, str>>, id: impl Into<Uuid>) -> Self {
        Self { kind: kind.into(), id: id.into() }
    }
}

/// The attributes that decide who may see a conversation, as they were at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SightPoint {
    pub assignee: Option<MemberId>,
    pub team: Option<TeamId>,
    pub customer: CustomerId,
}

/// Who could see the subject before and who can now: who loses sight is told to remove it (ruling 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    pub before: Option<SightPoint>,
    pub after: Option<SightPoint>,
}

/// A change to be recorded; the transaction adds who, when, under which right and which number.
#[derive(Debug, Clone)]
pub struct Event {
    pub(crate) kind: &'static str,
    pub(crate) subject: Subject,
    pub(crate) sight: Option<Sight>,
    pub(crate) payload: Json,
    pub(crate) details: Option<String>,
    /// Under which right, where its transaction goes on under several.
    pub(crate) right: Option<RightId>,
}

impl Event {
    /// `kind` is `noun.happened`, of the same stem as the permission.
    pub fn new(kind: &'static str, subject: Subject) -> Self {
        Self { kind, subject, sight: None, payload: json!({}), details: None, right: None }
    }

    /// Ids and field names; never what a person wrote.
    #[must_use]
    pub fn payload(mut self, payload: Json) -> Self {
        self.payload = payload;
        self
    }

    #[must_use]
    pub fn sight(mut self, before: Option<SightPoint>, after: Option<SightPoint>) -> Self {
        self.sight = Some(Sight { before, after });
        self
    }

    /// Before and after as people read them. The row keeps only a salted hash, so that erasing the text neither
    /// breaks the chain nor leaves a trace of it.
    #[must_use]
    pub fn details(mut self, before: &Json, after: &Json) -> Self {
        let salt: [u8; 16] = rand::random();
        let text = json!({ "before": before, "after": after, "salt": Uuid::from_bytes(salt) }).to_string();
        self.note(DETAILS_HASH, json!(details_hash(&text)));
        self.details = Some(text);
        self
    }

    /// Says by which API key a member acted, if by one.
    pub(crate) fn by(&mut self, actor: &Actor) {
        if let Actor::Member(Member { key: Some(key), .. }) = actor {
            self.note("api_key", json!(key));
        }
    }

    /// One more member of the payload.
    pub(crate) fn note(&mut self, name: &str, value: Json) {
        if let Json::Object(payload) = &mut self.payload {
            payload.insert(name.into(), value);
        }
    }
}

/// The payload's member that holds the hash of the details.
pub(crate) const DETAILS_HASH: &str = "details_hash";

/// The hash of details as they are stored, in hexadecimal.
pub(crate) fn details_hash(details: &str) -> String {
    Sha256::digest(details.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash of everything in an event row but its place in the chain. `index` is its position in its transaction.
pub(crate) fn row_hash(row: &HashedRow<'_>) -> [u8; 32] {
    let mut hasher = Sha256::new();
    let mut field = |bytes: &[u8]| {
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    };
    field(&row.at.millis().to_be_bytes());
    field(row.kind.as_bytes());
    field(row.actor_kind.as_bytes());
    field(row.actor_id.map_or([0; 16], Uuid::into_bytes).as_slice());
    field(row.permission.as_bytes());
    field(row.subject_kind.as_bytes());
    field(row.subject_id.as_bytes());
    field(&row.index.to_be_bytes());
    field(row.sight.unwrap_or_default().as_bytes());
    field(row.payload.as_bytes());
    hasher.finalize().into()
}

pub(crate) struct HashedRow<'a> {
    pub(crate) at: Timestamp,
    pub(crate) kind: &'a str,
    pub(crate) actor_kind: &'a str,
    pub(crate) actor_id: Option<Uuid>,
    pub(crate) permission: &'a str,
    pub(crate) subject_kind: &'a str,
    pub(crate) subject_id: Uuid,
    pub(crate) index: i64,
    pub(crate) sight: Option<&'a str>,
    pub(crate) payload: &'a str,
}

/// `SHA-256(previous ‖ seq ‖ row_hash)`, seq as eight bytes, big end first (ruling 9).
pub(crate) fn chain_hash(previous: &[u8], seq: i64, row_hash: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update(seq.to_be_bytes());
    hasher.update(row_hash);
    hasher.finalize().into()
}

/// An event as it is read back.
#[derive(Debug, Clone)]
pub struct StoredEvent {
    pub seq: i64,
    pub at: Timestamp,
    pub kind: String,
    pub actor_kind: String,
    pub actor_id: Option<Uuid>,
    pub permission: String,
    pub subject_kind: String,
    pub subject_id: Uuid,
    /// The audit event of the same transaction, for a child event.
    pub parent_seq: Option<i64>,
    pub sight: Option<Sight>,
    pub payload: Json,
}

pub(crate) const COLUMNS: &str =
    "seq, at, kind, actor_kind, actor_id, permission, subject_kind, subject_id, parent_seq, sight, payload";

impl StoredEvent {
    pub(crate) fn read(mut row: crate::Row) -> Result<Self, Error> {
        let sight: Option<String> = row.take(9)?;
        let payload: String = row.take(10)?;
        Ok(Self {
            seq: row.take(0)?,
            at: row.take(1)?,
            kind: row.take(2)?,
            actor_kind: row.take(3)?,
            actor_id: row.take(4)?,
            permission: row.take(5)?,
            subject_kind: row.take(6)?,
            subject_id: row.take(7)?,
            parent_seq: row.take(8)?,
            sight: sight.map(|text| parse(&text)).transpose()?,
            payload: parse(&payload)?,
        })
    }
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::Corrupt(error.to_string()))
}
