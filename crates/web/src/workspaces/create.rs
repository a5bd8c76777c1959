use axum::{Json, extract::State, http::StatusCode};
use kernel::Line;
use serde::Deserialize;
use tenancy::{Founding, Pack, Tx};
use utoipa::ToSchema;

use super::view::WorkspaceView;
use crate::{App, Body, Failure, SignedIn};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkspaceCreate {
    name: Line,
    /// The id of a policy pack, `default` unless said otherwise.
    pack: Option<String>,
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
    let pack = directory::chosen_pack(&app.vault, new.pack.as_deref()).await?;
    let mut tx = caller.begin(&app).await?.founding(app.vault.ids().next(), caller.account);
    let outcome = found(&mut tx, &app, &caller, &new.name, &pack).await;
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}

async fn found(
    tx: &mut Tx<Founding>,
    app: &App,
    owner: &SignedIn,
    name: &Line,
    pack: &Pack,
) -> Result<WorkspaceView, Failure> {
    let workspace = directory::create_workspace(tx, &app.directory, owner.account, name, pack).await?;
    let viewer = tx.viewer_after(&owner.caller).await?;
    Ok(WorkspaceView::of(workspace, &viewer))
}
