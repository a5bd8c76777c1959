use axum::Json;
use customers::masking::Exposure;
use kernel::WorkspaceId;
use tenancy::ConversationView;

use super::view::{HandoverList, HandoverView};
use crate::{Allowed, Failure};

/// The hand-overs that wait for an answer, of conversations that the caller sees; the next to end first. There are
/// few, so all come at once.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/handovers", operation_id = "handovers_list", tag = "handovers",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The open hand-overs", body = HandoverList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<ConversationView>) -> Result<Json<HandoverList>, Failure> {
    let open = conversations::open_handovers(&mut grant.read().await?).await?;
    // What is open has no reason yet, so there is nothing to mask.
    let items = open.into_iter().map(|handover| HandoverView::of(handover, Exposure::Absent)).collect();
    Ok(Json(HandoverList { items, next_cursor: None }))
}
