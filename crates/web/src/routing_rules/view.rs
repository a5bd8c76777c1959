//! How routing rules and rehearsals are shown.

use conversations::{Conditions, Rehearsal, RoutingAction, RoutingPlan, Rule, RuleDraft, Spot};
use customers::masking::Exposure;
use kernel::{ConversationId, CustomerId, Line, MemberId, RoutingRuleId, TeamId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{Permission, Viewer};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    conversations::view::{MemberRef, TeamRef},
    view::Can,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct RoutingRuleView {
    pub id: RoutingRuleId,
    pub name: String,
    /// Its place in the order, from 0.
    pub position: usize,
    pub enabled: bool,
    pub conditions: Conditions,
    pub action: RoutingAction,
    /// The team it leads to has ended: it is passed over.
    pub leads_nowhere: bool,
    /// To be sent along with a change.
    pub version: i64,
}

/// There are few, so there are no pages.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoutingRuleList {
    /// In order: the first that holds decides.
    pub items: Vec<RoutingRuleView>,
    /// The team to which goes what no rule takes: the first one made that shares out by itself. Null is everybody's
    /// queue.
    #[schema(required)]
    pub otherwise_team_id: Option<TeamId>,
    pub can: Can,
}

impl RoutingRuleList {
    pub fn of(plan: RoutingPlan, viewer: &Viewer) -> Self {
        let RoutingPlan { rules, otherwise, teams } = plan;
        let view = |(position, rule): (usize, Rule)| RoutingRuleView {
            id: rule.id,
            name: rule.draft.name.into(),
            position,
            enabled: rule.draft.enabled,
            leads_nowhere: rule.draft.action.team_id.is_some_and(|team| !teams.contains(&team)),
            conditions: rule.draft.conditions,
            action: rule.draft.action,
            version: rule.version,
        };
        Self {
            items: rules.into_iter().enumerate().map(view).collect(),
            otherwise_team_id: otherwise,
            can: Can::new([(Permission::TeamManage, viewer.ability(Permission::TeamManage, false))]),
        }
    }
}

/// What a rule says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoutingRuleDraft {
    pub(crate) name: Line,
    /// True where it is left out.
    #[serde(default = "enabled")]
    #[schema(default = true)]
    pub(crate) enabled: bool,
    #[serde(default)]
    pub(crate) conditions: Conditions,
    #[serde(default)]
    pub(crate) action: RoutingAction,
}

const fn enabled() -> bool {
    true
}

impl From<RoutingRuleDraft> for RuleDraft {
    fn from(draft: RoutingRuleDraft) -> Self {
        let RoutingRuleDraft { name, enabled, conditions, action } = draft;
        Self { name, enabled, conditions, action }
    }
}

/// What drafts of the rules would have made of the conversations of the last days, beside what the rules make of them.
/// Everybody takes part as they stand today, in their shifts of then; who was away then is not played again.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoutingRehearsalView {
    /// So many were played through.
    pub conversations: usize,
    /// So many would have gone elsewhere.
    pub changed_count: usize,
    /// The newest of them, at most 200.
    pub changed: Vec<RoutingChangeView>,
    pub per_team: Vec<RoutingTeamCount>,
    pub per_member: Vec<RoutingMemberCount>,
}

/// A conversation that would have gone elsewhere.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoutingChangeView {
    pub conversation_id: ConversationId,
    pub customer: RehearsedCustomer,
    /// When it began, or when the AI first handed it over.
    pub at: Timestamp,
    pub before: RoutingSpot,
    pub after: RoutingSpot,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RehearsedCustomer {
    pub id: CustomerId,
    pub display_name: String,
}

/// Where a conversation goes.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoutingSpot {
    /// Null is everybody's queue.
    #[schema(required)]
    pub team: Option<TeamRef>,
    /// Null is nobody.
    #[schema(required)]
    pub member: Option<MemberRef>,
    /// The name of the rule that takes it.
    #[schema(required)]
    pub rule: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RoutingTeamCount {
    /// Null is everybody's queue.
    #[schema(required)]
    pub team: Option<TeamRef>,
    pub before: usize,
    pub after: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RoutingMemberCount {
    /// Null is nobody.
    #[schema(required)]
    pub member: Option<MemberRef>,
    pub before: usize,
    pub after: usize,
}

impl RoutingRehearsalView {
    pub(super) fn of(rehearsal: Rehearsal, viewer: &Viewer) -> Self {
        let exposure = Exposure::beside_conversation(viewer, false);
        let Rehearsal { conversations, changed, changes, per_team, per_member, names } = rehearsal;
        let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
        let team = |id: TeamId| TeamRef { id, name: name(id.into()) };
        let member = |id: MemberId| MemberRef::here(id, name(id.into()));
        let spot =
            |spot: Spot| RoutingSpot { team: spot.team.map(team), member: spot.member.map(member), rule: spot.rule };
        let change = |change: conversations::Change| RoutingChangeView {
            conversation_id: change.conversation,
            customer: RehearsedCustomer { id: change.customer, display_name: exposure.text(&change.customer_name) },
            at: change.at,
            before: spot(change.before),
            after: spot(change.after),
        };
        let of_team =
            |(id, (before, after)): (Option<TeamId>, _)| RoutingTeamCount { team: id.map(team), before, after };
        let of_member =
            |(id, (before, after)): (Option<MemberId>, _)| RoutingMemberCount { member: id.map(member), before, after };
        Self {
            conversations,
            changed_count: changed,
            changed: changes.into_iter().map(change).collect(),
            per_team: per_team.into_iter().map(of_team).collect(),
            per_member: per_member.into_iter().map(of_member).collect(),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct RoutingRulePath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) routing_rule_id: RoutingRuleId,
}
