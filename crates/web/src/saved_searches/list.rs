use axum::Json;
use kernel::WorkspaceId;
use tenancy::SearchUse;

use super::view::{SavedSearchList, SavedSearchView};
use crate::{Allowed, Failure};

/// One's own saved searches and the shared ones, in their order.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/saved-searches", operation_id = "saved_searches_list",
    tag = "search", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The saved searches", body = SavedSearchList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<SearchUse>) -> Result<Json<SavedSearchList>, Failure> {
    let mut session = grant.read().await?;
    let searches = conversations::saved_searches(&mut session).await?;
    let viewer = session.viewer();
    Ok(Json(SavedSearchList { items: searches.into_iter().map(|one| SavedSearchView::of(one, &viewer)).collect() }))
}
