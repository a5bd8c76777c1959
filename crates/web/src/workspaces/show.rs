use axum::Json;
use kernel::WorkspaceId;
use tenancy::WorkspaceViewSettings;

use super::view::WorkspaceView;
use crate::{Allowed, Failure};

/// One workspace.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}", operation_id = "workspace_show", tag = "workspaces",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The workspace", body = WorkspaceView))
)]
pub(crate) async fn show(Allowed(grant): Allowed<WorkspaceViewSettings>) -> Result<Json<WorkspaceView>, Failure> {
    let mut session = grant.read().await?;
    let workspace = directory::workspace(&mut session).await?;
    Ok(Json(WorkspaceView::of(workspace, &session.viewer())))
}
