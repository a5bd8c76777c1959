use axum::Json;
use conversations::{ListFilter, SavedSearchChange};
use kernel::Line;
use serde::Deserialize;
use tenancy::SearchUse;
use utoipa::ToSchema;

use super::view::{SavedSearchPath, SavedSearchView};
use crate::{Allowed, Body, Failure, PathOf, body::given};

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedSearchUpdate {
    /// The version that was looked at; a search that was changed since refuses.
    version: i64,
    #[schema(nullable = false)]
    name: Option<Line>,
    /// Null takes it away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Line>)]
    icon: Option<Option<Line>>,
    #[schema(nullable = false)]
    shared: Option<bool>,
    #[schema(nullable = false)]
    filter: Option<ListFilter>,
    #[schema(nullable = false)]
    position: Option<i64>,
}

/// Changes one's own saved search; who may change the workspace's settings, also a shared one.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/saved-searches/{saved_search_id}",
    operation_id = "saved_search_update", tag = "search", params(SavedSearchPath), request_body = SavedSearchUpdate,
    responses((status = 200, description = "The saved search", body = SavedSearchView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<SearchUse>,
    PathOf(path): PathOf<SavedSearchPath>,
    Body(update): Body<SavedSearchUpdate>,
) -> Result<Json<SavedSearchView>, Failure> {
    let SavedSearchUpdate { version, name, icon, shared, filter, position } = update;
    let change = SavedSearchChange { version, name, icon, shared, filter, position };
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::update_saved_search(&mut tx, path.saved_search_id, change).await;
    Ok(Json(tx.settle(outcome.map(|search| SavedSearchView::of(search, &viewer))).await?))
}
