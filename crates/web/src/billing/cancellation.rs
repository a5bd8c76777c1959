use axum::{Json, extract::State};
use billing::{catalogue::Interval, subscription::Subscription};
use kernel::{Timestamp, WorkspaceId};
use serde::Serialize;
use tenancy::BillingManage;
use utoipa::ToSchema;

use crate::{Allowed, App, Failure};

/// Whether the subscription goes on.
#[derive(Debug, Serialize, ToSchema)]
pub struct CancellationView {
    pub cancel_at_period_end: bool,
    pub plan: String,
    #[schema(inline)]
    pub interval: Interval,
    /// Until then everything stays.
    pub period_end: Timestamp,
}

impl From<Subscription> for CancellationView {
    fn from(subscription: Subscription) -> Self {
        let Subscription { cancel_at_period_end, plan, interval, period, .. } = subscription;
        Self { cancel_at_period_end, plan, interval, period_end: period.end }
    }
}

/// Lets the subscription end with its period. Until then everything stays, and it can be taken back.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/billing/cancellation", operation_id = "billing_cancellation_put",
    tag = "billing", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "When it ends", body = CancellationView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<BillingManage>,
    State(app): State<App>,
) -> Result<Json<CancellationView>, Failure> {
    Ok(Json(billing::desk::go_on(&grant, &*app.till, false).await?.into()))
}

/// Takes a cancellation back before it took effect.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/billing/cancellation",
    operation_id = "billing_cancellation_delete", tag = "billing", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "It goes on", body = CancellationView))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<BillingManage>,
    State(app): State<App>,
) -> Result<Json<CancellationView>, Failure> {
    Ok(Json(billing::desk::go_on(&grant, &*app.till, true).await?.into()))
}
