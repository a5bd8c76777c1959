use axum::Json;
use conversations::Status;
use serde::Deserialize;
use tenancy::ConversationSetStatus;
use utoipa::ToSchema;

use super::{show::ConversationPath, view::ConversationView};
use crate::{Allowed, Body, Failure, PathOf, undo::Undoable};

/// Any status but `snoozed`, which has a time and a resource of its own.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatusPut {
    status: Status,
}

/// Opens, solves or archives a conversation, or puts it to the spam.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/status",
    operation_id = "status_put", tag = "conversations", params(ConversationPath), request_body = StatusPut,
    responses((status = 200, description = "The conversation", body = ConversationView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<ConversationSetStatus>,
    PathOf(path): PathOf<ConversationPath>,
    Body(body): Body<StatusPut>,
) -> Result<Undoable<Json<ConversationView>>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::set_status(&mut tx, path.conversation_id, body.status)
        .await
        .map(|conversation| ConversationView::of(conversation, &viewer));
    let undo = tx.undo_offer();
    Ok(Undoable(undo, Json(tx.settle(outcome).await?)))
}
