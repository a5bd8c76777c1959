use axum::Json;
use tenancy::ConversationView;

use super::view::{HandedOverView, HandoverPath};
use crate::{Allowed, Failure, PathOf};

/// Takes over what was handed to one, or to a team of one's own.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/handovers/{handover_id}/acceptance",
    operation_id = "handover_accept", tag = "handovers", params(HandoverPath),
    responses((status = 200, description = "The hand-over and its conversation", body = HandedOverView))
)]
pub(crate) async fn accept(
    Allowed(grant): Allowed<ConversationView>,
    PathOf(path): PathOf<HandoverPath>,
) -> Result<Json<HandedOverView>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::accept_handover(&mut tx, path.handover_id).await;
    Ok(Json(tx.settle(outcome.map(|handed| HandedOverView::of(handed, &viewer))).await?))
}
