use axum::Json;
use kernel::{Problem, WorkspaceId};
use serde::Deserialize;
use tenancy::TeamManage;
use utoipa::ToSchema;

use super::view::{RoutingRehearsalView, RoutingRuleDraft};
use crate::{Allowed, Body, Failure};

const MOST_DAYS: u32 = 30;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoutingRehearsal {
    /// All rules as they would be, in order.
    #[schema(max_items = 100)]
    rules: Vec<RoutingRuleDraft>,
    /// How far to look back.
    #[schema(minimum = 1, maximum = 30)]
    days: u32,
}

/// Plays the conversations of the last days through drafts of the rules, and shows what would have gone elsewhere.
/// Nothing is changed.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/routing-rules/rehearsal", operation_id = "routing_rehearse",
    tag = "teams", params(("workspace_id" = WorkspaceId, Path)), request_body = RoutingRehearsal,
    responses((status = 200, description = "What would be different", body = RoutingRehearsalView))
)]
pub(crate) async fn rehearse(
    Allowed(grant): Allowed<TeamManage>,
    Body(rehearsal): Body<RoutingRehearsal>,
) -> Result<Json<RoutingRehearsalView>, Failure> {
    let RoutingRehearsal { rules, days } = rehearsal;
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(Problem::field("/days", "out_of_range", "lies from 1 to 30").into());
    }
    let drafts = rules.into_iter().map(Into::into).collect();
    let mut session = grant.read().await?;
    let rehearsal = conversations::rehearse(&mut session, drafts, days).await?;
    Ok(Json(RoutingRehearsalView::of(rehearsal, &session.viewer())))
}
