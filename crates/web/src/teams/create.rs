use axum::{Json, http::StatusCode};
use directory::{NewTeam, Strategy, TeamHours};
use kernel::{Line, MemberId, WorkspaceId};
use serde::Deserialize;
use tenancy::{TeamManage, Tx};
use utoipa::ToSchema;

use super::view::TeamView;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TeamCreate {
    name: Line,
    strategy: Strategy,
    /// In the order of the ring.
    #[serde(default)]
    #[schema(max_items = 500)]
    member_ids: Vec<MemberId>,
    /// How much each takes at once; any number where it is left out.
    capacity: Option<i64>,
    /// `shifts` where it is left out.
    #[schema(nullable = false)]
    hours: Option<TeamHours>,
}

/// Makes a routing team.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/teams", operation_id = "team_create", tag = "teams",
    params(("workspace_id" = WorkspaceId, Path)), request_body = TeamCreate,
    responses((status = 201, description = "The team", body = TeamView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<TeamManage>,
    Body(new): Body<TeamCreate>,
) -> Result<(StatusCode, Json<TeamView>), Failure> {
    let TeamCreate { name, strategy, member_ids: members, capacity, hours } = new;
    let new = NewTeam { name, strategy, capacity, hours: hours.unwrap_or(TeamHours::Shifts), members };
    let mut tx = grant.begin().await?;
    let outcome = created(&mut tx, new).await;
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}

async fn created(tx: &mut Tx<TeamManage>, new: NewTeam) -> Result<TeamView, Failure> {
    let team = directory::create_team(tx, new).await?;
    TeamView::shown(tx, team).await
}
