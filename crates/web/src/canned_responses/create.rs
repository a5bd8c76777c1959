use axum::{Json, http::StatusCode};
use conversations::{AudienceKind, NewCannedResponse, Shortcut};
use kernel::{Line, LongText, TeamId, WorkspaceId};
use serde::Deserialize;
use tenancy::CannedResponseManage;
use utoipa::ToSchema;

use super::view::CannedResponseView;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CannedResponseCreate {
    shortcut: Shortcut,
    title: Line,
    text: LongText,
    scope: AudienceKind,
    /// Where the scope is a team.
    team_id: Option<TeamId>,
}

/// Writes a canned response down.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/canned-responses", operation_id = "canned_response_create",
    tag = "canned responses", params(("workspace_id" = WorkspaceId, Path)), request_body = CannedResponseCreate,
    responses((status = 201, description = "The canned response", body = CannedResponseView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<CannedResponseManage>,
    Body(new): Body<CannedResponseCreate>,
) -> Result<(StatusCode, Json<CannedResponseView>), Failure> {
    let CannedResponseCreate { shortcut, title, text, scope, team_id: team } = new;
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let new = NewCannedResponse { shortcut, title, text, scope, team };
    let outcome = conversations::create_canned_response(&mut tx, new).await;
    let outcome = outcome.map(|response| CannedResponseView::of(response, &viewer));
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}
