use axum::{Json, http::StatusCode};
use conversations::Sort;
use kernel::{Limit, NoteText};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::view::{TaskCommentList, TaskCommentView, TaskPath};
use crate::{Allowed, Body, Failure, Params, PathOf};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommentsQuery {
    /// `oldest` first unless asked otherwise.
    #[param(inline)]
    sort: Option<Sort>,
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100, default = 25)]
    limit: Option<Limit>,
    cursor: Option<String>,
}

/// What was said about a task.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/tasks/{task_id}/comments", operation_id = "task_comments_list",
    tag = "tasks", params(TaskPath, CommentsQuery),
    responses((status = 200, description = "A page of comments", body = TaskCommentList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<tenancy::TaskView>,
    PathOf(path): PathOf<TaskPath>,
    Params(query): Params<CommentsQuery>,
) -> Result<Json<TaskCommentList>, Failure> {
    let mut session = grant.read().await?;
    let (sort, limit) = (query.sort.unwrap_or(Sort::Oldest), query.limit.unwrap_or_default());
    let cursor = query.cursor.as_deref();
    let (task, page) = conversations::task_comments(&mut session, path.task_id, sort, limit, cursor).await?;
    let exposure = task.exposure(&session.viewer());
    Ok(Json(page.map(|comment| TaskCommentView::of(comment, exposure)).into()))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TaskCommentCreate {
    text: NoteText,
}

/// Says something about a task.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/tasks/{task_id}/comments", operation_id = "task_comment_create",
    tag = "tasks", params(TaskPath), request_body = TaskCommentCreate,
    responses((status = 201, description = "The comment", body = TaskCommentView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<tenancy::TaskComment>,
    PathOf(path): PathOf<TaskPath>,
    Body(said): Body<TaskCommentCreate>,
) -> Result<(StatusCode, Json<TaskCommentView>), Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::comment_on_task(&mut tx, path.task_id, &said.text).await;
    let outcome = outcome.map(|(task, comment)| TaskCommentView::of(comment, task.exposure(&viewer)));
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}
