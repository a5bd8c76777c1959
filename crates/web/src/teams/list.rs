use axum::Json;
use kernel::WorkspaceId;

use super::view::{TeamList, TeamView};
use crate::{Allowed, Failure};

/// The routing teams by name, each with its members, what they have in hand and what waits.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/teams", operation_id = "teams_list", tag = "teams",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The teams", body = TeamList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<tenancy::TeamView>) -> Result<Json<TeamList>, Failure> {
    let mut session = grant.read().await?;
    let teams = directory::teams(&mut session).await?;
    let (loads, viewer) = (conversations::team_loads(&mut session).await?, session.viewer());
    Ok(Json(TeamList { items: teams.into_iter().map(|team| TeamView::of(team, &loads, &viewer)).collect() }))
}
