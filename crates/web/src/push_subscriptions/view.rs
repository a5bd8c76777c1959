//! How a browser that takes push messages is shown to its member.

use ::notifications::PushSubscription;
use kernel::{PushSubscriptionId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct PushSubscriptionView {
    pub id: PushSubscriptionId,
    /// "Firefox on Linux".
    pub device: String,
    /// It is the browser that asks.
    pub current: bool,
    pub created_at: Timestamp,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PushSubscriptionList {
    /// Newest first.
    pub items: Vec<PushSubscriptionView>,
}

impl From<PushSubscription> for PushSubscriptionView {
    fn from(subscription: PushSubscription) -> Self {
        let PushSubscription { id, device, current, created_at } = subscription;
        Self { id, device, current, created_at }
    }
}
