use axum::http::StatusCode;

use super::view::RolePath;
use crate::{Allowed, Failure, PathOf};

/// Deletes a role of the workspace's own that nobody has and nobody is invited to.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/roles/{role_key}", operation_id = "role_delete", tag = "rights",
    params(RolePath), responses((status = 204, description = "It is gone"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<tenancy::RoleManage>,
    PathOf(path): PathOf<RolePath>,
) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::delete_role(&mut tx, &path.role_key).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
