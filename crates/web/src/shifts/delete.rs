use axum::http::StatusCode;
use tenancy::TeamManage;

use super::view::ShiftPath;
use crate::{Allowed, Failure, PathOf};

/// Takes a shift away. A member without any shift is on shift always.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/shifts/{shift_id}", operation_id = "shift_delete", tag = "teams",
    params(ShiftPath), responses((status = 204, description = "It is gone"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<TeamManage>,
    PathOf(path): PathOf<ShiftPath>,
) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::delete_shift(&mut tx, path.shift_id).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
