use axum::Json;
use billing::{change::preview_addon, checkout::Quantity};
use kernel::WorkspaceId;
use serde::Deserialize;
use tenancy::BillingPurchaseAddons;
use utoipa::ToSchema;

use super::view::AddonOfferView;
use crate::{Allowed, Body, Failure};

/// So many of an add-on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddonChoice {
    addon: String,
    quantity: Quantity,
}

/// What so many of an add-on would cost to the minor unit: now, and with every period from then on. Nothing changes.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/billing/addon-preview", operation_id = "billing_addon_preview",
    tag = "billing", params(("workspace_id" = WorkspaceId, Path)), request_body = AddonChoice,
    responses((status = 200, description = "The offer", body = AddonOfferView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<BillingPurchaseAddons>,
    Body(AddonChoice { addon, quantity }): Body<AddonChoice>,
) -> Result<Json<AddonOfferView>, Failure> {
    let offer = preview_addon(&mut grant.read().await?, &addon, quantity.get()).await?;
    Ok(Json(offer.into()))
}
