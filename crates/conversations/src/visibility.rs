//! Who sees which conversation: one rule, rendered to SQL for what is asked of the database and evaluated in memory
//! for what arrives in a stream (ruling 11).

use std::sync::Arc;

use kernel::{MemberId, TeamId};
use tenancy::{Actor, Composed, Part, Permission, Reach, Session, SightPoint, Value, Viewer, args, part};

use crate::counters::Place;

/// What somebody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visibility {
    Nothing,
    Everything,
    /// What is assigned to the member, and what is unassigned in a queue of its own: of one of these teams, or the
    /// general queue, which is everybody's.
    Own(MemberId, Arc<[TeamId]>),
}

/// A condition on a conversation `c`, and the values of its `?` marks.
#[derive(Debug, Clone)]
pub struct Condition {
    pub part: Part,
    pub values: Vec<Value>,
}

impl Visibility {
    /// What the session's actor sees: a member by its role, a duty of the house and the AI agent everything, anybody else nothing.
    pub fn of(session: &Session) -> Self {
        match session.actor() {
            Actor::Member(_) => Self::of_viewer(&session.viewer()),
            Actor::Agent | Actor::Duty(_) => Self::Everything,
            Actor::Visitor { .. } | Actor::Channel(_) | Actor::Newcomer(_) | Actor::Operator(_) => Self::Nothing,
        }
    }

    pub fn of_viewer(viewer: &Viewer) -> Self {
        match (viewer.reach(Permission::ConversationView), viewer.member) {
            (Reach::Any, Some(_)) => Self::Everything,
            (Reach::Own, Some(member)) => Self::Own(member, viewer.teams.clone()),
            _ => Self::Nothing,
        }
    }

    /// The rule in memory.
    pub fn sees(&self, sight: &SightPoint) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::Own(member, teams) => sight.assignee == Some(*member) || waits_in(teams, sight.assignee, sight.team),
        }
    }

    /// The same for all that stand in one place of the counters.
    pub(crate) fn sees_place(&self, place: &Place) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::Own(member, teams) => place.assignee == Some(*member) || waits_in(teams, place.assignee, place.team),
        }
    }

    /// The rule in SQL, as conditions of which no two hold for the same conversation. Each follows an index, so a
    /// list reads the first of each and merges.
    pub fn arms(&self) -> Vec<Condition> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Everything => vec![Condition { part: part!(""), values: Vec::new() }],
            Self::Own(member, teams) => {
                let mine = Condition { part: part!("and c.assignee_id = ?"), values: args![*member].to_vec() };
                let general =
                    Condition { part: part!("and c.assignee_id is null and c.team_id is null"), values: Vec::new() };
                let of_team = |team: &TeamId| Condition {
                    part: part!("and c.assignee_id is null and c.team_id = ?"),
                    values: args![*team].to_vec(),
                };
                [mine, general].into_iter().chain(teams.iter().map(of_team)).collect()
            }
        }
    }

    /// Narrows a statement over conversations `c` to what the rule lets see.
    pub fn narrow<'a>(&self, query: &'a mut Composed) -> &'a mut Composed {
        match self {
            Self::Nothing => query.push(part!("and 1 = 0"), &[]),
            Self::Everything => query,
            Self::Own(member, teams) => {
                let teams: Vec<_> = teams.iter().map(|team| (*team).into()).collect();
                query
                    .push(part!("and (c.assignee_id = ? or (c.assignee_id is null"), args![*member])
                    .push(part!("and (c.team_id is null or c.team_id in ("), &[])
                    .push_ids(&teams)
                    .push(part!(")))"), &[])
            }
        }
    }
}

/// Whether a conversation waits, unassigned, in the queue of one of these teams or in the general one.
pub(crate) fn waits_in(teams: &[TeamId], assignee: Option<MemberId>, team: Option<TeamId>) -> bool {
    assignee.is_none() && team.is_none_or(|team| teams.contains(&team))
}
