use axum::http::StatusCode;
use tenancy::TaskDelete;

use super::view::TaskPath;
use crate::{Allowed, Failure, PathOf};

/// Deletes a task. For a day that can be undone.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/tasks/{task_id}", operation_id = "task_delete", tag = "tasks",
    params(TaskPath), responses((status = 204, description = "It is gone"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<TaskDelete>,
    PathOf(path): PathOf<TaskPath>,
) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::delete_task(&mut tx, path.task_id).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
