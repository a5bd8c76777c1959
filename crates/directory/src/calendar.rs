//! The clock of routing: the workspace's hours and everybody's shifts, read once and asked for any moment, so that what
//! happens now and what is rehearsed on the past go by the same rule.

use kernel::{MemberId, TeamId, Timestamp};
use tenancy::{Error, Session};

use crate::{
    BusinessHours, TeamHours, business_hours,
    shift::{self, Shifts},
};

/// Hours and shifts of a workspace.
pub struct Calendar {
    hours: BusinessHours,
    shifts: Shifts,
}

/// The hours and shifts of the session's workspace.
///
/// # Errors
/// The database cannot answer.
pub async fn calendar(session: &mut Session) -> Result<Calendar, Error> {
    Calendar::of(session, None).await
}

impl Calendar {
    /// With the shifts that count for one team only, where it is asked for that team only.
    pub(crate) async fn of(session: &mut Session, only: Option<TeamId>) -> Result<Self, Error> {
        Ok(Self { hours: business_hours(session).await?, shifts: shift::all_of_teams(session, only).await? })
    }

    pub fn is_open(&self, at: Timestamp) -> bool {
        self.hours.is_open(at)
    }

    /// Whether somebody who works in the team is in a shift that counts for it.
    pub fn is_staffed(&self, team: TeamId, members: impl IntoIterator<Item = MemberId>, at: Timestamp) -> bool {
        members.into_iter().any(|member| self.shifts.on(member, team, &self.hours, at) == Some(true))
    }

    /// Whether the moment is one at which a team gives this member work.
    pub fn takes_work(&self, team: TeamId, hours: TeamHours, member: MemberId, at: Timestamp) -> bool {
        match hours {
            TeamHours::Always => true,
            TeamHours::Workspace => self.is_open(at),
            TeamHours::Shifts => self.shifts.on(member, team, &self.hours, at).unwrap_or(true),
        }
    }

    /// Whether a member who is given work by name is in one of their shifts; who has none always is.
    pub fn is_on_shift(&self, member: MemberId, at: Timestamp) -> bool {
        self.shifts.any(member, &self.hours, at).unwrap_or(true)
    }
}
