use axum::{Json, extract::State};
use kernel::WorkspaceId;
use serde::Deserialize;
use tenancy::IntegrationEdit;
use utoipa::ToSchema;

use super::view::SlackView;
use crate::{Allowed, App, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SlackPut {
    /// The address of an incoming webhook, `https://hooks.slack.com/services/…`. It is shown to nobody again.
    webhook_url: String,
}

/// Connects a channel in Slack, or another one in its place.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/integrations/slack", operation_id = "slack_put",
    tag = "integrations", params(("workspace_id" = WorkspaceId, Path)), request_body = SlackPut,
    responses((status = 200, description = "The connection", body = SlackView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<IntegrationEdit>,
    State(app): State<App>,
    Body(given): Body<SlackPut>,
) -> Result<Json<SlackView>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = ::notifications::connect_slack(&mut tx, &*app.slack, &given.webhook_url).await;
    Ok(Json(tx.settle(outcome.map(SlackView::from)).await?))
}
