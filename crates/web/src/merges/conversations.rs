use axum::{Json, http::StatusCode};
use conversations::MergeKind;
use kernel::ConversationId;
use serde::Deserialize;
use tenancy::ConversationAssign;
use utoipa::ToSchema;

use super::view::{MergeList, MergedView};
use crate::{Allowed, Body, Failure, PathOf, conversations::show::ConversationPath, undo::Undoable};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConversationMerge {
    /// The conversation that goes on, of the same customer.
    into: ConversationId,
}

/// Makes a conversation part of another one of the same customer: it is archived, and its labels go along.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/merge",
    operation_id = "conversation_merge", tag = "merges", params(ConversationPath), request_body = ConversationMerge,
    responses((status = 201, description = "The two are one", body = MergedView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<ConversationAssign>,
    PathOf(path): PathOf<ConversationPath>,
    Body(body): Body<ConversationMerge>,
) -> Result<Undoable<(StatusCode, Json<MergedView>)>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::merge_conversations(&mut tx, path.conversation_id, body.into).await;
    let undo = tx.undo_offer();
    let merged = tx.settle_created(outcome.map(|id| MergedView { id })).await?;
    Ok(Undoable(undo, (StatusCode::CREATED, Json(merged))))
}

/// What became part of a conversation or was split off it, and what it became part of or goes on in.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/merges",
    operation_id = "conversation_merges_list", tag = "merges", params(ConversationPath),
    responses((status = 200, description = "The merges", body = MergeList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<tenancy::ConversationView>,
    PathOf(path): PathOf<ConversationPath>,
) -> Result<Json<MergeList>, Failure> {
    let (kind, id) = (MergeKind::Conversation, path.conversation_id.into());
    Ok(Json(conversations::merges(&mut grant.read().await?, kind, id).await?.into()))
}
