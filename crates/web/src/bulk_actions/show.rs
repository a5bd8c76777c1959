use axum::Json;
use tenancy::ConversationView;

use super::view::{BulkActionPath, BulkActionReport, BulkFailureView};
use crate::{Allowed, Failure, PathOf};

/// How far one's own bulk action has come, and what it left as it is.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/bulk-actions/{bulk_action_id}", operation_id = "bulk_action_show",
    tag = "bulk actions", params(BulkActionPath),
    responses((status = 200, description = "The bulk action", body = BulkActionReport))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<ConversationView>,
    PathOf(path): PathOf<BulkActionPath>,
) -> Result<Json<BulkActionReport>, Failure> {
    let mut session = grant.read().await?;
    let bulk = conversations::bulk_action(&mut session, path.bulk_action_id).await?;
    let failures = conversations::bulk_failures(&mut session, path.bulk_action_id).await?;
    let failures = failures.into_iter().map(BulkFailureView::from).collect();
    Ok(Json(BulkActionReport { bulk_action: bulk.into(), failures }))
}
