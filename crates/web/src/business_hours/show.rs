use axum::Json;
use kernel::WorkspaceId;

use super::view::BusinessHoursView;
use crate::{Allowed, Failure};

/// The time zone, the weekly hours and the holidays.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/business-hours", operation_id = "business_hours_show",
    tag = "workspaces", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The hours", body = BusinessHoursView))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<tenancy::WorkspaceViewSettings>,
) -> Result<Json<BusinessHoursView>, Failure> {
    let mut session = grant.read().await?;
    let hours = directory::business_hours(&mut session).await?;
    Ok(Json(BusinessHoursView::of(hours, session.now(), &session.viewer())))
}
