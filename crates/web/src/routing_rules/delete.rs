use axum::http::StatusCode;
use tenancy::TeamManage;

use super::view::RoutingRulePath;
use crate::{Allowed, Failure, PathOf};

/// Deletes a routing rule. What it decided stays written down.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/routing-rules/{routing_rule_id}",
    operation_id = "routing_rule_delete", tag = "teams", params(RoutingRulePath),
    responses((status = 204, description = "It is gone"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<TeamManage>,
    PathOf(path): PathOf<RoutingRulePath>,
) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::delete_rule(&mut tx, path.routing_rule_id).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
