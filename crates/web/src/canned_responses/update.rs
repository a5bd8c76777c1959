use axum::Json;
use conversations::{AudienceKind, CannedResponseChange, Shortcut};
use kernel::{Line, LongText, TeamId};
use serde::Deserialize;
use tenancy::CannedResponseManage;
use utoipa::ToSchema;

use super::view::{CannedResponsePath, CannedResponseView};
use crate::{Allowed, Body, Failure, PathOf};

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CannedResponseUpdate {
    /// The version that was looked at; a canned response that was changed since refuses.
    version: i64,
    #[schema(nullable = false)]
    shortcut: Option<Shortcut>,
    #[schema(nullable = false)]
    title: Option<Line>,
    #[schema(nullable = false)]
    text: Option<LongText>,
    /// Taken together with the team; a team alone means the scope of a team.
    #[schema(nullable = false)]
    scope: Option<AudienceKind>,
    team_id: Option<TeamId>,
}

/// Changes a canned response.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/canned-responses/{canned_response_id}",
    operation_id = "canned_response_update", tag = "canned responses", params(CannedResponsePath),
    request_body = CannedResponseUpdate,
    responses((status = 200, description = "The canned response", body = CannedResponseView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<CannedResponseManage>,
    PathOf(path): PathOf<CannedResponsePath>,
    Body(update): Body<CannedResponseUpdate>,
) -> Result<Json<CannedResponseView>, Failure> {
    let CannedResponseUpdate { version, shortcut, title, text, scope, team_id } = update;
    let scope = AudienceKind::changed(scope, team_id);
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let change = CannedResponseChange { version, shortcut, title, text, scope };
    let outcome = conversations::update_canned_response(&mut tx, path.canned_response_id, change).await;
    Ok(Json(tx.settle(outcome.map(|response| CannedResponseView::of(response, &viewer))).await?))
}
