//! How a row of the audit log is shown: as a person reads it, and no contact data that the reader may not have
//! (INV-19).

use std::collections::BTreeMap;

use kernel::{ApiKeyId, Timestamp};
use serde::Serialize;
use serde_json::Value;
use tenancy::{AuditChain, Outcome};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::view::list_of;

#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEventView {
    /// Its number in its chain, without gaps.
    pub seq: i64,
    #[schema(inline)]
    pub chain: AuditChain,
    pub at: Timestamp,
    /// `noun.happened`.
    pub kind: String,
    #[schema(inline)]
    pub outcome: Outcome,
    pub actor: AuditActor,
    /// The right that was used or missing.
    pub permission: String,
    pub subject: AuditSubject,
    /// The change of which this is a part, by its number.
    #[schema(required)]
    pub parent_seq: Option<i64>,
    /// What was there before, field by field; null where nothing was recorded, it was erased, or the caller may not
    /// see it.
    #[schema(required, value_type = Option<Object>)]
    pub before: Option<Value>,
    #[schema(required, value_type = Option<Object>)]
    pub after: Option<Value>,
    /// The API key by which the actor acted.
    #[schema(required)]
    pub api_key: Option<AuditApiKey>,
    /// Ids, names of fields and codes, by the kind of the event.
    #[schema(value_type = Object)]
    pub detail: Value,
    /// What members, permission sets and roles that `detail` mentions are called, by what stands there.
    pub names: BTreeMap<String, String>,
}

list_of!(AuditEventList, AuditEventView);

#[derive(Debug, Serialize, ToSchema)]
pub struct AuditActor {
    /// `member`, `account` (somebody who was no member then), `operator` (of the server), `visitor`, `channel` or `duty`
    /// (the house itself).
    pub kind: String,
    #[schema(required)]
    pub id: Option<Uuid>,
    /// Empty for who has no name here.
    pub name: String,
    /// Belongs to the workspace no longer.
    pub former: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AuditSubject {
    pub kind: String,
    pub id: Uuid,
    /// What it is called now, or was called when it still had a name; null for what has none or is out of the
    /// caller's sight.
    #[schema(required)]
    pub label: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AuditApiKey {
    pub id: ApiKeyId,
    pub name: String,
}
