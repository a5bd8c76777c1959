use axum::Json;
use kernel::WorkspaceId;
use serde::Deserialize;
use tenancy::WorkspaceDelete;
use utoipa::IntoParams;

use super::view::WorkspaceView;
use crate::{Allowed, Failure, Params};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkspaceDeletion {
    /// The workspace's name, typed to confirm.
    confirm: String,
}

/// Has the workspace deleted in seven days. Until then little can be done in it, and its owner can take that back.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}", operation_id = "workspace_delete", tag = "workspaces",
    params(("workspace_id" = WorkspaceId, Path), WorkspaceDeletion),
    responses((status = 200, description = "The workspace, and when it goes", body = WorkspaceView))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<WorkspaceDelete>,
    Params(deletion): Params<WorkspaceDeletion>,
) -> Result<Json<WorkspaceView>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::schedule_deletion(&mut tx, &deletion.confirm).await;
    let viewer = tx.viewer();
    Ok(Json(tx.settle(outcome.map(|workspace| WorkspaceView::of(workspace, &viewer))).await?))
}
