use axum::http::StatusCode;
use tenancy::SecurityManage;

use super::view::MemberPath;
use crate::{Allowed, Failure, PathOf};

/// Closes this workspace to a member's open sessions until they sign in again.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/members/{member_id}/sessions",
    operation_id = "member_sessions_delete", tag = "members", params(MemberPath),
    responses((status = 204, description = "Closed"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<SecurityManage>,
    PathOf(path): PathOf<MemberPath>,
) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::end_member_sessions(&mut tx, path.member_id).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
