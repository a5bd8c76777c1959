use axum::Json;
use kernel::WorkspaceId;
use tenancy::CannedResponseUse;

use super::view::{CannedResponseList, CannedResponseView};
use crate::{Allowed, Failure};

/// One's own canned responses, those of one's teams and everybody's, by shortcut.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/canned-responses", operation_id = "canned_responses_list",
    tag = "canned responses", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The canned responses", body = CannedResponseList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<CannedResponseUse>) -> Result<Json<CannedResponseList>, Failure> {
    let mut session = grant.read().await?;
    let responses = conversations::canned_responses(&mut session).await?;
    let viewer = session.viewer();
    let items = responses.into_iter().map(|response| CannedResponseView::of(response, &viewer)).collect();
    Ok(Json(CannedResponseList { items }))
}
