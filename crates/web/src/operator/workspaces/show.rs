use axum::Json;
use billing::{overview::overview, usage};
use kernel::WorkspaceId;
use serde::Serialize;
use tenancy::Operator;
use utoipa::ToSchema;

use super::view::OperatorWorkspaceView;
use crate::{Failure, PathOf, billing::show::BillingOverview, usage::show::MeterUsageView};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OperatorWorkspaceDetail {
    workspace: OperatorWorkspaceView,
    /// Whom to write to about it.
    #[schema(format = Email)]
    owner_email: String,
    /// What its own people see of it.
    billing: BillingOverview,
}

/// A workspace with what it pays and uses.
#[utoipa::path(
    get, path = "/api/v1/operator/workspaces/{workspace_id}", operation_id = "operator_workspace_show",
    tag = "operator", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The workspace", body = OperatorWorkspaceDetail))
)]
pub(crate) async fn show(
    operator: Operator,
    PathOf(workspace): PathOf<WorkspaceId>,
) -> Result<Json<OperatorWorkspaceDetail>, Failure> {
    let mut session = operator.enter(workspace)?.read().await?;
    let workspace = OperatorWorkspaceView::read(&mut session).await?;
    let owner_email = directory::owner(&mut session).await?.email;
    let standing = overview(&mut session).await?;
    let month = usage::this_month(&mut session).await?;
    let meters = month.meters.into_iter().map(MeterUsageView::from).collect();
    let billing = BillingOverview::of(standing, meters, session.now(), &session.viewer());
    Ok(Json(OperatorWorkspaceDetail { workspace, owner_email, billing }))
}
