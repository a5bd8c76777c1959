use axum::Json;
use kernel::Timestamp;
use serde::Deserialize;
use tenancy::ConversationSetStatus;
use utoipa::ToSchema;

use super::{show::ConversationPath, view::ConversationView};
use crate::{Allowed, Body, Failure, PathOf, undo::Undoable};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SnoozePut {
    /// When it comes back by itself; the customer writing brings it back sooner.
    until: Timestamp,
}

/// Puts a conversation aside until a moment.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/snooze",
    operation_id = "snooze_put", tag = "conversations", params(ConversationPath), request_body = SnoozePut,
    responses((status = 200, description = "The conversation", body = ConversationView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<ConversationSetStatus>,
    PathOf(path): PathOf<ConversationPath>,
    Body(snooze): Body<SnoozePut>,
) -> Result<Undoable<Json<ConversationView>>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::snooze(&mut tx, path.conversation_id, snooze.until)
        .await
        .map(|conversation| ConversationView::of(conversation, &viewer));
    let undo = tx.undo_offer();
    Ok(Undoable(undo, Json(tx.settle(outcome).await?)))
}

/// Brings a snoozed conversation back at once.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/snooze",
    operation_id = "snooze_delete", tag = "conversations", params(ConversationPath),
    responses((status = 200, description = "The conversation", body = ConversationView))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<ConversationSetStatus>,
    PathOf(path): PathOf<ConversationPath>,
) -> Result<Undoable<Json<ConversationView>>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::unsnooze(&mut tx, path.conversation_id)
        .await
        .map(|conversation| ConversationView::of(conversation, &viewer));
    let undo = tx.undo_offer();
    Ok(Undoable(undo, Json(tx.settle(outcome).await?)))
}
