use std::collections::BTreeSet;

use axum::{Json, http::StatusCode};
use directory::ShiftHours;
use kernel::{ChannelId, DayOfWeek, LabelId, Line, MemberId, TimeOfDay, WorkspaceId};
use serde::Deserialize;
use tenancy::TeamManage;
use utoipa::ToSchema;

use super::view::RoutingRuleList;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecipeChannel {
    #[schema(min_items = 1, max_items = 50)]
    shares: Vec<RecipeChannelShare>,
}

/// Whose the conversations of a channel are.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecipeChannelShare {
    channel_id: ChannelId,
    member_id: MemberId,
}

/// Sets up that every channel has its member.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/routing-rules/recipes/channel", operation_id = "routing_recipe_channel",
    tag = "teams", params(("workspace_id" = WorkspaceId, Path)), request_body = RecipeChannel,
    responses((status = 201, description = "The rules", body = RoutingRuleList))
)]
pub(crate) async fn channel(
    Allowed(grant): Allowed<TeamManage>,
    Body(recipe): Body<RecipeChannel>,
) -> Result<(StatusCode, Json<RoutingRuleList>), Failure> {
    let shares: Vec<_> = recipe.shares.iter().map(|share| (share.channel_id, share.member_id)).collect();
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::share_by_channel(&mut tx, &shares).await;
    let outcome = outcome.map(|plan| RoutingRuleList::of(plan, &viewer));
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecipeLabel {
    #[schema(min_items = 1, max_items = 50)]
    shares: Vec<RecipeLabelShare>,
}

/// Whose the conversations with a label are.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecipeLabelShare {
    label_id: LabelId,
    member_id: MemberId,
}

/// Sets up that every label has its member; what has none is claimed by whoever is first.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/routing-rules/recipes/label", operation_id = "routing_recipe_label",
    tag = "teams", params(("workspace_id" = WorkspaceId, Path)), request_body = RecipeLabel,
    responses((status = 201, description = "The rules", body = RoutingRuleList))
)]
pub(crate) async fn label(
    Allowed(grant): Allowed<TeamManage>,
    Body(recipe): Body<RecipeLabel>,
) -> Result<(StatusCode, Json<RoutingRuleList>), Failure> {
    let shares: Vec<_> = recipe.shares.iter().map(|share| (share.label_id, share.member_id)).collect();
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::share_by_label(&mut tx, &shares).await;
    let outcome = outcome.map(|plan| RoutingRuleList::of(plan, &viewer));
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecipeShift {
    /// What the team of those who relieve each other is called.
    team_name: Line,
    #[schema(min_items = 1, max_items = 50)]
    shifts: Vec<RecipeShiftPart>,
}

/// When a member takes what comes in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecipeShiftPart {
    member_id: MemberId,
    /// 1 is Monday.
    #[schema(min_items = 1)]
    days: BTreeSet<DayOfWeek>,
    /// By the wall clock of the workspace's zone.
    from: TimeOfDay,
    /// The first moment after it; of the next day where it is not after `from`.
    to: TimeOfDay,
}

/// Sets up a team whose members relieve each other.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/routing-rules/recipes/shift", operation_id = "routing_recipe_shift",
    tag = "teams", params(("workspace_id" = WorkspaceId, Path)), request_body = RecipeShift,
    responses((status = 201, description = "The rules", body = RoutingRuleList))
)]
pub(crate) async fn shift(
    Allowed(grant): Allowed<TeamManage>,
    Body(recipe): Body<RecipeShift>,
) -> Result<(StatusCode, Json<RoutingRuleList>), Failure> {
    let RecipeShift { team_name, shifts } = recipe;
    let part = |RecipeShiftPart { member_id, days, from, to }| (member_id, ShiftHours { days, from, to });
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::share_by_shift(&mut tx, team_name, shifts.into_iter().map(part).collect()).await;
    let outcome = outcome.map(|plan| RoutingRuleList::of(plan, &viewer));
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}
