use axum::Json;
use kernel::WorkspaceId;
use tenancy::WorkspaceDelete;

use super::view::WorkspaceView;
use crate::{Allowed, Failure};

/// Takes a scheduled deletion back: the workspace is again what it was before.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/deletion", operation_id = "workspace_undelete",
    tag = "workspaces", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The workspace", body = WorkspaceView))
)]
pub(crate) async fn undelete(Allowed(grant): Allowed<WorkspaceDelete>) -> Result<Json<WorkspaceView>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::cancel_deletion(&mut tx).await;
    let viewer = tx.viewer();
    Ok(Json(tx.settle(outcome.map(|workspace| WorkspaceView::of(workspace, &viewer))).await?))
}
