//! What a member may do, decided once per entry: the least of what its role and sets grant and what the ceilings
//! leave (D2). The same walk decides and explains, so an explanation cannot differ from what a door answers (OWN-1).

use std::collections::BTreeMap;

use crate::{
    Grants, Permission, Reach,
    ceiling::{CEILINGS, PermissionSet, SeatType},
    pack::{Pack, Role},
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
    /// The API key was not given it.
    Key,
    /// Who looks as somebody else sees no more than they do as themselves.
    Preview,
}

impl Decider {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::SeatType => "seat_type",
            Self::State => "state",
            Self::Plan(_) => "plan",
            Self::Key => "key",
            Self::Preview => "preview",
        }
    }
}

/// A permission set that a membership holds beside its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldSet {
    pub id: uuid::Uuid,
    pub label: String,
    pub grants: Grants,
}

/// The facts about a membership that rights depend on.
#[derive(Debug, Clone)]
pub struct Standing<'a> {
    pub pack: &'a Pack,
    pub role: &'a Role,
    pub sets: &'a [HeldSet],
    pub seat_type: SeatType,
    pub is_owner: bool,
    pub state: &'a str,
    pub entitlements: &'a BTreeMap<String, bool>,
}

impl<'a> Standing<'a> {
    /// A role on a seat, in an active workspace without plan limits.
    pub fn plain(pack: &'a Pack, role: &'a Role, seat_type: SeatType) -> Self {
        static NO_LIMITS: BTreeMap<String, bool> = BTreeMap::new();
        let is_owner = role.key == pack.owner_role;
        Self { pack, role, sets: &[], seat_type, is_owner, state: "active", entitlements: &NO_LIMITS }
    }

    /// Whether permission sets count on this seat and role.
    fn may_hold_sets(&self) -> bool {
        let eligibility = Permission::SeatExtraPermissionSets;
        self.role.grant(eligibility) != Reach::None && !CEILINGS.seat(self.seat_type).contains(eligibility)
    }
}

/// One step of the decision, with the reach that is left after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Role {
        reach: Reach,
    },
    /// Sets that add something, or that would if the seat could hold sets.
    Sets {
        adding: Vec<String>,
        count: bool,
        reach: Reach,
    },
    SeatType {
        caps: bool,
        reach: Reach,
    },
    State {
        caps: bool,
        kept_by_owner: bool,
        reach: Reach,
    },
    Plan {
        entitlement: Option<&'static str>,
        reach: Reach,
    },
}

/// What was decided for one permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) reach: Reach,
    pub(crate) decider: Option<Decider>,
}

/// The effective reach of every permission, with what decided where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    decisions: Box<[Decision]>,
    relations: Box<[Relation]>,
}

impl Access {
    /// Evaluates D2 for one membership. Pure: the same standing always gives the same access.
    pub fn of(standing: &Standing<'_>) -> Self {
        let all = Permission::ALL.iter();
        Self {
            decisions: all.clone().map(|permission| decide(standing, *permission, |_| {})).collect(),
            relations: all.map(|permission| standing.pack.relation(*permission)).collect(),
        }
    }

    pub fn reach(&self, permission: Permission) -> Reach {
        self.decisions[permission.index()].reach
    }

    /// What makes something the member's own for this permission, in the workspace's pack.
    pub fn relation(&self, permission: Permission) -> Relation {
        self.relations[permission.index()]
    }

