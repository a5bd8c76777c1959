use axum::Json;
use kernel::{ConversationId, LabelId, WorkspaceId};
use serde::Deserialize;
use tenancy::LabelApply;
use utoipa::IntoParams;

use super::view::ConversationView;
use crate::{Allowed, Failure, PathOf, undo::Undoable};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ConversationLabelPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) conversation_id: ConversationId,
    pub(crate) label_id: LabelId,
}

/// Puts a label on a conversation. Where names and assignments are kept in step, a member's label gives it to them.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/labels/{label_id}",
    operation_id = "conversation_label_put", tag = "labels", params(ConversationLabelPath),
    responses((status = 200, description = "The conversation", body = ConversationView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<LabelApply>,
    PathOf(path): PathOf<ConversationLabelPath>,
) -> Result<Undoable<Json<ConversationView>>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::put_label(&mut tx, path.conversation_id, path.label_id)
        .await
        .map(|conversation| ConversationView::of(conversation, &viewer));
    let undo = tx.undo_offer();
    Ok(Undoable(undo, Json(tx.settle(outcome).await?)))
}

/// Takes a label off a conversation.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/labels/{label_id}",
    operation_id = "conversation_label_delete", tag = "labels", params(ConversationLabelPath),
    responses((status = 200, description = "The conversation", body = ConversationView))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<LabelApply>,
    PathOf(path): PathOf<ConversationLabelPath>,
) -> Result<Undoable<Json<ConversationView>>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::take_label(&mut tx, path.conversation_id, path.label_id)
        .await
        .map(|conversation| ConversationView::of(conversation, &viewer));
    let undo = tx.undo_offer();
    Ok(Undoable(undo, Json(tx.settle(outcome).await?)))
}
