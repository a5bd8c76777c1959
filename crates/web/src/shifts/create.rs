use std::collections::BTreeSet;

use axum::{Json, http::StatusCode};
use directory::ShiftHours;
use kernel::{DayOfWeek, MemberId, TeamId, TimeOfDay, WorkspaceId};
use serde::Deserialize;
use tenancy::TeamManage;
use utoipa::ToSchema;

use super::view::ShiftView;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShiftCreate {
    member_id: MemberId,
    /// Where it is left out, it counts for all of the member's teams.
    team_id: Option<TeamId>,
    /// 1 is Monday.
    #[schema(min_items = 1)]
    days: BTreeSet<DayOfWeek>,
    /// By the wall clock of the workspace's zone.
    from: TimeOfDay,
    /// The first moment after it; of the next day where it is not after `from`.
    to: TimeOfDay,
}

/// Gives a member a shift. In a team a member's shifts do not overlap.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/shifts", operation_id = "shift_create", tag = "teams",
    params(("workspace_id" = WorkspaceId, Path)), request_body = ShiftCreate,
    responses((status = 201, description = "The shift", body = ShiftView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<TeamManage>,
    Body(new): Body<ShiftCreate>,
) -> Result<(StatusCode, Json<ShiftView>), Failure> {
    let ShiftCreate { member_id, team_id, days, from, to } = new;
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = directory::create_shift(&mut tx, member_id, team_id, ShiftHours { days, from, to }).await;
    let outcome = outcome.map(|shift| ShiftView::of(shift, &viewer));
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}
