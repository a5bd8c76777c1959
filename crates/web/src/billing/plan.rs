use axum::{Json, extract::State};
use billing::{catalogue::Interval, change::Changed};
use kernel::WorkspaceId;
use serde::{Deserialize, Serialize};
use tenancy::BillingManage;
use utoipa::ToSchema;

use super::view::{InvoiceView, PlanOfferView};
use crate::{Allowed, App, Body, Failure};

/// A plan of the workspace's catalogue, and how often it is paid.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanChoice {
    pub(super) plan: String,
    #[schema(inline)]
    pub(super) interval: Interval,
}

/// What came of asking for a plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanChangedView {
    pub offer: PlanOfferView,
    /// What is to be paid before the plan begins.
    #[schema(required)]
    pub invoice: Option<InvoiceView>,
}

impl From<Changed> for PlanChangedView {
    fn from(changed: Changed) -> Self {
        Self { offer: changed.offer.into(), invoice: changed.invoice.map(InvoiceView::from) }
    }
}

/// Asks for a plan. A larger one begins once what is due was paid, a smaller one with the next period; the plan that runs
/// takes back what was scheduled.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/billing/plan", operation_id = "billing_plan_put", tag = "billing",
    params(("workspace_id" = WorkspaceId, Path)), request_body = PlanChoice,
    responses((status = 200, description = "When it begins, and what is due", body = PlanChangedView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<BillingManage>,
    State(app): State<App>,
    Body(PlanChoice { plan, interval }): Body<PlanChoice>,
) -> Result<Json<PlanChangedView>, Failure> {
    let changed = billing::desk::change_plan(&grant, &*app.till, (&plan, interval)).await?;
    Ok(Json(changed.into()))
}
