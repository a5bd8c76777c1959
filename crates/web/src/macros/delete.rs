use axum::http::StatusCode;
use tenancy::CannedResponseManage;

use super::view::MacroPath;
use crate::{Allowed, Failure, PathOf, undo::Undoable};

/// Deletes a macro; for a day that can be undone.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/macros/{macro_id}", operation_id = "macro_delete",
    tag = "macros", params(MacroPath), responses((status = 204, description = "It is gone"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<CannedResponseManage>,
    PathOf(path): PathOf<MacroPath>,
) -> Result<Undoable<StatusCode>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::delete_macro(&mut tx, path.macro_id).await;
    let undo = tx.undo_offer();
    tx.settle(outcome).await?;
    Ok(Undoable(undo, StatusCode::NO_CONTENT))
}
