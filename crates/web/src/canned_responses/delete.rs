use axum::http::StatusCode;
use tenancy::CannedResponseManage;

use super::view::CannedResponsePath;
use crate::{Allowed, Failure, PathOf, undo::Undoable};

/// Deletes a canned response; for a day that can be undone.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/canned-responses/{canned_response_id}",
    operation_id = "canned_response_delete", tag = "canned responses", params(CannedResponsePath),
    responses((status = 204, description = "It is gone"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<CannedResponseManage>,
    PathOf(path): PathOf<CannedResponsePath>,
) -> Result<Undoable<StatusCode>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::delete_canned_response(&mut tx, path.canned_response_id).await;
    let undo = tx.undo_offer();
    tx.settle(outcome).await?;
    Ok(Undoable(undo, StatusCode::NO_CONTENT))
}
