use axum::Json;
use tenancy::ConversationAssign;

use super::view::{HandedOverView, HandoverPath};
use crate::{Allowed, Failure, PathOf};

/// Takes back a hand-over of one's own that nobody answered yet.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/handovers/{handover_id}", operation_id = "handover_delete",
    tag = "handovers", params(HandoverPath),
    responses((status = 200, description = "The hand-over and its conversation", body = HandedOverView))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<ConversationAssign>,
    PathOf(path): PathOf<HandoverPath>,
) -> Result<Json<HandedOverView>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::withdraw_handover(&mut tx, path.handover_id).await;
    Ok(Json(tx.settle(outcome.map(|handed| HandedOverView::of(handed, &viewer))).await?))
}
