use axum::{extract::State, http::StatusCode};
use kernel::WorkspaceId;
use tenancy::IntegrationEdit;

use crate::{Allowed, App, Failure};

/// Posts a greeting to the connected channel, to see whether it arrives.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/integrations/slack/test", operation_id = "slack_test",
    tag = "integrations", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 204, description = "Slack took it"))
)]
pub(crate) async fn post(
    Allowed(grant): Allowed<IntegrationEdit>,
    State(app): State<App>,
) -> Result<StatusCode, Failure> {
    app.limits.integration_test.take(&grant.scope().workspace().to_string())?;
    let webhook = ::notifications::slack_target(&mut grant.read().await?).await?;
    ::notifications::greet_slack(&*app.slack, &webhook).await?;
    Ok(StatusCode::NO_CONTENT)
}
