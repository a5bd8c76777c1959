use std::collections::BTreeSet;

use axum::Json;
use directory::ShiftChange;
use kernel::{DayOfWeek, TeamId, TimeOfDay};
use serde::Deserialize;
use tenancy::TeamManage;
use utoipa::ToSchema;

use super::view::{ShiftPath, ShiftView};
use crate::{Allowed, Body, Failure, PathOf, body::given};

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShiftUpdate {
    /// Null counts for all of the member's teams.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<TeamId>)]
    team_id: Option<Option<TeamId>>,
    /// 1 is Monday.
    #[schema(nullable = false, min_items = 1)]
    days: Option<BTreeSet<DayOfWeek>>,
    #[schema(nullable = false)]
    from: Option<TimeOfDay>,
    #[schema(nullable = false)]
    to: Option<TimeOfDay>,
}

/// Changes a shift.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/shifts/{shift_id}", operation_id = "shift_update", tag = "teams",
    params(ShiftPath), request_body = ShiftUpdate,
    responses((status = 200, description = "The shift", body = ShiftView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<TeamManage>,
    PathOf(path): PathOf<ShiftPath>,
    Body(update): Body<ShiftUpdate>,
) -> Result<Json<ShiftView>, Failure> {
    let ShiftUpdate { team_id: team, days, from, to } = update;
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = directory::update_shift(&mut tx, path.shift_id, ShiftChange { team, days, from, to }).await;
    Ok(Json(tx.settle(outcome.map(|shift| ShiftView::of(shift, &viewer))).await?))
}
