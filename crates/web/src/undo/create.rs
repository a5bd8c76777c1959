use axum::Json;
use kernel::{BulkActionId, ConversationId, UndoId, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::MemberSelf;
use utoipa::{IntoParams, ToSchema};

use crate::{Allowed, Failure, PathOf};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct UndoPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    /// From the header `Guildhall-Undo` of the answer to what is taken back.
    #[param(inline)]
    pub(crate) undo_id: UndoId,
}

/// What was taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct UndoneView {
    /// Conversations that stand as they stood before.
    pub conversation_ids: Vec<ConversationId>,
    /// The bulk action that goes back over another one; it is still at work.
    #[schema(required)]
    pub bulk_action_id: Option<BulkActionId>,
}

/// Takes back what one did within the last day: all of it, or, where somebody went on from there, nothing.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/undo/{undo_id}", operation_id = "undo_create", tag = "undo",
    params(UndoPath), responses((status = 200, description = "It is as it was", body = UndoneView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<MemberSelf>,
    PathOf(path): PathOf<UndoPath>,
) -> Result<Json<UndoneView>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::undo(&mut tx, path.undo_id).await;
    let outcome =
        outcome.map(|undone| UndoneView { conversation_ids: undone.conversations, bulk_action_id: undone.bulk_action });
    Ok(Json(tx.settle(outcome).await?))
}
