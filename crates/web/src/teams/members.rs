use axum::Json;
use directory::{Refusal, SeatChange, Team};
use serde::Deserialize;
use tenancy::{TeamManage, Tx};
use utoipa::ToSchema;

use super::view::{TeamMemberPath, TeamView};
use crate::{Allowed, Body, Failure, PathOf, body::given};

/// What to say of a seat; what is left out stays, or is the team's and at the ring's end for a new one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TeamMemberPut {
    /// The place in the ring, from 0; beyond the last is the last.
    #[schema(nullable = false, minimum = 0)]
    position: Option<i64>,
    /// How much they take at once in this team; null is the team's.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    capacity: Option<Option<i64>>,
}

/// Gives a member a seat in a team, or changes the one they have.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/teams/{team_id}/members/{member_id}",
    operation_id = "team_member_put", tag = "teams", params(TeamMemberPath), request_body = TeamMemberPut,
    responses((status = 200, description = "The team", body = TeamView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<TeamManage>,
    PathOf(path): PathOf<TeamMemberPath>,
    Body(seat): Body<TeamMemberPut>,
) -> Result<Json<TeamView>, Failure> {
    let change = SeatChange { position: seat.position, capacity: seat.capacity };
    let mut tx = grant.begin().await?;
    let outcome = directory::put_team_member(&mut tx, path.team_id, path.member_id, change).await;
    let outcome = shown(&mut tx, outcome).await;
    Ok(Json(tx.settle(outcome).await?))
}

/// Takes a member out of a team. What they hold stays with them.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/teams/{team_id}/members/{member_id}",
    operation_id = "team_member_delete", tag = "teams", params(TeamMemberPath),
    responses((status = 200, description = "The team", body = TeamView))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<TeamManage>,
    PathOf(path): PathOf<TeamMemberPath>,
) -> Result<Json<TeamView>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::remove_team_member(&mut tx, path.team_id, path.member_id).await;
    let outcome = shown(&mut tx, outcome).await;
    Ok(Json(tx.settle(outcome).await?))
}

async fn shown(tx: &mut Tx<TeamManage>, team: Result<Team, Refusal>) -> Result<TeamView, Failure> {
    TeamView::shown(tx, team?).await
}
