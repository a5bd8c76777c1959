use axum::http::StatusCode;
use tenancy::ConversationView;

use crate::{Allowed, Failure, PathOf, conversations::show::ConversationPath};

/// Throws one's own draft away.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/draft",
    operation_id = "draft_delete", tag = "drafts", params(ConversationPath),
    responses((status = 204, description = "It is gone"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<ConversationView>,
    PathOf(path): PathOf<ConversationPath>,
) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::drop_draft(&mut tx, path.conversation_id).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
