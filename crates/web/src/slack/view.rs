//! How the connection to Slack is shown: who knows a webhook's address can post, so it stays here.

use ::notifications::SlackWebhook;
use kernel::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::conversations::view::MemberRef;

#[derive(Debug, Default, Serialize, ToSchema)]
pub struct SlackView {
    pub connected: bool,
    /// Where the webhook leads.
    #[schema(required)]
    pub host: Option<String>,
    #[schema(required)]
    pub connected_by: Option<MemberRef>,
    #[schema(required)]
    pub connected_at: Option<Timestamp>,
}

impl From<SlackWebhook> for SlackView {
    fn from(webhook: SlackWebhook) -> Self {
        Self {
            connected: true,
            host: Some(webhook.host),
            connected_by: webhook.created_by.map(|(id, name)| MemberRef::here(id, name)),
            connected_at: Some(webhook.created_at),
        }
    }
}
