use axum::Json;
use conversations::{Action, AudienceKind, MacroChange};
use kernel::{Line, TeamId};
use serde::Deserialize;
use tenancy::CannedResponseManage;
use utoipa::ToSchema;

use super::view::{MacroPath, MacroView};
use crate::{Allowed, Body, Failure, PathOf};

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MacroUpdate {
    /// The version that was looked at; a macro that was changed since refuses.
    version: i64,
    #[schema(nullable = false)]
    name: Option<Line>,
    /// Taken together with the team; a team alone means the scope of a team.
    #[schema(nullable = false)]
    scope: Option<AudienceKind>,
    team_id: Option<TeamId>,
    #[schema(nullable = false)]
    actions: Option<Vec<Action>>,
}

/// Changes a macro.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/macros/{macro_id}", operation_id = "macro_update", tag = "macros",
    params(MacroPath), request_body = MacroUpdate,
    responses((status = 200, description = "The macro", body = MacroView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<CannedResponseManage>,
    PathOf(path): PathOf<MacroPath>,
    Body(update): Body<MacroUpdate>,
) -> Result<Json<MacroView>, Failure> {
    let MacroUpdate { version, name, scope, team_id, actions } = update;
    let change = MacroChange { version, name, scope: AudienceKind::changed(scope, team_id), actions };
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::update_macro(&mut tx, path.macro_id, change).await;
    Ok(Json(tx.settle(outcome.map(|one| MacroView::of(one, &viewer))).await?))
}
