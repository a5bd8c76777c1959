use axum::Json;
use conversations::{Conditions, RoutingAction, RuleChange};
use kernel::Line;
use serde::Deserialize;
use tenancy::TeamManage;
use utoipa::ToSchema;

use super::view::{RoutingRuleList, RoutingRulePath};
use crate::{Allowed, Body, Failure, PathOf};

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoutingRuleUpdate {
    /// The version that was looked at; a rule that was changed since refuses.
    version: i64,
    #[schema(nullable = false)]
    name: Option<Line>,
    #[schema(nullable = false)]
    enabled: Option<bool>,
    /// All of them anew.
    #[schema(nullable = false)]
    conditions: Option<Conditions>,
    #[schema(nullable = false)]
    action: Option<RoutingAction>,
}

/// Changes a routing rule; answers with all of them.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/routing-rules/{routing_rule_id}",
    operation_id = "routing_rule_update", tag = "teams", params(RoutingRulePath), request_body = RoutingRuleUpdate,
    responses((status = 200, description = "The rules", body = RoutingRuleList))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<TeamManage>,
    PathOf(path): PathOf<RoutingRulePath>,
    Body(update): Body<RoutingRuleUpdate>,
) -> Result<Json<RoutingRuleList>, Failure> {
    let RoutingRuleUpdate { version, name, enabled, conditions, action } = update;
    let change = RuleChange { version, name, enabled, conditions, action };
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::update_rule(&mut tx, path.routing_rule_id, change).await;
    Ok(Json(tx.settle(outcome.map(|plan| RoutingRuleList::of(plan, &viewer))).await?))
}
