use axum::Json;
use kernel::MemberId;
use serde::Deserialize;
use tenancy::ConversationAssign;
use utoipa::ToSchema;

use super::{show::ConversationPath, view::ConversationView};
use crate::{Allowed, Body, Failure, PathOf};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssignmentPut {
    member_id: MemberId,
}

/// Gives a conversation to a member.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/assignment",
    operation_id = "assignment_put", tag = "conversations", params(ConversationPath), request_body = AssignmentPut,
    responses((status = 200, description = "The conversation", body = ConversationView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<ConversationAssign>,
    PathOf(path): PathOf<ConversationPath>,
    Body(assignment): Body<AssignmentPut>,
) -> Result<Json<ConversationView>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::assign(&mut tx, path.conversation_id, assignment.member_id)
        .await
        .map(|conversation| ConversationView::of(conversation, &viewer));
    Ok(Json(tx.settle(outcome).await?))
}

/// Puts a conversation back into the queue.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/assignment",
    operation_id = "assignment_delete", tag = "conversations", params(ConversationPath),
    responses((status = 200, description = "The conversation", body = ConversationView))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<ConversationAssign>,
    PathOf(path): PathOf<ConversationPath>,
) -> Result<Json<ConversationView>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::unassign(&mut tx, path.conversation_id)
        .await
        .map(|conversation| ConversationView::of(conversation, &viewer));
    Ok(Json(tx.settle(outcome).await?))
}
