use axum::Json;
use kernel::WorkspaceId;
use tenancy::IntegrationView;

use super::view::SlackView;
use crate::{Allowed, Failure};

/// Whether a channel in Slack is connected.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/integrations/slack", operation_id = "slack_show",
    tag = "integrations", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The connection", body = SlackView))
)]
pub(crate) async fn show(Allowed(grant): Allowed<IntegrationView>) -> Result<Json<SlackView>, Failure> {
    let webhook = ::notifications::slack_webhook(&mut grant.read().await?).await?;
    Ok(Json(webhook.map(SlackView::from).unwrap_or_default()))
}
