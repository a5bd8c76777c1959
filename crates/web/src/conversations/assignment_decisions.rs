use axum::Json;
use conversations::{AssignmentCause, Considered, Decision, Skip};
use kernel::{AssignmentDecisionId, RoutingRuleId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    show::ConversationPath,
    view::{MemberRef, TeamRef},
};
use crate::{Allowed, Failure, PathOf};

/// A decision that the house took by itself: why, by which rule and strategy, and among whom.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignmentDecisionView {
    pub id: AssignmentDecisionId,
    pub at: Timestamp,
    pub cause: AssignmentCause,
    /// The rule that took the conversation, as it was called then.
    #[schema(required)]
    pub rule: Option<DecidingRule>,
    /// Null is everybody's queue.
    #[schema(required)]
    pub team: Option<TeamRef>,
    /// `round_robin`, `load_balanced` or `manual` by a team; `named` by a rule; `everybody` for whoever claims it;
    /// `ai` while the AI answers.
    pub strategy: &'static str,
    /// Null: it went on waiting.
    #[schema(required)]
    pub chosen: Option<MemberRef>,
    /// In the order of the ring; empty for who may not see teams.
    pub considered: Vec<ConsideredMember>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DecidingRule {
    pub id: RoutingRuleId,
    pub name: String,
}

/// Somebody who was looked at.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsideredMember {
    pub member: MemberRef,
    pub eligible: bool,
    /// Why they were passed over; null for who was eligible.
    #[schema(required)]
    pub reason: Option<Skip>,
    /// Open conversations they had then.
    pub load: i64,
    /// Their place in the ring, from 0.
    pub position: usize,
}

/// Newest first, at most 50.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignmentDecisionList {
    pub items: Vec<AssignmentDecisionView>,
}

impl From<Decision> for AssignmentDecisionView {
    fn from(decision: Decision) -> Self {
        let considered = |(position, (one, name)): (usize, (Considered, String))| ConsideredMember {
            member: MemberRef::here(one.member, name),
            eligible: one.skip.is_none(),
            reason: one.skip,
            load: one.load,
            position,
        };
        Self {
            id: decision.id,
            at: decision.at,
            cause: decision.cause,
            rule: decision.rule.map(|(id, name)| DecidingRule { id, name }),
            team: decision.team.map(|(id, name)| TeamRef { id, name }),
            strategy: decision.how.name(),
            chosen: decision.chosen.map(|(id, name)| MemberRef::here(id, name)),
            considered: decision.considered.into_iter().enumerate().map(considered).collect(),
        }
    }
}

/// Why a conversation is where it is: every decision that was taken by itself.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/assignment-decisions",
    operation_id = "assignment_decisions_list", tag = "conversations", params(ConversationPath),
    responses((status = 200, description = "The decisions", body = AssignmentDecisionList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<tenancy::ConversationView>,
    PathOf(path): PathOf<ConversationPath>,
) -> Result<Json<AssignmentDecisionList>, Failure> {
    let decisions = conversations::decisions(&mut grant.read().await?, path.conversation_id).await?;
    Ok(Json(AssignmentDecisionList { items: decisions.into_iter().map(AssignmentDecisionView::from).collect() }))
}
