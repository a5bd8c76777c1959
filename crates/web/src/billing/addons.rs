use axum::{Json, extract::State};
use billing::subscription::Subscription;
use kernel::{Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::BillingPurchaseAddons;
use utoipa::ToSchema;

use crate::{Allowed, App, Body, Failure, PathOf};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddonQuantity {
    #[schema(minimum = 0, maximum = 10_000)]
    quantity: u16,
}

/// How many of an add-on there are, and will be.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddonHeldView {
    pub addon: String,
    pub quantity: i64,
    /// From the next period on, where that is another number.
    #[schema(required)]
    pub next_quantity: Option<i64>,
    pub period_end: Timestamp,
}

impl AddonHeldView {
    fn of(addon: String, subscription: &Subscription) -> Self {
        let item = subscription.items.iter().find(|item| item.item == addon);
        let (quantity, next_quantity) = item.map_or((0, None), |item| (item.quantity, item.next_quantity));
        Self { addon, quantity, next_quantity, period_end: subscription.period.end }
    }
}

/// Has less of an add-on from the next period on; as many as there are takes that back. More is bought by a checkout.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/billing/addons/{addon_id}", operation_id = "billing_addon_put",
    tag = "billing", params(("workspace_id" = WorkspaceId, Path), ("addon_id" = String, Path)),
    request_body = AddonQuantity,
    responses((status = 200, description = "What there is, and will be", body = AddonHeldView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<BillingPurchaseAddons>,
    PathOf((_, addon)): PathOf<(WorkspaceId, String)>,
    State(app): State<App>,
    Body(AddonQuantity { quantity }): Body<AddonQuantity>,
) -> Result<Json<AddonHeldView>, Failure> {
    let held = billing::desk::reduce_addon(&grant, &*app.till, &addon, quantity.into()).await?;
    Ok(Json(AddonHeldView::of(addon, &held)))
}
