use axum::{Json, extract::State, http::StatusCode};
use kernel::Line;
use serde::Deserialize;
use tenancy::WorkspaceViewSettings;
use utoipa::ToSchema;

use super::view::WorkspaceView;
use crate::{App, Body, Failure, SignedIn};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkspaceCreate {
    name: Line,
}

/// Makes a further workspace, with oneself as its owner.
#[utoipa::path(
    post, path = "/api/v1/workspaces", operation_id = "workspace_create", tag = "workspaces",
    request_body = WorkspaceCreate, responses((status = 201, description = "The workspace", body = WorkspaceView))
)]
pub(crate) async fn create(
    caller: SignedIn,
    State(app): State<App>,
    Body(new): Body<WorkspaceCreate>,
) -> Result<(StatusCode, Json<WorkspaceView>), Failure> {
    let id = directory::create_workspace(&app.directory, caller.account, &new.name).await?;
    let grant = app.vault.enter(&caller.caller, id).await?.grant::<WorkspaceViewSettings>()?;
    let mut session = grant.read().await?;
    let workspace = directory::workspace(&mut session).await?;
    Ok((StatusCode::CREATED, Json(WorkspaceView::of(workspace, &session.viewer()))))
}
