//! Who sees which conversation: one rule, rendered to SQL for what is asked of the database and evaluated in memory
//! for what arrives in a stream (ruling 11).

use kernel::MemberId;
use tenancy::{Actor, Part, Permission, Reach, Session, SightPoint, Value, Viewer, args, part};

/// What somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    Nothing,
    Everything,
    /// What is assigned to the member, and what is unassigned in a queue of its own. A conversation of no team is in
    /// the general queue, which is everybody's.
    Own(MemberId),
}

/// A condition on a conversation `c`, and the values of its `?` marks.
#[derive(Debug, Clone)]
pub struct Condition {
    pub part: Part,
    pub values: Vec<Value>,
}

impl Visibility {
    /// What the session's actor sees: a member by its role, a duty of the house everything, anybody else nothing.
    pub fn of(session: &Session) -> Self {
        match session.actor() {
            Actor::Member(_) => Self::of_viewer(&session.viewer()),
            Actor::Duty(_) => Self::Everything,
            Actor::Visitor { .. } | Actor::Channel(_) | Actor::Newcomer(_) => Self::Nothing,
        }
    }

    pub fn of_viewer(viewer: &Viewer) -> Self {
        match (viewer.reach(Permission::ConversationView), viewer.member) {
            (Reach::Any, Some(_)) => Self::Everything,
            (Reach::Own, Some(member)) => Self::Own(member),
            _ => Self::Nothing,
        }
    }

    /// The rule in memory.
    pub fn sees(self, sight: &SightPoint) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::Own(member) => sight.assignee == Some(member) || in_general_queue(sight),
        }
    }

    /// The rule in SQL, as conditions of which no two hold for the same conversation. Each follows an index, so a
    /// list reads the first of each and merges.
    pub fn arms(self) -> Vec<Condition> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Everything => vec![Condition { part: part!(""), values: Vec::new() }],
            Self::Own(member) => vec![
                Condition { part: part!("and c.assignee_id = ?"), values: args![member].to_vec() },
                Condition { part: part!("and c.assignee_id is null and c.team_id is null"), values: Vec::new() },
            ],
        }
    }

    /// The rule in SQL, as one condition.
    pub fn condition(self) -> Condition {
        match self {
            Self::Nothing => Condition { part: part!("and 1 = 0"), values: Vec::new() },
            Self::Everything => Condition { part: part!(""), values: Vec::new() },
            Self::Own(member) => Condition {
                part: part!("and (c.assignee_id = ? or (c.assignee_id is null and c.team_id is null))"),
                values: args![member].to_vec(),
            },
        }
    }
}

pub(crate) fn in_general_queue(sight: &SightPoint) -> bool {
    sight.assignee.is_none() && sight.team.is_none()
}
