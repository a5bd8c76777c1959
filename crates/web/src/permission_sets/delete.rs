use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;

use super::view::PermissionSetPath;
use crate::{Allowed, App, Failure, PathOf};

#[derive(Debug, Serialize, ToSchema)]
pub struct PermissionSetGone {
    /// So many members had it.
    pub holders: i64,
}

/// Deletes a permission set and takes it from everybody who has it.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/permission-sets/{permission_set_id}",
    operation_id = "permission_set_delete", tag = "rights", params(PermissionSetPath),
    responses((status = 200, description = "It is gone", body = PermissionSetGone))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<tenancy::RoleManage>,
    State(app): State<App>,
    PathOf(path): PathOf<PermissionSetPath>,
) -> Result<Json<PermissionSetGone>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::delete_permission_set(&mut tx, &*app.directory.on_exit, path.permission_set_id).await;
    Ok(Json(tx.settle(outcome.map(|holders| PermissionSetGone { holders })).await?))
}
