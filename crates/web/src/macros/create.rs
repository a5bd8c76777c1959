use axum::{Json, http::StatusCode};
use conversations::{Action, AudienceKind, NewMacro};
use kernel::{Line, TeamId, WorkspaceId};
use serde::Deserialize;
use tenancy::CannedResponseManage;
use utoipa::ToSchema;

use super::view::MacroView;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MacroCreate {
    name: Line,
    scope: AudienceKind,
    /// Where the scope is a team.
    team_id: Option<TeamId>,
    /// One to 20, with at most one reply. Snoozing is for some time.
    actions: Vec<Action>,
}

/// Makes a macro.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/macros", operation_id = "macro_create", tag = "macros",
    params(("workspace_id" = WorkspaceId, Path)), request_body = MacroCreate,
    responses((status = 201, description = "The macro", body = MacroView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<CannedResponseManage>,
    Body(new): Body<MacroCreate>,
) -> Result<(StatusCode, Json<MacroView>), Failure> {
    let MacroCreate { name, scope, team_id: team, actions } = new;
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::create_macro(&mut tx, NewMacro { name, scope, team, actions }).await;
    let outcome = outcome.map(|one| MacroView::of(one, &viewer));
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}
