//! The grant ceiling: nobody hands out what they do not hold (INV-13), and nobody touches who stands above them.

use std::{collections::BTreeMap, sync::Arc};

use tenancy::{
    Access, Actor, Error, Grants, Kind, MemberStanding, Permission, RankCeiling, Reach, Role, Roles, SeatType, Session,
    Standing,
};

use crate::{Refusal, ownership::comes_with_ownership};

/// What a member could hand out: roles of at most its rank whose reach is within its own. Compared is what role and
/// permission sets grant under the seat's ceiling, before plan and state (ruling 13).
pub(crate) struct GrantCeiling {
    rank: i64,
    below_self: bool,
    standing: MemberStanding,
    own: Access,
    /// What is left of it under the API key that a program came with.
    under_key: Option<Arc<Access>>,
}

impl GrantCeiling {
    pub(crate) fn of(standing: MemberStanding) -> Self {
        let below_self = standing.pack().policy.grant_ceiling == RankCeiling::BelowSelf;
        let own = without_limits(standing.facts());
        Self { rank: standing.role().rank, below_self, own, under_key: None, standing }
    }

    /// The ceiling of the member who acts, as it stands inside this session. A program hands out no more than its key
    /// was given (T-B1).
    pub(crate) async fn of_actor(session: &mut Session) -> Result<Self, Refusal> {
        let Actor::Member(member) = session.actor() else { return Err(Error::NotFound.into()) };
        let (member, by_key) = (member.id, member.key.is_some());
        let under_key = session.viewer().access.filter(|_| by_key);
        Ok(Self { under_key, ..Self::of(session.standing_of(member).await?) })
    }

    /// Who stands under it.
    pub(crate) fn giver(&self) -> &MemberStanding {
        &self.standing
    }

    /// Whether `role` on such a seat may be handed out.
    pub(crate) fn covers(&self, role: &Role, seat: SeatType) -> bool {
        role.assignable && self.reaches_rank(role.rank) && self.covers_grants(&role.grants, seat)
    }

    /// The role of this key, if it may be handed out with `right`. What comes with ownership moves with it alone.
    ///
    /// # Errors
    /// [`Refusal::UnknownRole`], or [`Refusal::AboveCeiling`].
    pub(crate) fn must_cover<'a>(
        &self,
        roles: &'a Roles,
        role_key: &str,
        seat: SeatType,
        right: Permission,
    ) -> Result<&'a Arc<Role>, Refusal> {
        let given_alone = |role: &&Arc<Role>| role.assignable && !comes_with_ownership(roles.pack(), role);
        let role = roles.get(role_key).filter(given_alone);
        let role = role.ok_or_else(|| Refusal::UnknownRole(role_key.to_owned()))?;
        if self.covers(role, seat) { Ok(role) } else { Err(Refusal::AboveCeiling(right)) }
    }

    /// Whether everything that these grants give on such a seat is within the giver's own.
    pub(crate) fn covers_grants(&self, grants: &Grants, seat: SeatType) -> bool {
        self.first_above(grants, seat).is_none()
    }

    /// The first permission that these grants would give beyond the giver's own.
    pub(crate) fn first_above(&self, grants: &Grants, seat: SeatType) -> Option<Permission> {
        let offered = self.offered(grants, seat);
        Permission::ALL.iter().copied().find(|permission| offered.reach(*permission) > self.reach(*permission))
    }

    /// How far the giver could let somebody else reach.
    pub(crate) fn reach(&self, permission: Permission) -> Reach {
        let own = self.own.reach(permission);
        match &self.under_key {
            // An owner cannot leave, yet invites people who can.
            _ if permission == Permission::WorkspaceLeave => Reach::Any,
            // What a person may be given opens nothing, so that no key has to hold it.
            Some(key) if permission.kind() != Kind::Eligibility => own.min(key.reach(permission)),
            _ => own,
        }
    }

    /// Whether a role of this rank is low enough to be given, or to be put on somebody.
    pub(crate) fn reaches_rank(&self, rank: i64) -> bool {
        rank <= self.highest_rank()
    }

    /// The highest rank that can be given.
    pub(crate) fn highest_rank(&self) -> i64 {
        if self.below_self { self.rank - 1 } else { self.rank }
    }

    /// Whether who holds a role of this rank may be touched: never who stands above (D2).
    pub(crate) fn may_touch(&self, rank: i64) -> bool {
        rank <= self.rank
    }

    fn offered(&self, grants: &Grants, seat_type: SeatType) -> Access {
        let role = Role::of_grants("", seat_type, grants.clone());
        without_limits(Standing { role: &role, sets: &[], seat_type, ..self.standing.facts() })
    }
}

/// What a membership's role, sets and seat give, before plan and state.
pub(crate) fn without_limits(standing: Standing<'_>) -> Access {
    let entitlements = BTreeMap::new();
    Access::of(&Standing { is_owner: false, state: "active", entitlements: &entitlements, ..standing })
}
