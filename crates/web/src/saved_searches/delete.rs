use axum::http::StatusCode;
use tenancy::SearchUse;

use super::view::SavedSearchPath;
use crate::{Allowed, Failure, PathOf, undo::Undoable};

/// Deletes a saved search; for a day that can be undone.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/saved-searches/{saved_search_id}",
    operation_id = "saved_search_delete", tag = "search", params(SavedSearchPath),
    responses((status = 204, description = "It is gone"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<SearchUse>,
    PathOf(path): PathOf<SavedSearchPath>,
) -> Result<Undoable<StatusCode>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::delete_saved_search(&mut tx, path.saved_search_id).await;
    let undo = tx.undo_offer();
    tx.settle(outcome).await?;
    Ok(Undoable(undo, StatusCode::NO_CONTENT))
}
