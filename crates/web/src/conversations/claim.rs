use axum::Json;
use tenancy::ConversationClaim;

use super::{show::ConversationPath, view::ConversationView};
use crate::{Allowed, Failure, PathOf, undo::Undoable};

/// Takes an unassigned conversation for oneself; of several at once, one wins.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/claim",
    operation_id = "conversation_claim", tag = "conversations", params(ConversationPath),
    responses((status = 200, description = "The conversation, now one's own", body = ConversationView))
)]
pub(crate) async fn claim(
    Allowed(grant): Allowed<ConversationClaim>,
    PathOf(path): PathOf<ConversationPath>,
) -> Result<Undoable<Json<ConversationView>>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::claim(&mut tx, path.conversation_id)
        .await
        .map(|conversation| ConversationView::of(conversation, &viewer));
    let undo = tx.undo_offer();
    Ok(Undoable(undo, Json(tx.settle(outcome).await?)))
}
