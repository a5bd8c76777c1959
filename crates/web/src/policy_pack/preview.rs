use axum::{Json, extract::State};
use kernel::WorkspaceId;

use super::view::{PolicyPackPut, PolicyPackSwitch};
use crate::{Allowed, App, Body, Failure};

/// What a switch to another pack would do: who gets which role, what everybody gains and loses, which policies change.
/// Nothing is changed.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/policy-pack/preview", operation_id = "policy_pack_preview",
    tag = "rights", params(("workspace_id" = WorkspaceId, Path)), request_body = PolicyPackPut,
    responses((status = 200, description = "The switch", body = PolicyPackSwitch))
)]
pub(crate) async fn preview(
    Allowed(grant): Allowed<tenancy::RoleManage>,
    State(app): State<App>,
    Body(wanted): Body<PolicyPackPut>,
) -> Result<Json<PolicyPackSwitch>, Failure> {
    let wish = wanted.wish(&app.vault).await?;
    Ok(Json(directory::preview_switch(&mut grant.read().await?, &wish).await?.into()))
}
