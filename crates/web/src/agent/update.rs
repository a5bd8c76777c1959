use axum::{Json, extract::State};
use kernel::{Line, WorkspaceId};
use serde::Deserialize;
use tenancy::AiAgentEdit;
use utoipa::ToSchema;

use super::view::AgentView;
use crate::{Allowed, App, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgentPut {
    /// Off, its conversations wait for people, and new ones are people's.
    enabled: bool,
    /// What customers see it called; left out, it keeps its name.
    name: Option<Line>,
}

/// Switches the AI of the workspace on or off.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/agent", operation_id = "agent_put", tag = "agent",
    params(("workspace_id" = WorkspaceId, Path)), request_body = AgentPut,
    responses((status = 200, description = "The AI", body = AgentView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<AiAgentEdit>,
    State(app): State<App>,
    Body(wish): Body<AgentPut>,
) -> Result<Json<AgentView>, Failure> {
    let has_model = app.config.has_model;
    let mut tx = grant.begin().await?;
    let outcome = match conversations::switch_agent(&mut tx, wish.enabled, wish.name, has_model).await {
        Ok(agent) => conversations::agent_work(&mut tx).await.map(|work| AgentView::of(agent, work, has_model)),
        Err(refusal) => Err(refusal),
    };
    Ok(Json(tx.settle(outcome).await?))
}
