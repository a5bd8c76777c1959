use axum::http::StatusCode;
use tenancy::LabelManage;

use super::view::LabelPath;
use crate::{Allowed, Failure, PathOf, undo::Undoable};

/// Deletes a label. What carried it keeps its id, which names nothing any more.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/labels/{label_id}", operation_id = "label_delete",
    tag = "labels", params(LabelPath),
    responses((status = 204, description = "It is gone"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<LabelManage>,
    PathOf(path): PathOf<LabelPath>,
) -> Result<Undoable<StatusCode>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = customers::label::delete_label(&mut tx, path.label_id).await;
    let undo = tx.undo_offer();
    tx.settle(outcome).await?;
    Ok(Undoable(undo, StatusCode::NO_CONTENT))
}
