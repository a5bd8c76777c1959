use axum::Json;
use kernel::WorkspaceId;
use tenancy::ConversationView;

use super::view::{BulkActionList, BulkActionView};
use crate::{Allowed, Failure};

/// One's own newest bulk actions.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/bulk-actions", operation_id = "bulk_actions_list",
    tag = "bulk actions", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The bulk actions", body = BulkActionList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<ConversationView>) -> Result<Json<BulkActionList>, Failure> {
    let bulk = conversations::bulk_actions(&mut grant.read().await?).await?;
    Ok(Json(BulkActionList { items: bulk.into_iter().map(BulkActionView::from).collect() }))
}
