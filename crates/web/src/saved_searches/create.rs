use axum::{Json, http::StatusCode};
use conversations::{ListFilter, NewSavedSearch};
use kernel::{Line, WorkspaceId};
use serde::Deserialize;
use tenancy::SearchUse;
use utoipa::ToSchema;

use super::view::SavedSearchView;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedSearchCreate {
    name: Line,
    icon: Option<Line>,
    #[serde(default)]
    shared: bool,
    filter: ListFilter,
}

/// Keeps a search under a name.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/saved-searches", operation_id = "saved_search_create",
    tag = "search", params(("workspace_id" = WorkspaceId, Path)), request_body = SavedSearchCreate,
    responses((status = 201, description = "The saved search", body = SavedSearchView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<SearchUse>,
    Body(new): Body<SavedSearchCreate>,
) -> Result<(StatusCode, Json<SavedSearchView>), Failure> {
    let SavedSearchCreate { name, icon, shared, filter } = new;
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::create_saved_search(&mut tx, NewSavedSearch { name, icon, shared, filter }).await;
    let outcome = outcome.map(|search| SavedSearchView::of(search, &viewer));
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}
