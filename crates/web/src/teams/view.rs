//! How routing teams are shown.

use conversations::TeamLoads;
use directory::{RequeueOn, Strategy, Team, TeamHours, TeamMember};
use kernel::{MemberId, TeamId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{Permission, Session, Viewer};
use utoipa::{IntoParams, ToSchema};

use crate::{Failure, conversations::view::MemberRef, view::Can};

#[derive(Debug, Serialize, ToSchema)]
pub struct TeamView {
    pub id: TeamId,
    pub name: String,
    pub strategy: Strategy,
    /// Who had the last turn of the round.
    #[schema(required)]
    pub cursor_member_id: Option<MemberId>,
    /// In the order of the ring.
    pub members: Vec<TeamMemberView>,
    /// How much each member takes at once unless their seat says otherwise; null is any number.
    #[schema(required)]
    pub capacity: Option<i64>,
    /// When what a member holds goes back into the queue.
    pub requeue_on: RequeueOn,
    pub requeue_after_minutes: i64,
    /// When its members are given work, beside being available.
    pub hours: TeamHours,
    /// Open conversations that wait in its queue, as far as the caller sees them.
    pub open_unassigned: i64,
    /// To be sent along with a change.
    pub version: i64,
    pub can: Can,
}

/// A member's seat in a team.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamMemberView {
    pub member: MemberRef,
    /// From 0.
    pub position: i64,
    /// How much they take at once in this team; null is the team's.
    #[schema(required)]
    pub capacity: Option<i64>,
    /// Open conversations in hand, of all teams; null where the caller sees only their own.
    #[schema(required)]
    pub load: Option<i64>,
    /// As they said last.
    pub available: bool,
    /// Whether it is the time for it, as the team goes by shifts or hours.
    pub on_shift: bool,
    /// Whether role and seat let conversations be assigned to them.
    pub can_be_assigned: bool,
    #[schema(required)]
    pub last_assigned_at: Option<Timestamp>,
}

/// There are few, so there are no pages.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamList {
    pub items: Vec<TeamView>,
}

impl TeamView {
    /// As the session's actor sees it.
    pub async fn shown(session: &mut Session, team: Team) -> Result<Self, Failure> {
        let loads = conversations::team_loads(session).await?;
        Ok(Self::of(team, &loads, &session.viewer()))
    }

    pub fn of(team: Team, loads: &TeamLoads, viewer: &Viewer) -> Self {
        Self {
            open_unassigned: loads.waiting.get(&team.id).copied().unwrap_or(0),
            can: Can::new([(Permission::TeamManage, viewer.ability(Permission::TeamManage, false))]),
            members: team.members.into_iter().map(|member| TeamMemberView::of(member, loads)).collect(),
            id: team.id,
            name: team.name,
            strategy: team.strategy,
            cursor_member_id: team.cursor,
            capacity: team.capacity,
            requeue_on: team.requeue_on,
            requeue_after_minutes: team.requeue_after_minutes,
            hours: team.hours,
            version: team.version,
        }
    }
}

impl TeamMemberView {
    fn of(member: TeamMember, loads: &TeamLoads) -> Self {
        Self {
            load: loads.of(member.id),
            can_be_assigned: member.active && member.full_seat && member.be_assigned,
            member: MemberRef { id: member.id, name: member.name, former: !member.active },
            position: member.position,
            capacity: member.capacity,
            available: member.available,
            on_shift: member.on_shift,
            last_assigned_at: member.last_assigned_at,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TeamPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) team_id: TeamId,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TeamMemberPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) team_id: TeamId,
    pub(crate) member_id: MemberId,
}