    /// Why there is no reach; `None` when there is some.
    pub fn decider(&self, permission: Permission) -> Option<Decider> {
        self.decisions[permission.index()].decider
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

    /// What is left of it under an API key: only its scopes, never what is the owner's alone, and, for a key of the
    /// workspace rather than of a person, nothing that reaches one's own only.
    pub(crate) fn under_key(&self, scopes: &PermissionSet, personal: bool) -> Self {
        self.capped(Decider::Key, |permission, reach| {
            let given = scopes.contains(permission) && !permission.is_owner_equivalent();
            if given && (personal || reach != Reach::Own) { reach } else { Reach::None }
        })
    }

    /// What is left of it for somebody with `own` access who looks through it: never more than they see themselves.
    /// `as_other` says that one's own is another member's then, which who reaches only their own may not see.
    pub(crate) fn seen_by(&self, own: &Self, as_other: bool) -> Self {
        self.capped(Decider::Preview, |permission, reach| match own.reach(permission) {
            Reach::Own if as_other => Reach::None,
            mine => mine.min(reach),
        })
    }

    fn capped(&self, by: Decider, cap: impl Fn(Permission, Reach) -> Reach) -> Self {
        let capped = Permission::ALL.iter().zip(&self.decisions).map(|(permission, decision)| {
            match (decision.decider, cap(*permission, decision.reach)) {
                (None, Reach::None) => Decision { reach: Reach::None, decider: Some(by) },
                (None, reach) => Decision { reach, decider: None },
                (Some(_), _) => *decision,
            }
        });
        Self { decisions: capped.collect(), relations: self.relations.clone() }
    }
}

/// Whether something can be done, and if not, why (ruling 17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ability {
    Yes,
    No(Decider),
    /// The permission reaches only one's own, and this is not.
    OutOfRelation,
    /// A rule of the thing itself forbids it, whoever asks; the rule's name.
    Barred(&'static str),
}

impl Ability {
    /// `None` for yes, else the reason's name.
    pub const fn reason(self) -> Option<&'static str> {
        match self {
            Self::Yes => None,
            Self::No(decider) => Some(decider.name()),
            Self::OutOfRelation => Some("relation"),
            Self::Barred(rule) => Some(rule),
        }
    }
}

/// The steps that led to a decision, in their order.
pub(crate) fn explain(standing: &Standing<'_>, permission: Permission) -> (Vec<Step>, Decision) {
    let mut steps = Vec::new();
    let decision = decide(standing, permission, |step| steps.push(step));
    (steps, decision)
}

/// D2, step by step; `step` is told each.
fn decide(standing: &Standing<'_>, permission: Permission, mut step: impl FnMut(Step)) -> Decision {
    let granted = own_of_somebody(standing, permission, standing.role.grant(permission));
    step(Step::Role { reach: granted });
    let mut reach = granted;
    if !standing.sets.is_empty() {
        let count = standing.may_hold_sets();
        let mut adding = Vec::new();
        for set in standing.sets {
            let more = own_of_somebody(standing, permission, set.grants.get(permission));
            if more > granted {
                adding.push(set.label.clone());
                reach = if count { reach.max(more) } else { reach };
            }
        }
        step(Step::Sets { adding, count, reach });
    }
    let mut decider = (reach == Reach::None).then_some(Decider::Role);
    let mut cap = |by: Option<Decider>, reach: &mut Reach| {
        if by.is_some() {
            *reach = Reach::None;
        }
        decider = decider.or(by);
        *reach
    };

    let caps = CEILINGS.seat(standing.seat_type).contains(permission);
    let left = cap(caps.then_some(Decider::SeatType), &mut reach);
    step(Step::SeatType { caps, reach: left });

    let ended = CEILINGS.states.get(standing.state).is_some_and(|remaining| !remaining.contains(permission));
    let kept_by_owner = ended && standing.is_owner && CEILINGS.owner_keeps.contains(permission);
    let caps = ended && !kept_by_owner;
    let left = cap(caps.then_some(Decider::State), &mut reach);
    step(Step::State { caps, kept_by_owner, reach: left });

    let entitlement = CEILINGS
        .entitlements
        .iter()
        .find(|(name, caps)| caps.contains(permission) && standing.entitlements.get(*name) == Some(&false))
        .map(|(name, _)| name.as_str());
    let left = cap(entitlement.map(Decider::Plan), &mut reach);
    step(Step::Plan { entitlement, reach: left });
    Decision { reach, decider }
}

