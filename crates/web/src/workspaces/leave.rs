use axum::{Json, extract::State};
use kernel::WorkspaceId;
use tenancy::WorkspaceLeave;

use crate::{Allowed, App, Failure, members::view::ExitReceiptView};

/// Leaves the workspace; what one wrote stays. Its owner hands it over or deletes it first.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/leave", operation_id = "workspace_leave", tag = "workspaces",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "What it ended and moved", body = ExitReceiptView))
)]
pub(crate) async fn leave(
    Allowed(grant): Allowed<WorkspaceLeave>,
    State(app): State<App>,
) -> Result<Json<ExitReceiptView>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::leave(&mut tx, &*app.directory.on_exit).await;
    Ok(Json(tx.settle(outcome.map(ExitReceiptView::from)).await?))
}
