use axum::Json;
use kernel::WorkspaceId;

use super::view::RoutingRuleList;
use crate::{Allowed, Failure};

/// The routing rules, in order.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/routing-rules", operation_id = "routing_rules_list", tag = "teams",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The rules", body = RoutingRuleList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<tenancy::TeamView>) -> Result<Json<RoutingRuleList>, Failure> {
    let mut session = grant.read().await?;
    let plan = conversations::routing_plan(&mut session).await?;
    Ok(Json(RoutingRuleList::of(plan, &session.viewer())))
}
