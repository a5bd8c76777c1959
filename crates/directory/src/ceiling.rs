//! The grant ceiling: nobody hands out what they do not hold (INV-13).

use std::collections::BTreeMap;

use tenancy::{Access, Actor, Error, Pack, Permission, Role, SeatType, Standing};

use crate::Refusal;

/// What a member could hand out: roles of at most its rank whose reach is within its own, role against role under
/// the seat ceiling, before plan and state (ruling 13).
pub(crate) struct GrantCeiling {
    rank: i64,
    below_self: bool,
    own: Access,
}

impl GrantCeiling {
    pub(crate) fn of(pack: &Pack, role: &Role, seat: SeatType) -> Self {
        let policy = pack.policy.get("grant_ceiling").and_then(|value| value.as_str());
        Self { rank: role.rank, below_self: policy != Some("at_or_below_self"), own: under_the_seat(role, seat) }
    }

    /// The ceiling of the member who acts.
    pub(crate) fn of_actor(pack: &Pack, actor: &Actor) -> Result<Self, Refusal> {
        let Actor::Member(member) = actor else { return Err(Error::NotFound.into()) };
        Self::of_role(pack, &member.role_key, member.seat_type)
    }

    pub(crate) fn of_role(pack: &Pack, role_key: &str, seat: SeatType) -> Result<Self, Refusal> {
        let role = pack.role(role_key).ok_or_else(|| Error::Corrupt(format!("no role {role_key:?}")))?;
        Ok(Self::of(pack, role, seat))
    }

    /// Whether `role` on such a seat may be handed out.
    pub(crate) fn covers(&self, role: &Role, seat: SeatType) -> bool {
        let rank_fits = if self.below_self { role.rank < self.rank } else { role.rank <= self.rank };
        let offered = under_the_seat(role, seat);
        let within = |permission: &Permission| {
            // An owner cannot leave, yet invites people who can.
            *permission == Permission::WorkspaceLeave || offered.reach(*permission) <= self.own.reach(*permission)
        };
        role.assignable && rank_fits && Permission::ALL.iter().all(within)
    }
}

fn under_the_seat(role: &Role, seat_type: SeatType) -> Access {
    let entitlements = BTreeMap::new();
    Access::of(&Standing { role, seat_type, is_owner: false, state: "active", entitlements: &entitlements })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(giver: &str, giver_seat: SeatType, role: &str, seat: SeatType) -> bool {
        let pack = Pack::parse(include_str!("../../../packs/default.toml")).expect("the shipped pack");
        let ceiling = GrantCeiling::of_role(&pack, giver, giver_seat).expect("a role");
        ceiling.covers(pack.role(role).expect("a role"), seat)
    }

    #[test]
    fn inv_13_nobody_hands_out_more_than_they_hold() {
        use SeatType::{Collaborator, Full};
        for (giver, role, expected) in [
            ("owner", "admin", true),
            ("owner", "viewer", true),
            ("owner", "owner", false), // ownership moves by transfer alone
            ("admin", "admin", true),
            ("admin", "member", true),
            ("supervisor", "agent", true),
            ("supervisor", "admin", false),  // a higher rank
            ("supervisor", "viewer", false), // reads settings, which the supervisor does not
            ("viewer", "agent", false),
        ] {
            assert_eq!(covers(giver, Full, role, Full), expected, "{giver} hands out {role}");
        }
        assert!(!covers("admin", Collaborator, "agent", Full), "a light seat gives no full one");
        assert!(covers("admin", Collaborator, "agent", Collaborator));
    }
}
