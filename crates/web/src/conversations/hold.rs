use axum::Json;
use kernel::{ConversationId, WorkspaceId};
use serde::Deserialize;
use tenancy::ConversationReply;
use utoipa::IntoParams;

use super::view::MessageView;
use crate::{Allowed, Failure, PathOf};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct HeldPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    _workspace_id: WorkspaceId,
    conversation_id: ConversationId,
    seq: i64,
}

/// Takes one's own message back while it is held. The answer holds its text and files for the composer.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/messages/{seq}/hold",
    operation_id = "hold_delete", tag = "conversations", params(HeldPath),
    responses((status = 200, description = "The message as it was", body = MessageView))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<ConversationReply>,
    PathOf(path): PathOf<HeldPath>,
) -> Result<Json<MessageView>, Failure> {
    let mut tx = grant.begin().await?;
    let (workspace, viewer) = (tx.workspace(), tx.viewer());
    let outcome = conversations::withdraw(&mut tx, path.conversation_id, path.seq)
        .await
        .map(|held| MessageView::of(held.message, workspace, &viewer, held.conversation.contact));
    Ok(Json(tx.settle(outcome).await?))
}
