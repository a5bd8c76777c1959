use axum::Json;
use conversations::{DraftChange, DraftMode};
use kernel::LongText;
use serde::Deserialize;
use tenancy::ConversationView;
use utoipa::ToSchema;

use super::view::DraftView;
use crate::{Allowed, Body, Failure, PathOf, conversations::show::ConversationPath};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftPut {
    reply: LongText,
    note: LongText,
    mode: DraftMode,
    /// The version that this goes on from; a draft that another window changed since refuses with 409.
    #[schema(minimum = 0)]
    version: i64,
}

/// Keeps what one has written by now.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/draft", operation_id = "draft_put",
    tag = "drafts", params(ConversationPath), request_body = DraftPut,
    responses((status = 200, description = "The draft", body = DraftView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<ConversationView>,
    PathOf(path): PathOf<ConversationPath>,
    Body(draft): Body<DraftPut>,
) -> Result<Json<DraftView>, Failure> {
    let DraftPut { reply, note, mode, version } = draft;
    let mut tx = grant.begin().await?;
    let change = DraftChange { reply, note, mode, version };
    let outcome = conversations::keep_draft(&mut tx, path.conversation_id, change).await;
    Ok(Json(tx.settle(outcome.map(DraftView::from)).await?))
}
