//! What a member may do, decided once per entry: the least of what its role grants and what the ceilings leave (D2).

use std::collections::BTreeMap;

use crate::{
    Permission, Reach,
    ceiling::{CEILINGS, SeatType},
    pack::Role,
    permission::Relation,
};

/// What took a permission away, in the order in which refusals are told (ruling 16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decider {
    Role,
    SeatType,
    State,
    /// A plan entitlement: refused with 402, and named.
    Plan(&'static str),
}

impl Decider {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::SeatType => "seat_type",
            Self::State => "state",
            Self::Plan(_) => "plan",
        }
    }
}

/// The facts about a membership that rights depend on.
#[derive(Debug, Clone)]
pub struct Standing<'a> {
    pub role: &'a Role,
    pub seat_type: SeatType,
    pub is_owner: bool,
    pub state: &'a str,
    pub entitlements: &'a BTreeMap<String, bool>,
}

/// The effective reach of every permission, with what decided where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    reaches: Box<[Reach]>,
    deciders: Box<[Option<Decider>]>,
}

impl Access {
    /// Evaluates D2 for one membership. Pure: the same standing always gives the same access.
    pub fn of(standing: &Standing<'_>) -> Self {
        let mut access = Self {
            reaches: vec![Reach::None; Permission::ALL.len()].into(),
            deciders: vec![None; Permission::ALL.len()].into(),
        };
        for &permission in Permission::ALL {
            let (reach, decider) = match taken_by(standing, permission) {
                Some(decider) => (Reach::None, Some(decider)),
                None => (standing.role.grant(permission), None),
            };
            access.reaches[permission.index()] = reach;
            access.deciders[permission.index()] = decider;
        }
        access
    }

    pub fn reach(&self, permission: Permission) -> Reach {
        self.reaches[permission.index()]
    }

    /// Why there is no reach; `None` when there is some.
    pub fn decider(&self, permission: Permission) -> Option<Decider> {
        self.deciders[permission.index()]
    }

    /// `true`, or the reason, as `can` tells it for the workspace as a whole.
    pub fn ability(&self, permission: Permission) -> Ability {
        self.decider(permission).map_or(Ability::Yes, Ability::No)
    }

    /// The same for one resource: `own` says whether it stands in the permission's relation to the actor.
    pub fn ability_on(&self, permission: Permission, own: bool) -> Ability {
        match self.reach(permission) {
            Reach::Own if !own => Ability::OutOfRelation,
            _ => self.ability(permission),
        }
    }
}

/// Whether something can be done, and if not, why (ruling 17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ability {
    Yes,
    No(Decider),
    /// The permission reaches only one's own, and this is not.
    OutOfRelation,
}

impl Ability {
    /// `None` for yes, else the reason's name.
    pub const fn reason(self) -> Option<&'static str> {
        match self {
            Self::Yes => None,
            Self::No(decider) => Some(decider.name()),
            Self::OutOfRelation => Some("relation"),
        }
    }
}

fn taken_by(standing: &Standing<'_>, permission: Permission) -> Option<Decider> {
    let granted = standing.role.grant(permission);
    if granted == Reach::None || (granted == Reach::Own && permission.relation() == Relation::Nobody) {
        return Some(Decider::Role);
    }
    if CEILINGS.seat(standing.seat_type).contains(permission) {
        return Some(Decider::SeatType);
    }
    if let Some(remaining) = CEILINGS.states.get(standing.state) {
        let kept = standing.is_owner && CEILINGS.owner_keeps.contains(permission);
        if !remaining.contains(permission) && !kept {
            return Some(Decider::State);
        }
    }
    CEILINGS
        .entitlements
        .iter()
        .find(|(name, caps)| caps.contains(permission) && standing.entitlements.get(*name) == Some(&false))
        .map(|(name, _)| Decider::Plan(name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pack;

    fn access(role: &str, seat_type: SeatType, state: &str, entitlements: &[(&str, bool)]) -> Access {
        let pack = Pack::parse(include_str!("../../../packs/default.toml")).expect("the shipped pack");
        let entitlements = entitlements.iter().map(|(name, on)| ((*name).to_owned(), *on)).collect();
        Access::of(&Standing {
            role: pack.role(role).expect("a role"),
            seat_type,
            is_owner: role == "owner",
            state,
            entitlements: &entitlements,
        })
    }

    #[test]
    fn inv_18_no_role_lets_a_collaborator_seat_reach_a_customer() {
        let access = access("admin", SeatType::Collaborator, "active", &[]);
        for permission in [Permission::ConversationReply, Permission::OutreachSend, Permission::AnalyticsView] {
            assert_eq!(access.reach(permission), Reach::None);
            assert_eq!(access.decider(permission), Some(Decider::SeatType));
        }
        assert_eq!(access.reach(Permission::NoteCreate), Reach::Any);
    }

    #[test]
    fn inv_42_a_false_entitlement_is_named() {
        let access = access("owner", SeatType::Full, "active", &[("crm", false)]);
        assert_eq!(access.decider(Permission::ConversationView), Some(Decider::Plan("crm")));
        assert_eq!(access.decider(Permission::MemberView), None);
    }

    #[test]
    fn inv_41_a_restricted_workspace_leaves_billing_to_its_owner() {
        let owner = access("owner", SeatType::Full, "restricted", &[]);
        assert_eq!(owner.reach(Permission::BillingManage), Reach::Any);
        assert_eq!(owner.decider(Permission::ConversationView), Some(Decider::State));
        let scheduled = access("owner", SeatType::Full, "scheduled_deletion", &[]);
        assert_eq!(scheduled.reach(Permission::BillingManage), Reach::Any, "the owner keeps billing in every state");
    }

    #[test]
    fn an_unnamed_entitlement_caps_nothing_and_the_role_is_told_first() {
        let agent = access("agent", SeatType::Collaborator, "restricted", &[("crm", false)]);
        assert_eq!(agent.decider(Permission::AuditView), Some(Decider::Role));
        assert_eq!(access("agent", SeatType::Full, "active", &[]).reach(Permission::ConversationReply), Reach::Own);
    }
}
