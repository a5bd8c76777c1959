use axum::Json;
use kernel::WorkspaceId;

use super::view::{ShiftList, ShiftView};
use crate::{Allowed, Failure};

/// Every shift, by member and time.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/shifts", operation_id = "shifts_list", tag = "teams",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The shifts", body = ShiftList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<tenancy::TeamView>) -> Result<Json<ShiftList>, Failure> {
    let mut session = grant.read().await?;
    let shifts = directory::shifts(&mut session).await?;
    let viewer = session.viewer();
    Ok(Json(ShiftList { items: shifts.into_iter().map(|shift| ShiftView::of(shift, &viewer)).collect() }))
}
