//! How a purchase is shown.

use ::billing::{
    catalogue::Interval,
    checkout::{Checkout, CheckoutKind, CheckoutStatus},
};
use kernel::{CheckoutId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// A purchase. Money is in minor units of `currency`.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckoutView {
    id: CheckoutId,
    kind: CheckoutKind,
    #[schema(required)]
    plan: Option<String>,
    #[schema(required)]
    interval: Option<Interval>,
    #[schema(required)]
    addon: Option<String>,
    quantity: i64,
    amount: i64,
    currency: String,
    state: CheckoutStatus,
    /// The provider's page to pay at; `null` when there is nothing to pay there.
    #[schema(required)]
    url: Option<String>,
    created_at: Timestamp,
    expires_at: Timestamp,
}

impl From<Checkout> for CheckoutView {
    fn from(checkout: Checkout) -> Self {
        Self {
            id: checkout.id,
            kind: checkout.kind,
            plan: checkout.plan,
            interval: checkout.interval,
            addon: checkout.addon,
            quantity: checkout.quantity,
            amount: checkout.amount,
            currency: checkout.currency,
            state: checkout.status,
            url: checkout.url,
            created_at: checkout.created_at,
            expires_at: checkout.expires_at,
        }
    }
}
