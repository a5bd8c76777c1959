use axum::Json;
use kernel::{RoutingRuleId, WorkspaceId};
use serde::Deserialize;
use tenancy::TeamManage;
use utoipa::ToSchema;

use super::view::RoutingRuleList;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoutingRuleOrder {
    /// Every rule once.
    #[schema(max_items = 100)]
    ids: Vec<RoutingRuleId>,
}

/// Puts the routing rules into another order.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/routing-rules/order", operation_id = "routing_rules_order",
    tag = "teams", params(("workspace_id" = WorkspaceId, Path)), request_body = RoutingRuleOrder,
    responses((status = 200, description = "The rules", body = RoutingRuleList))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<TeamManage>,
    Body(order): Body<RoutingRuleOrder>,
) -> Result<Json<RoutingRuleList>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::order_rules(&mut tx, &order.ids).await;
    Ok(Json(tx.settle(outcome.map(|plan| RoutingRuleList::of(plan, &viewer))).await?))
}
