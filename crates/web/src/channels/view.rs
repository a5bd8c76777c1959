use channels::{Channel, ChannelKind, Settings};
use kernel::{BusinessId, ChannelId, Timestamp};
use serde::Serialize;
use tenancy::{Permission, Viewer};
use utoipa::ToSchema;

use crate::view::{Can, list_of};

#[derive(Debug, Serialize, ToSchema)]
pub struct ChannelView {
    pub id: ChannelId,
    pub kind: ChannelKind,
    pub name: String,
    pub business_id: BusinessId,
    /// Names the channel in the snippet; it is no secret.
    pub public_key: String,
    pub allowed_origins: Vec<String>,
    pub settings: Settings,
    /// Whether signed-in site users can be recognised.
    pub identity_secret_set: bool,
    pub created_at: Timestamp,
    /// When a page last showed the chat.
    #[schema(required)]
    pub last_seen_at: Option<Timestamp>,
    pub version: i64,
    pub can: Can,
}

list_of!(ChannelList, ChannelView);

/// A channel inside something else.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChannelRef {
    pub id: ChannelId,
    pub kind: ChannelKind,
    pub name: String,
}

impl ChannelView {
    pub fn of(channel: Channel, viewer: &Viewer) -> Self {
        let abilities = [Permission::ChannelView, Permission::ChannelManage];
        Self {
            id: channel.id,
            kind: channel.kind,
            name: channel.name,
            business_id: channel.business_id,
            public_key: channel.public_key,
            allowed_origins: channel.allowed_origins.as_slice().to_vec(),
            settings: channel.settings,
            identity_secret_set: channel.identity_secret.is_some(),
            created_at: channel.created_at,
            last_seen_at: channel.last_seen_at,
            version: channel.version,
            can: Can::new(abilities.map(|permission| (permission, viewer.ability(permission, true)))),
        }
    }
}
