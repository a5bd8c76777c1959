use axum::Json;
use billing::change::{TooMany, preview_plan, too_many_under};
use kernel::WorkspaceId;
use serde::Serialize;
use tenancy::BillingManage;
use utoipa::ToSchema;

use super::{plan::PlanChoice, view::PlanOfferView};
use crate::{Allowed, Body, Failure};

/// A plan, priced, and what it would mean.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanPreview {
    #[serde(flatten)]
    offer: PlanOfferView,
    /// What more is held of than the plan has.
    too_many: Vec<TooManyView>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct TooManyView {
    /// `full_seats`, `collaborator_seats` or `businesses`.
    meter: &'static str,
    used: i64,
    cap: i64,
}

impl From<TooMany> for TooManyView {
    fn from(TooMany { meter, used, cap }: TooMany) -> Self {
        Self { meter: meter.name(), used, cap }
    }
}

/// What a plan would cost to the minor unit, and when it would begin. Nothing changes.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/billing/plan-preview", operation_id = "billing_plan_preview",
    tag = "billing", params(("workspace_id" = WorkspaceId, Path)), request_body = PlanChoice,
    responses((status = 200, description = "The offer", body = PlanPreview))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<BillingManage>,
    Body(PlanChoice { plan, interval }): Body<PlanChoice>,
) -> Result<Json<PlanPreview>, Failure> {
    let mut session = grant.read().await?;
    let offer = preview_plan(&mut session, &plan, interval).await?.into();
    let too_many = too_many_under(&mut session, &plan).await?.into_iter().map(TooManyView::from).collect();
    Ok(Json(PlanPreview { offer, too_many }))
}
