use axum::Json;
use billing::change::preview_plan;
use kernel::WorkspaceId;
use tenancy::BillingManage;

use super::{plan::PlanChoice, view::PlanOfferView};
use crate::{Allowed, Body, Failure};

/// What a plan would cost to the minor unit, and when it would begin. Nothing changes.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/billing/plan-preview", operation_id = "billing_plan_preview",
    tag = "billing", params(("workspace_id" = WorkspaceId, Path)), request_body = PlanChoice,
    responses((status = 200, description = "The offer", body = PlanOfferView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<BillingManage>,
    Body(PlanChoice { plan, interval }): Body<PlanChoice>,
) -> Result<Json<PlanOfferView>, Failure> {
    let offer = preview_plan(&mut grant.read().await?, &plan, interval).await?;
    Ok(Json(offer.into()))
}
