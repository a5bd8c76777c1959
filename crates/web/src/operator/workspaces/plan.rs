use axum::{Json, extract::State};
use billing::{Assignment, catalogue::Interval, subscription::TillKind};
use kernel::WorkspaceId;
use serde::Deserialize;
use tenancy::{Operating, Operator, Tx};
use utoipa::ToSchema;

use super::view::OperatorWorkspaceView;
use crate::{App, Body, Failure, PathOf};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanAssignment {
    /// Its newest version is taken; left out, the workspace's own stays as it is.
    catalogue: Option<String>,
    /// The plan's id in that catalogue.
    plan: String,
    /// Another one than before begins now.
    interval: Option<Interval>,
}

/// Puts a workspace on a plan, also on one that nobody can buy. Nothing is charged for it, and from now on money is taken
/// from the workspace as this server takes it. One that pays at the payment provider ends its subscription there first.
#[utoipa::path(
    put, path = "/api/v1/operator/workspaces/{workspace_id}/plan", operation_id = "operator_plan_put",
    tag = "operator", params(("workspace_id" = WorkspaceId, Path)), request_body = PlanAssignment,
    responses((status = 200, description = "The workspace", body = OperatorWorkspaceView))
)]
pub(crate) async fn put(
    operator: Operator,
    State(app): State<App>,
    PathOf(workspace): PathOf<WorkspaceId>,
    Body(wanted): Body<PlanAssignment>,
) -> Result<Json<OperatorWorkspaceView>, Failure> {
    let mut tx = operator.enter(workspace)?.begin().await?;
    let outcome = assign(&mut tx, &wanted, app.till.kind()).await;
    Ok(Json(tx.settle(outcome).await?))
}

async fn assign(
    tx: &mut Tx<Operating>,
    PlanAssignment { catalogue, plan, interval }: &PlanAssignment,
    till: TillKind,
) -> Result<OperatorWorkspaceView, Failure> {
    let catalogue = catalogue.as_deref();
    billing::assign(tx, Assignment { catalogue, plan, interval: *interval, till: Some(till) }).await?;
    OperatorWorkspaceView::read(tx).await
}
