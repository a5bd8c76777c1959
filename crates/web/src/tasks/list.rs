use axum::Json;
use conversations::{Due, TaskFilter, TaskStatus, Whose};
use kernel::{ConversationId, CustomerId, Limit, WorkspaceId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::{TaskList, TaskView};
use crate::{Allowed, Failure, Params};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct TasksQuery {
    /// `me`; `team`, which is somebody of one's teams or nobody; or `all`, which it is where it is left out.
    #[serde(default)]
    #[param(inline)]
    who: Whose,
    /// Each task is in one of them, by the calendar of the workspace's zone: overdue, later today, before the next
    /// Monday, later, without a day.
    #[param(inline)]
    due: Option<Due>,
    status: Option<TaskStatus>,
    conversation_id: Option<ConversationId>,
    customer_id: Option<CustomerId>,
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100, default = 25)]
    limit: Option<Limit>,
    cursor: Option<String>,
}

/// Tasks by when they are due.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/tasks", operation_id = "tasks_list", tag = "tasks",
    params(("workspace_id" = WorkspaceId, Path), TasksQuery),
    responses((status = 200, description = "A page of tasks", body = TaskList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<tenancy::TaskView>,
    Params(query): Params<TasksQuery>,
) -> Result<Json<TaskList>, Failure> {
    let filter = TaskFilter {
        whose: query.who,
        due: query.due,
        status: query.status,
        conversation: query.conversation_id,
        customer: query.customer_id,
    };
    let mut session = grant.read().await?;
    let limit = query.limit.unwrap_or_default();
    let page = conversations::tasks(&mut session, filter, limit, query.cursor.as_deref()).await?;
    let viewer = session.viewer();
    Ok(Json(page.map(|task| TaskView::of(task, &viewer)).into()))
}
