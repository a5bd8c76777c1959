use axum::{Json, extract::State};
use kernel::WorkspaceId;

use super::view::{PolicyPackPut, PolicyPackView};
use crate::{Allowed, App, Body, Failure};

/// Switches to another pack, for everybody at once. The workspace's own roles and permission sets stay.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/policy-pack", operation_id = "policy_pack_put", tag = "rights",
    params(("workspace_id" = WorkspaceId, Path)), request_body = PolicyPackPut,
    responses((status = 200, description = "The new pack", body = PolicyPackView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<tenancy::RoleManage>,
    State(app): State<App>,
    Body(wanted): Body<PolicyPackPut>,
) -> Result<Json<PolicyPackView>, Failure> {
    let wish = wanted.wish(&app.vault).await?;
    let mut tx = grant.begin().await?;
    let outcome = directory::switch_pack(&mut tx, &*app.directory.on_exit, &wish).await;
    Ok(Json(tx.settle(outcome.map(|pack| PolicyPackView::from(&*pack))).await?))
}
