use axum::Json;
use directory::{BusinessHours, Holiday, HoursRefusal};
use kernel::{Stretch, Week, WorkspaceId, Zone};
use serde::Deserialize;
use tenancy::WorkspaceEditSettings;
use utoipa::ToSchema;

use super::view::BusinessHoursView;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BusinessHoursPut {
    timezone: Zone,
    /// Half-open and without overlap, by the wall clock of the zone; without any the workspace is open all week.
    #[schema(max_items = 70)]
    weekly: Vec<Stretch>,
    /// Days on which it is closed and no shift begins.
    #[serde(default)]
    #[schema(max_items = 500)]
    holidays: Vec<Holiday>,
}

/// Says anew when the workspace is open, all of it at once.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/business-hours", operation_id = "business_hours_put",
    tag = "workspaces", params(("workspace_id" = WorkspaceId, Path)), request_body = BusinessHoursPut,
    responses((status = 200, description = "The hours", body = BusinessHoursView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<WorkspaceEditSettings>,
    Body(hours): Body<BusinessHoursPut>,
) -> Result<Json<BusinessHoursView>, Failure> {
    let BusinessHoursPut { timezone: zone, weekly, holidays } = hours;
    let week = Week::new(weekly).map_err(HoursRefusal::Week)?;
    let mut tx = grant.begin().await?;
    let (now, viewer) = (tx.now(), tx.viewer());
    let outcome = directory::set_business_hours(&mut tx, BusinessHours { zone, week, holidays }).await;
    Ok(Json(tx.settle(outcome.map(|hours| BusinessHoursView::of(hours, now, &viewer))).await?))
}
