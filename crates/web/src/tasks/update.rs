use axum::Json;
use conversations::{TaskChange, TaskStatus};
use kernel::{Line, LongText, MemberId, Timestamp};
use serde::Deserialize;
use tenancy::TaskEdit;
use utoipa::ToSchema;

use super::view::{TaskPath, TaskView};
use crate::{Allowed, Body, Failure, PathOf, body::given};

/// What to change; a field that is left out stays, null takes the value away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TaskUpdate {
    #[schema(nullable = false)]
    title: Option<Line>,
    #[schema(nullable = false)]
    body: Option<LongText>,
    #[schema(nullable = false)]
    status: Option<TaskStatus>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<MemberId>)]
    assignee_id: Option<Option<MemberId>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Timestamp>)]
    due_at: Option<Option<Timestamp>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Timestamp>)]
    remind_at: Option<Option<Timestamp>>,
}

/// Changes a task: its words, its moments, who has it, and whether it is done.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/tasks/{task_id}", operation_id = "task_update", tag = "tasks",
    params(TaskPath), request_body = TaskUpdate,
    responses((status = 200, description = "The task", body = TaskView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<TaskEdit>,
    PathOf(path): PathOf<TaskPath>,
    Body(update): Body<TaskUpdate>,
) -> Result<Json<TaskView>, Failure> {
    let TaskUpdate { title, body, status, assignee_id: assignee, due_at, remind_at } = update;
    let change = TaskChange { title, body, status, assignee, due_at, remind_at };
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::update_task(&mut tx, path.task_id, change).await;
    Ok(Json(tx.settle(outcome.map(|task| TaskView::of(task, &viewer))).await?))
}
