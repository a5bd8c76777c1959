use axum::Json;
use kernel::WorkspaceId;
use tenancy::ConversationView;

use super::view::{DraftList, DraftView};
use crate::{Allowed, Failure};

/// One's own drafts that hold something, the newest first.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/drafts", operation_id = "drafts_list", tag = "drafts",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The drafts", body = DraftList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<ConversationView>) -> Result<Json<DraftList>, Failure> {
    let drafts = conversations::drafts(&mut grant.read().await?).await?;
    Ok(Json(DraftList { items: drafts.into_iter().map(DraftView::from).collect() }))
}
