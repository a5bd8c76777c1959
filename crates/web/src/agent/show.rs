use axum::{Json, extract::State};
use kernel::WorkspaceId;
use tenancy::AiAgentMonitor;

use super::view::AgentView;
use crate::{Allowed, App, Failure};

/// The AI of the workspace, and what it does.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/agent", operation_id = "agent_show", tag = "agent",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The AI", body = AgentView))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<AiAgentMonitor>,
    State(app): State<App>,
) -> Result<Json<AgentView>, Failure> {
    let mut session = grant.read().await?;
    let agent = conversations::agent(&mut session).await?;
    let work = conversations::agent_work(&mut session).await?;
    Ok(Json(AgentView::of(agent, work, app.config.has_model)))
}
