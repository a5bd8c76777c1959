use axum::Json;
use kernel::WorkspaceId;

use super::view::{RoleList, RoleView};
use crate::{Allowed, Failure};

/// The roles, highest first: the policy pack's, and the workspace's own.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/roles", operation_id = "roles_list", tag = "rights",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The roles", body = RoleList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<tenancy::RoleView>) -> Result<Json<RoleList>, Failure> {
    let roles = directory::roles(&mut grant.read().await?).await?;
    Ok(Json(RoleList { items: roles.into_iter().map(RoleView::from).collect() }))
}
