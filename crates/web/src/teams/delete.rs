use axum::http::StatusCode;
use tenancy::TeamManage;

use super::view::TeamPath;
use crate::{Allowed, Failure, PathOf};

/// Ends a routing team: its members leave it, and what waits for it goes to the general queue.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/teams/{team_id}", operation_id = "team_delete", tag = "teams",
    params(TeamPath), responses((status = 204, description = "It is gone"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<TeamManage>,
    PathOf(path): PathOf<TeamPath>,
) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::close_team(&mut tx, path.team_id).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
