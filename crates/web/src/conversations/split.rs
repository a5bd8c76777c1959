use axum::{Json, http::StatusCode};
use kernel::{ConversationId, MergeId};
use serde::{Deserialize, Serialize};
use tenancy::ConversationAssign;
use utoipa::ToSchema;

use super::show::ConversationPath;
use crate::{Allowed, Body, Failure, PathOf, undo::Undoable};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConversationSplit {
    /// The message that the conversation is to begin with.
    from_seq: i64,
}

/// The split that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct SplitView {
    /// Among the merges of both, and taken back as they are.
    pub id: MergeId,
    /// What came before the message, in the archive.
    pub earlier_id: ConversationId,
}

/// Splits a conversation at a message: what came before goes into the archive, as a conversation of its own with the
/// same assignee, team and labels, and this one begins with the message. Messages keep their numbers.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/split",
    operation_id = "conversation_split", tag = "merges", params(ConversationPath), request_body = ConversationSplit,
    responses((status = 201, description = "They are two", body = SplitView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<ConversationAssign>,
    PathOf(path): PathOf<ConversationPath>,
    Body(body): Body<ConversationSplit>,
) -> Result<Undoable<(StatusCode, Json<SplitView>)>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::split(&mut tx, path.conversation_id, body.from_seq).await;
    let undo = tx.undo_offer();
    let outcome = outcome.map(|split| SplitView { id: split.id, earlier_id: split.earlier });
    let split = tx.settle_created(outcome).await?;
    Ok(Undoable(undo, (StatusCode::CREATED, Json(split))))
}
