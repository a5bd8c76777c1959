use axum::http::StatusCode;
use kernel::WorkspaceId;
use tenancy::MemberSelf;

use crate::{Allowed, Failure};

/// Says that one is at work: keys were pressed or something was touched. To be repeated every minute in which that
/// happens; who stays silent for as long as the workspace waits is set away.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/activity", operation_id = "activity_put", tag = "members",
    params(("workspace_id" = WorkspaceId, Path)), responses((status = 204, description = "Noted"))
)]
pub(crate) async fn put(Allowed(grant): Allowed<MemberSelf>) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::note_input(&mut tx).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
