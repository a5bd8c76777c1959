use axum::{Json, extract::State, http::StatusCode};
use kernel::Line;
use serde::Deserialize;
use tenancy::{Founding, Tx};
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
    mut caller: SignedIn,
    State(app): State<App>,
    Body(new): Body<WorkspaceCreate>,
) -> Result<(StatusCode, Json<WorkspaceView>), Failure> {
    let mut tx = caller.begin(&app).await?.founding(app.vault.ids().next(), caller.account);
    let outcome = found(&mut tx, &app, &caller, &new.name).await;
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}

async fn found(tx: &mut Tx<Founding>, app: &App, owner: &SignedIn, name: &Line) -> Result<WorkspaceView, Failure> {
    let workspace = directory::create_workspace(tx, &app.directory, owner.account, name).await?;
    let viewer = tx.viewer_after(&owner.caller).await?;
    Ok(WorkspaceView::of(workspace, &viewer))
}
