use axum::http::StatusCode;
use tenancy::TaskDelete;

use super::view::TaskPath;
use crate::{Allowed, Failure, PathOf, undo::Undoable};

/// Deletes a task; for a day that can be undone.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/tasks/{task_id}", operation_id = "task_delete", tag = "tasks",
    params(TaskPath), responses((status = 204, description = "It is gone"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<TaskDelete>,
    PathOf(path): PathOf<TaskPath>,
) -> Result<Undoable<StatusCode>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::delete_task(&mut tx, path.task_id).await;
    let undo = tx.undo_offer();
    tx.settle(outcome).await?;
    Ok(Undoable(undo, StatusCode::NO_CONTENT))
}
