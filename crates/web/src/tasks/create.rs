use axum::{Json, http::StatusCode};
use conversations::{NewTask, TaskRefusal, TaskSubject};
use kernel::{ConversationId, CustomerId, Line, LongText, MemberId, Timestamp, WorkspaceId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::TaskView;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TaskCreate {
    title: Line,
    #[schema(nullable = false)]
    body: Option<LongText>,
    assignee_id: Option<MemberId>,
    due_at: Option<Timestamp>,
    /// Its assignee is reminded then, or its creator where nobody has it.
    remind_at: Option<Timestamp>,
    /// A task is about a conversation, or a customer, or neither.
    conversation_id: Option<ConversationId>,
    customer_id: Option<CustomerId>,
}

/// Makes a task.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/tasks", operation_id = "task_create", tag = "tasks",
    params(("workspace_id" = WorkspaceId, Path)), request_body = TaskCreate,
    responses((status = 201, description = "The task", body = TaskView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<tenancy::TaskCreate>,
    Body(new): Body<TaskCreate>,
) -> Result<(StatusCode, Json<TaskView>), Failure> {
    let subject = match (new.conversation_id, new.customer_id) {
        (Some(_), Some(_)) => return Err(TaskRefusal::TwoSubjects.into()),
        (Some(conversation), None) => Some(TaskSubject::Conversation(conversation)),
        (None, customer) => customer.map(TaskSubject::Customer),
    };
    let TaskCreate { title, body, assignee_id: assignee, due_at, remind_at, .. } = new;
    let new = NewTask { title, body: body.unwrap_or_default(), assignee, due_at, remind_at, subject };
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::create_task(&mut tx, new).await.map(|task| TaskView::of(task, &viewer));
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}
