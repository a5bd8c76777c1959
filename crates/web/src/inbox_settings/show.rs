use axum::Json;
use kernel::WorkspaceId;

use super::view::InboxSettingsView;
use crate::{Allowed, Failure};

/// How the inbox works here, and what the workspace decided itself of it.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/inbox-settings", operation_id = "inbox_settings_show",
    tag = "workspaces", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The settings", body = InboxSettingsView))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<tenancy::WorkspaceViewSettings>,
) -> Result<Json<InboxSettingsView>, Failure> {
    let mut session = grant.read().await?;
    let policy = directory::inbox_policy(&mut session).await?;
    Ok(Json(InboxSettingsView::of(policy, &session.viewer())))
}
