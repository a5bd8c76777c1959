use axum::http::StatusCode;
use kernel::WorkspaceId;
use tenancy::IntegrationDelete;

use crate::{Allowed, Failure};

/// Disconnects Slack.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/integrations/slack", operation_id = "slack_delete",
    tag = "integrations", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 204, description = "Disconnected"))
)]
pub(crate) async fn delete(Allowed(grant): Allowed<IntegrationDelete>) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = ::notifications::disconnect_slack(&mut tx).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
