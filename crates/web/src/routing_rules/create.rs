use axum::{Json, http::StatusCode};
use conversations::{Conditions, RoutingAction, RuleDraft};
use kernel::{Line, WorkspaceId};
use serde::Deserialize;
use tenancy::TeamManage;
use utoipa::ToSchema;

use super::view::RoutingRuleList;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoutingRuleCreate {
    name: Line,
    /// True where it is left out.
    #[schema(nullable = false, default = true)]
    enabled: Option<bool>,
    #[serde(default)]
    conditions: Conditions,
    #[serde(default)]
    action: RoutingAction,
    /// Its place in the order, from 0. Where it is left out: last, or before the first rule that would take everything
    /// from it.
    #[schema(nullable = false)]
    position: Option<usize>,
}

/// Makes a routing rule; answers with all of them, in order. A rule that takes everything has to be the last.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/routing-rules", operation_id = "routing_rule_create", tag = "teams",
    params(("workspace_id" = WorkspaceId, Path)), request_body = RoutingRuleCreate,
    responses((status = 201, description = "The rules", body = RoutingRuleList))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<TeamManage>,
    Body(new): Body<RoutingRuleCreate>,
) -> Result<(StatusCode, Json<RoutingRuleList>), Failure> {
    let RoutingRuleCreate { name, enabled, conditions, action, position } = new;
    let draft = RuleDraft { name, enabled: enabled.unwrap_or(true), conditions, action };
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::create_rule(&mut tx, draft, position).await;
    let outcome = outcome.map(|plan| RoutingRuleList::of(plan, &viewer));
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}
