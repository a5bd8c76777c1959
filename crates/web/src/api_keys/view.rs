//! How an API key is shown, which never shows the key.

use directory::{ApiKey, ApiKeyEnd, ApiKeyKind};
use kernel::{ApiKeyId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{conversations::view::MemberRef, view::list_of};

#[derive(Debug, Serialize, ToSchema)]
pub struct ApiKeyView {
    pub id: ApiKeyId,
    pub name: String,
    pub kind: ApiKeyKind,
    /// The key's first letters.
    pub prefix: String,
    /// Permissions. The key holds each as far as its creator does at the moment of its use.
    pub scopes: Vec<String>,
    pub creator: MemberRef,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// To within five minutes; null for a key that was never used.
    #[schema(required)]
    pub last_used_at: Option<Timestamp>,
    /// Null while the key is good.
    #[schema(required)]
    pub ended_at: Option<Timestamp>,
    #[schema(required)]
    pub ended_how: Option<ApiKeyEnd>,
}

list_of!(ApiKeyList, ApiKeyView);

impl From<ApiKey> for ApiKeyView {
    fn from(key: ApiKey) -> Self {
        let (ended_at, ended_how) = key.ended.unzip();
        Self {
            id: key.id,
            name: key.name,
            kind: key.kind,
            prefix: key.prefix,
            scopes: key.scopes,
            creator: MemberRef { id: key.creator, name: key.creator_name, former: key.creator_former },
            created_at: key.created_at,
            expires_at: key.expires_at,
            last_used_at: key.last_used_at,
            ended_at,
            ended_how,
        }
    }
}
