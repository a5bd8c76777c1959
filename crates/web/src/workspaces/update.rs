use axum::Json;
use kernel::{Line, WorkspaceId};
use serde::Deserialize;
use tenancy::WorkspaceEditSettings;
use utoipa::ToSchema;

use super::view::WorkspaceView;
use crate::{Allowed, Body, Failure};

/// What is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkspaceUpdate {
    name: Option<Line>,
}

/// Renames the workspace.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}", operation_id = "workspace_update", tag = "workspaces",
    params(("workspace_id" = WorkspaceId, Path)), request_body = WorkspaceUpdate,
    responses((status = 200, description = "The workspace", body = WorkspaceView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<WorkspaceEditSettings>,
    Body(change): Body<WorkspaceUpdate>,
) -> Result<Json<WorkspaceView>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = match change.name {
        Some(name) => directory::rename_workspace(&mut tx, &name).await,
        None => directory::workspace(&mut tx).await,
    };
    Ok(Json(tx.settle(outcome.map(|workspace| WorkspaceView::of(workspace, &viewer))).await?))
}
