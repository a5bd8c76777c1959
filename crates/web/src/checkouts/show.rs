use axum::Json;
use kernel::{CheckoutId, WorkspaceId};
use tenancy::BillingView;

use super::view::CheckoutView;
use crate::{Allowed, Failure, PathOf};

/// How a purchase stands.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/billing/checkouts/{checkout_id}", operation_id = "checkout_show",
    tag = "billing", params(("workspace_id" = WorkspaceId, Path), ("checkout_id" = CheckoutId, Path)),
    responses((status = 200, description = "The purchase", body = CheckoutView))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<BillingView>,
    PathOf((_, id)): PathOf<(WorkspaceId, CheckoutId)>,
) -> Result<Json<CheckoutView>, Failure> {
    Ok(Json(::billing::checkout::checkout(&mut grant.read().await?, id).await?.into()))
}
