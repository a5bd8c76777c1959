use axum::Json;
use kernel::ShortText;
use serde::Deserialize;
use tenancy::ConversationView;
use utoipa::ToSchema;

use super::view::{HandedOverView, HandoverPath};
use crate::{Allowed, Body, Failure, PathOf};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandoverRefusal {
    /// For who gave it.
    reason: Option<ShortText>,
}

/// Sends back what was handed to one, to who gave it.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/handovers/{handover_id}/refusal",
    operation_id = "handover_refuse", tag = "handovers", params(HandoverPath), request_body = HandoverRefusal,
    responses((status = 200, description = "The hand-over and its conversation", body = HandedOverView))
)]
pub(crate) async fn refuse(
    Allowed(grant): Allowed<ConversationView>,
    PathOf(path): PathOf<HandoverPath>,
    Body(refusal): Body<HandoverRefusal>,
) -> Result<Json<HandedOverView>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let reason = refusal.reason.filter(|reason| !reason.is_empty());
    let outcome = conversations::refuse_handover(&mut tx, path.handover_id, reason.as_ref()).await;
    Ok(Json(tx.settle(outcome.map(|handed| HandedOverView::of(handed, &viewer))).await?))
}
