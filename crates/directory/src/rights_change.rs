//! What every change of roles, permission sets or the policy pack has in common: what it gives stays within the
//! giver's own, somebody goes on managing roles, and whoever it concerns is followed up.

use serde_json::{Map, Value as Json, json};
use tenancy::{
    Access, Error, Grants, MemberStanding, Pack, Permission, Reach, Role, SeatType, Session, Standing, Work,
};

use crate::{
    ExitParty,
    ceiling::{GrantCeiling, without_limits},
    member::follow,
    rank::manages_roles,
    rights_refusal::RightsRefusal,
};

/// Permissions whose reach a change moves, with the reach before and after.
pub(crate) fn moved(before: &Grants, after: &Grants) -> Vec<(Permission, Reach, Reach)> {
    let cell = |permission: &Permission| (*permission, before.get(*permission), after.get(*permission));
    Permission::ALL.iter().map(cell).filter(|(_, before, after)| before != after).collect()
}

/// What a change gives on top, as grants of their own.
pub(crate) fn raised(before: &Grants, after: &Grants) -> Grants {
    let mut raised = Grants::default();
    for (permission, before, after) in moved(before, after) {
        if after > before {
            raised.set(permission, after);
        }
    }
    raised
}

/// Refuses grants that give more than the giver holds, on whatever seat they end.
pub(crate) fn must_cover(ceiling: &GrantCeiling, grants: &Grants) -> Result<(), RightsRefusal> {
    ceiling.first_above(grants, SeatType::Full).map_or(Ok(()), |permission| Err(RightsRefusal::AboveOwn(permission)))
}

/// The first permission that somebody would gain beyond what the giver holds: by a role, or by sets that count again
/// beside it.
pub(crate) fn first_gain_beyond(
    ceiling: &GrantCeiling,
    before: Standing<'_>,
    after: Standing<'_>,
) -> Option<Permission> {
    let (had, has) = (without_limits(before), without_limits(after));
    let mut gains = Difference::between(&had, &has).gains.into_iter();
    gains.find(|permission| has.reach(*permission) > ceiling.reach(*permission))
}

/// Refuses grants that a seat of this type never holds, so that a role says no more than it does (INV-18).
pub(crate) fn must_fit_seat(pack: &Pack, grants: &Grants, seat: SeatType) -> Result<(), RightsRefusal> {
    let most = most_on(pack, seat);
    let beyond = grants.iter().find(|(permission, _)| most.reach(*permission) == Reach::None);
    beyond.map_or(Ok(()), |(permission, _)| Err(RightsRefusal::BeyondSeat(permission)))
}

/// The most that a seat of this type can hold.
pub(crate) fn most_on(pack: &Pack, seat_type: SeatType) -> Access {
    let mut grants = Grants::default();
    Permission::ALL.iter().for_each(|permission| grants.set(*permission, Reach::Any));
    let (key, label, description) = (String::new(), String::new(), String::new());
    let role = Role { key, label, description, rank: 0, seat_type, assignable: false, grants };
    Access::of(&Standing::plain(pack, &role, seat_type))
}

/// The side of a change that the audit log shows, with only the permissions that moved.
pub(crate) fn told(fields: Json, cells: impl Iterator<Item = (Permission, Reach)>) -> Json {
    let grants: Map<_, _> =
        cells.map(|(permission, reach)| (permission.name().to_owned(), json!(reach.name()))).collect();
    let mut told = fields;
    if let Json::Object(fields) = &mut told
        && !grants.is_empty()
    {
        fields.insert("grants".into(), Json::Object(grants));
    }
    told
}

/// What one loses and gains from one access to another: permissions that reach further, and those that reach less. One
/// whose own becomes something else is both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    pub gains: Vec<Permission>,
    pub losses: Vec<Permission>,
}

impl Difference {
    pub(crate) fn between(before: &Access, after: &Access) -> Self {
        let mut difference = Self::default();
        for &permission in Permission::ALL {
            let (had, has) = (before.reach(permission), after.reach(permission));
            let turned = had == has && had == Reach::Own && before.relation(permission) != after.relation(permission);
            if has > had || turned {
                difference.gains.push(permission);
            }
            if has < had || turned {
                difference.losses.push(permission);
            }
        }
        difference
    }
}

/// Everybody whose membership has not ended, as they stand before a change of rights.
pub(crate) struct Team(Vec<MemberStanding>);

impl Team {
    pub(crate) async fn of(session: &mut Session) -> Result<Self, Error> {
        Ok(Self(session.standings().await?))
    }

    pub(crate) fn everybody(&self) -> &[MemberStanding] {
        &self.0
    }

    /// The last one who manages roles keeps managing them (INV-13).
    pub(crate) fn must_keep_a_manager<'a>(
        &'a self,
        after: impl Fn(&'a MemberStanding) -> Standing<'a>,
    ) -> Result<(), RightsRefusal> {
        let mut active = self.0.iter().filter(|standing| standing.is_active());
        if active.any(|standing| manages_roles(&without_limits(after(standing)))) {
            return Ok(());
        }
        Err(RightsRefusal::LastManager)
    }

    /// Nobody gains more by a change than its maker holds (INV-13).
    pub(crate) fn must_gain_within<'a>(
        &'a self,
        ceiling: &GrantCeiling,
        after: impl Fn(&'a MemberStanding) -> Standing<'a>,
    ) -> Result<(), RightsRefusal> {
        let beyond = |standing: &'a MemberStanding| first_gain_beyond(ceiling, standing.facts(), after(standing));
        self.0.iter().find_map(beyond).map_or(Ok(()), |permission| Err(RightsRefusal::AboveOwn(permission)))
    }

    /// Follows up on everybody whom the change concerns.
    pub(crate) async fn follow<'a>(
        &'a self,
        work: &mut Work,
        party: &dyn ExitParty,
        after: impl Fn(&'a MemberStanding) -> Standing<'a>,
    ) -> Result<(), Error> {
        for standing in &self.0 {
            let changed = after(standing);
            if without_limits(standing.facts()) != without_limits(changed.clone()) {
                follow(work, party, standing, changed).await?;
            }
        }
        Ok(())
    }
}
