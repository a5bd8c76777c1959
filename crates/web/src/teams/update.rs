use axum::Json;
use directory::{RequeueOn, Strategy, TeamChange, TeamHours};
use kernel::{Line, TeamId};
use serde::Deserialize;
use tenancy::{TeamManage, Tx};
use utoipa::ToSchema;

use super::view::{TeamPath, TeamView};
use crate::{Allowed, Body, Failure, PathOf, body::given};

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TeamUpdate {
    /// The version that was looked at; a team that was changed since refuses.
    version: i64,
    #[schema(nullable = false)]
    name: Option<Line>,
    #[schema(nullable = false)]
    strategy: Option<Strategy>,
    /// Null is any number.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    capacity: Option<Option<i64>>,
    #[schema(nullable = false)]
    requeue_on: Option<RequeueOn>,
    #[schema(nullable = false)]
    requeue_after_minutes: Option<i64>,
    #[schema(nullable = false)]
    hours: Option<TeamHours>,
}

/// Changes a routing team.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/teams/{team_id}", operation_id = "team_update", tag = "teams",
    params(TeamPath), request_body = TeamUpdate,
    responses((status = 200, description = "The team", body = TeamView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<TeamManage>,
    PathOf(path): PathOf<TeamPath>,
    Body(update): Body<TeamUpdate>,
) -> Result<Json<TeamView>, Failure> {
    let TeamUpdate { version, name, strategy, capacity, requeue_on, requeue_after_minutes, hours } = update;
    let change = TeamChange { version, name, strategy, capacity, requeue_on, requeue_after_minutes, hours };
    let mut tx = grant.begin().await?;
    let outcome = updated(&mut tx, path.team_id, change).await;
    Ok(Json(tx.settle(outcome).await?))
}

async fn updated(tx: &mut Tx<TeamManage>, id: TeamId, change: TeamChange) -> Result<TeamView, Failure> {
    let team = directory::update_team(tx, id, change).await?;
    TeamView::shown(tx, team).await
}
