use axum::Json;
use tenancy::ConversationView;

use super::view::DraftView;
use crate::{Allowed, Failure, PathOf, conversations::show::ConversationPath};

/// One's own draft in a conversation.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/draft", operation_id = "draft_show",
    tag = "drafts", params(ConversationPath),
    responses((status = 200, description = "The draft, empty where nothing was written yet", body = DraftView))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<ConversationView>,
    PathOf(path): PathOf<ConversationPath>,
) -> Result<Json<DraftView>, Failure> {
    let draft = conversations::draft(&mut grant.read().await?, path.conversation_id).await?;
    Ok(Json(draft.into()))
}
