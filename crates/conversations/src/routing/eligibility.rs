//! Who may be given a conversation by the house itself (E5, INV-27), and why somebody may not.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What one conversation adds to its member's load.
const WEIGHT: i64 = 1;

/// Why a member is passed over, the most lasting reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AssignmentSkip)]
pub enum Skip {
    /// Deactivated, suspended or gone.
    Inactive,
    /// Sits on a light seat, which reaches no customer.
    Collaborator,
    /// Lacks `conversation.be_assigned`.
    NotPermitted,
    /// Set to be away, or gone from the screen for as long as the team waits.
    Away,
    /// Outside of the hours in which the team, or the member in it, takes work.
    OffShift,
    /// Has as many open conversations as the team gives one member.
    OverCapacity,
    /// Gave this very conversation back a moment ago.
    Excluded,
}

/// What eligibility depends on, of one member at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub is_active: bool,
    pub has_full_seat: bool,
    pub may_be_assigned: bool,
    pub is_excluded: bool,
    pub is_away: bool,
    pub is_off_shift: bool,
    /// Open conversations that the member has, in all teams together; snoozed and settled ones weigh nothing.
    pub load: i64,
    /// `None` for any number.
    pub capacity: Option<i64>,
}

impl Standing {
    /// Why the member cannot be given one more; `None` for who is eligible.
    pub fn skip(&self) -> Option<Skip> {
        let is_full = self.capacity.is_some_and(|capacity| self.load + WEIGHT > capacity);
        let bars = [
            (!self.is_active, Skip::Inactive),
            (!self.has_full_seat, Skip::Collaborator),
            (!self.may_be_assigned, Skip::NotPermitted),
            (self.is_away, Skip::Away),
            (self.is_off_shift, Skip::OffShift),
            (is_full, Skip::OverCapacity),
            (self.is_excluded, Skip::Excluded),
        ];
        bars.into_iter().find_map(|(holds, skip)| holds.then_some(skip))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ELIGIBLE: Standing = Standing {
        is_active: true,
        has_full_seat: true,
        may_be_assigned: true,
        is_excluded: false,
        is_away: false,
        is_off_shift: false,
        load: 3,
        capacity: Some(4),
    };

    #[test]
    fn inv_27_each_fact_alone_makes_a_member_ineligible() {
        assert_eq!(ELIGIBLE.skip(), None);
        let told = [
            Standing { is_active: false, ..ELIGIBLE },
            Standing { has_full_seat: false, ..ELIGIBLE },
            Standing { may_be_assigned: false, ..ELIGIBLE },
            Standing { is_away: true, ..ELIGIBLE },
            Standing { is_off_shift: true, ..ELIGIBLE },
            Standing { capacity: Some(3), ..ELIGIBLE },
            Standing { is_excluded: true, ..ELIGIBLE },
        ]
        .map(|standing| standing.skip().expect("ineligible"));
        let mut ordered = told;
        ordered.sort_unstable();
        assert_eq!(told, ordered, "each has a reason of its own, the most lasting first");
    }

    #[test]
    fn the_most_lasting_reason_is_told() {
        let gone_and_away = Standing { is_active: false, is_away: true, capacity: Some(0), ..ELIGIBLE };
        assert_eq!(gone_and_away.skip(), Some(Skip::Inactive));
    }

    #[test]
    fn without_a_capacity_nobody_is_full_and_with_none_nobody_takes_any() {
        assert_eq!(Standing { load: i64::MAX - 1, capacity: None, ..ELIGIBLE }.skip(), None);
        assert_eq!(Standing { load: 0, capacity: Some(0), ..ELIGIBLE }.skip(), Some(Skip::OverCapacity));
    }
}
