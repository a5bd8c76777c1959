use ::notifications::Preferences;
use axum::Json;
use kernel::WorkspaceId;
use tenancy::MemberSelf;

use crate::{Allowed, Failure};

/// How one wants to be told; whoever never chose gets what is usual.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/notification-preferences",
    operation_id = "notification_preferences_show", tag = "notifications", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The preferences", body = Preferences))
)]
pub(crate) async fn show(Allowed(grant): Allowed<MemberSelf>) -> Result<Json<Preferences>, Failure> {
    Ok(Json(::notifications::preferences(&mut grant.read().await?).await?))
}