/// Own without a relation that makes something one's own is nothing.
fn own_of_somebody(standing: &Standing<'_>, permission: Permission, reach: Reach) -> Reach {
    if reach == Reach::Own && standing.pack.relation(permission) == Relation::Nobody { Reach::None } else { reach }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn default_pack() -> Pack {
        Pack::parse(include_str!("../../../packs/default.toml")).expect("the shipped pack")
    }

    fn access(role: &str, seat_type: SeatType, state: &str, entitlements: &[(&str, bool)]) -> Access {
        let pack = default_pack();
        let entitlements = entitlements.iter().map(|(name, on)| ((*name).to_owned(), *on)).collect();
        let role = pack.role(role).expect("a role");
        Access::of(&Standing { state, entitlements: &entitlements, ..Standing::plain(&pack, role, seat_type) })
    }

    fn set_of(permissions: &[Permission]) -> HeldSet {
        let mut grants = Grants::default();
        permissions.iter().for_each(|permission| grants.set(*permission, Reach::Any));
        HeldSet { id: uuid::Uuid::nil(), label: "More".into(), grants }
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

    #[test]
    fn rol_073_sets_add_to_a_role_where_the_seat_may_hold_them() {
        let pack = default_pack();
        let sets = [set_of(&[Permission::AnalyticsView, Permission::ConversationReply])];
        let on = |role: &str, seat| {
            let mut role = Role::clone(pack.role(role).expect("a role"));
            role.grants.set(Permission::SeatExtraPermissionSets, Reach::Any);
            Access::of(&Standing { sets: &sets, ..Standing::plain(&pack, &role, seat) })
        };
        let agent = on("agent", SeatType::Full);
        assert_eq!(agent.reach(Permission::AnalyticsView), Reach::Any);
        assert_eq!(agent.reach(Permission::ConversationReply), Reach::Any, "a set widens own to any");
        assert_eq!(agent.reach(Permission::AuditView), Reach::None, "and adds nothing else");
        let light = on("collaborator", SeatType::Collaborator);
        assert_eq!(light.decider(Permission::AnalyticsView), Some(Decider::Role), "ROL-071: no sets on a light seat");
    }

    #[test]
    fn own_1_every_explanation_ends_in_what_is_enforced() {
        let pack = default_pack();
        let sets = [set_of(&[Permission::AnalyticsView, Permission::RoleManage])];
        let limits = BTreeMap::from([("crm".to_owned(), false), ("collaboration".to_owned(), true)]);
        for role in &pack.roles {
            for seat in [SeatType::Full, SeatType::Collaborator] {
                for state in ["active", "restricted", "scheduled_deletion"] {
                    let standing =
                        Standing { sets: &sets, state, entitlements: &limits, ..Standing::plain(&pack, role, seat) };
                    let access = Access::of(&standing);
                    for &permission in Permission::ALL {
                        let (steps, decision) = explain(&standing, permission);
                        assert_eq!(decision.reach, access.reach(permission));
                        assert_eq!(decision.decider, access.decider(permission));
                        let Some(Step::Plan { reach, .. }) = steps.last() else { panic!("the plan is told last") };
                        assert_eq!(*reach, decision.reach, "{} {}", role.key, permission.name());
                    }
                }
            }
        }
    }

    #[test]
    fn a_key_holds_its_scopes_and_nothing_of_the_owner_alone() {
        let owner = access("owner", SeatType::Full, "active", &[]);
        let scopes = PermissionSet::from_iter([Permission::ConversationView, Permission::RoleManage]);
        let key = owner.under_key(&scopes, true);
        assert_eq!(key.reach(Permission::ConversationView), Reach::Any);
        assert_eq!(key.decider(Permission::RoleManage), Some(Decider::Key));
        assert_eq!(key.decider(Permission::MemberView), Some(Decider::Key));
        let agent = access("agent", SeatType::Full, "active", &[]);
        assert_eq!(agent.under_key(&scopes, true).reach(Permission::ConversationView), Reach::Own);
        let of_the_workspace = agent.under_key(&scopes, false);
        assert_eq!(of_the_workspace.decider(Permission::ConversationView), Some(Decider::Key), "nothing is its own");
    }

    #[test]
    fn own_2_who_looks_as_another_sees_no_more_than_as_themselves() {
        let (supervisor, admin) =
            (access("supervisor", SeatType::Full, "active", &[]), access("admin", SeatType::Full, "active", &[]));
        let seen = admin.seen_by(&supervisor, false);
        for &permission in Permission::ALL {
            assert!(seen.reach(permission) <= supervisor.reach(permission), "{}", permission.name());
        }
        let agent = access("agent", SeatType::Full, "active", &[]);
        assert_eq!(agent.seen_by(&agent, true).decider(Permission::ConversationView), Some(Decider::Preview));
        assert_eq!(agent.seen_by(&admin, true).reach(Permission::ConversationView), Reach::Own);
    }
}
