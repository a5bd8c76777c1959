use axum::Json;
use kernel::WorkspaceId;

use super::view::{PermissionSetList, PermissionSetView};
use crate::{Allowed, Failure};

/// The permission sets, by name.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/permission-sets", operation_id = "permission_sets_list",
    tag = "rights", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The permission sets", body = PermissionSetList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<tenancy::RoleView>) -> Result<Json<PermissionSetList>, Failure> {
    let sets = directory::permission_sets(&mut grant.read().await?).await?;
    Ok(Json(PermissionSetList { items: sets.into_iter().map(PermissionSetView::from).collect() }))
}
