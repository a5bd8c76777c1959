use axum::Json;

use super::view::{TaskPath, TaskView};
use crate::{Allowed, Failure, PathOf};

/// One task.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/tasks/{task_id}", operation_id = "task_show", tag = "tasks",
    params(TaskPath), responses((status = 200, description = "The task", body = TaskView))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<tenancy::TaskView>,
    PathOf(path): PathOf<TaskPath>,
) -> Result<Json<TaskView>, Failure> {
    let mut session = grant.read().await?;
    let task = conversations::task(&mut session, path.task_id).await?;
    Ok(Json(TaskView::of(task, &session.viewer())))
}
