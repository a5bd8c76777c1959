//! What a switch to another policy pack would do to everybody, before it is done.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use kernel::{InvitationId, MemberId};
use serde_json::{Map, Value as Json};
use tenancy::{Access, Error, MemberStanding, Pack, Permission, Role, Roles, SeatType, Session, Standing, args, sql};

use super::{
    former::FormerRoles,
    role_map::{RoleMap, is_given},
};
use crate::{
    Refusal, RoleRef,
    ceiling::without_limits,
    member::read_seat,
    rank::Authority,
    rights_change::{Difference, Team, first_gain_beyond},
    rights_refusal::{Carrier, RightsRefusal},
};

/// A switch as it is wanted.
#[derive(Debug, Clone)]
pub struct PackWish {
    pub pack: Arc<Pack>,
    /// What shall become of roles, where it is not as proposed.
    pub role_map: BTreeMap<String, String>,
}

/// What a switch does, to the last member.
#[derive(Debug, Clone)]
pub struct PackSwitch {
    pub pack: Arc<Pack>,
    pub role_map: BTreeMap<String, String>,
    pub members: Vec<MemberMove>,
    /// Own roles that would stand above every role that the new pack hands out: they come down to the highest of them.
    pub ranks: Vec<RankMove>,
    pub policies: Vec<PolicyChange>,
}

#[derive(Debug, Clone)]
pub struct MemberMove {
    pub member: MemberId,
    pub name: String,
    pub from: RoleRef,
    pub to: RoleRef,
    pub difference: Difference,
}

#[derive(Debug, Clone)]
pub struct RankMove {
    pub role: RoleRef,
    pub from: i64,
    pub to: i64,
}

#[derive(Debug, Clone)]
pub struct PolicyChange {
    pub policy: String,
    /// Null where a pack does not say.
    pub from: Json,
    pub to: Json,
}

/// The switch, and how everybody stands before and after it.
pub(super) struct Plan {
    pub(super) switch: PackSwitch,
    pub(super) old: Arc<Pack>,
    pub(super) team: Team,
    roles: HashMap<MemberId, Arc<Role>>,
    /// Open invitations into roles of the pack.
    pub(super) invitations: Vec<InvitationMove>,
    /// Own roles that change, as they will be.
    pub(super) lowered: Vec<Arc<Role>>,
}

/// An open invitation, with the role that it was for and the one that it becomes.
pub(super) struct InvitationMove {
    pub(super) id: InvitationId,
    seat: SeatType,
    pub(super) from: Arc<Role>,
    pub(super) to: Arc<Role>,
}

impl Plan {
    pub(super) async fn of(session: &mut Session, wish: &PackWish) -> Result<Self, Refusal> {
        let (before, team, former) =
            (session.roles().await?, Team::of(session).await?, FormerRoles::of(session).await?);
        let (old, new) = (before.pack().clone(), wish.pack.clone());
        let map = RoleMap::of(&old, &new, &wish.role_map)?;
        let lowered = own_roles_in(&before, &new)?;
        let becomes = |standing: &MemberStanding| {
            let now = standing.role();
            let in_pack = |key: &str| new.role(key).cloned();
            let kept = lowered.iter().find(|role| role.key == now.key).unwrap_or(now);
            if standing.member.is_owner {
                return in_pack(&new.owner_role);
            }
            let Some(counterpart) = map.all.get(&now.key) else { return Some(kept.clone()) };
            let had = former.role_in(&new.id, standing.member.id, &now.key).filter(|_| !map.chosen.contains(&now.key));
            had.and_then(in_pack).filter(|role| is_given(&new, role)).or_else(|| in_pack(counterpart))
        };
        let mut roles = HashMap::new();
        let mut members = Vec::new();
        for standing in team.everybody() {
            let to = becomes(standing).unwrap_or_else(|| standing.role().clone());
            let after = Access::of(&Standing { pack: &new, role: &to, ..standing.facts() });
            members.push(MemberMove {
                member: standing.member.id,
                name: standing.member.name.clone(),
                from: named(standing.role()),
                to: named(&to),
                difference: Difference::between(standing.access(), &after),
            });
            roles.insert(standing.member.id, to);
        }
        let ranks = lowered.iter().filter_map(|role| {
            let from = before.get(&role.key)?.rank;
            Some(RankMove { role: named(role), from, to: role.rank })
        });
        let (ranks, policies) = (ranks.collect(), policies(&old, &new));
        let invitations = open_invitations(session, &old, &new, &map).await?;
        let switch = PackSwitch { pack: new, role_map: map.all, members, ranks, policies };
        Ok(Self { switch, old, team, roles, invitations, lowered })
    }

    /// How somebody stands afterwards.
    pub(super) fn after<'a>(&'a self, standing: &'a MemberStanding) -> Standing<'a> {
        let facts = standing.facts();
        let role = self.roles.get(&standing.member.id).map_or(facts.role, |role| role);
        Standing { pack: &self.switch.pack, role, ..facts }
    }

    /// Whoever switches gives nobody more than they hold, those included whom others invited, and themselves nothing,
    /// unless the workspace is theirs (INV-13).
    pub(super) fn must_raise_nobody(&self, authority: &Authority) -> Result<(), RightsRefusal> {
        if authority.is_owner() {
            return Ok(());
        }
        let team = self.team.everybody();
        let me = team.iter().find(|standing| standing.member.id == authority.id());
        let my_rank = me.map_or(0, |me| self.after(me).role.rank);
        for standing in team.iter().filter(|standing| !standing.member.is_owner) {
            let (before, after) = (standing.facts(), self.after(standing));
            if standing.member.id == authority.id() {
                let gains = Difference::between(&without_limits(before), &without_limits(after)).gains.into_iter();
                // An owner cannot leave, yet hands out roles that can.
                let mut gains = gains.filter(|permission| *permission != Permission::WorkspaceLeave);
                gains.next().map_or(Ok(()), |permission| Err(RightsRefusal::RaisesSelf(permission)))?;
                continue;
            }
            if let Some(permission) = first_gain_beyond(authority.ceiling(), before, after) {
                return Err(RightsRefusal::AboveOwn(permission));
            }
            let stood_above = !authority.ceiling().may_touch(standing.role().rank);
            match (stood_above, self.after(standing).role.rank > my_rank) {
                (true, false) => return Err(RightsRefusal::RaisesOwnRank),
                (false, true) => return Err(RightsRefusal::HeldAbove(Carrier::Role)),
                (true, true) | (false, false) => {}
            }
        }
        for InvitationMove { seat, from, to, .. } in &self.invitations {
            let (before, after) =
                (Standing::plain(&self.old, from, *seat), Standing::plain(&self.switch.pack, to, *seat));
            if let Some(permission) = first_gain_beyond(authority.ceiling(), before, after) {
                return Err(RightsRefusal::AboveOwn(permission));
            }
            if authority.ceiling().may_touch(from.rank) && to.rank > my_rank {
                return Err(RightsRefusal::HeldAbove(Carrier::Role));
            }
        }
        Ok(())
    }
}

async fn open_invitations(
    session: &mut Session,
    old: &Pack,
    new: &Pack,
    map: &RoleMap,
) -> Result<Vec<InvitationMove>, Error> {
    let sql = sql!("select id, role_key, seat_type from invitations where workspace_id = $1 and status = 'pending'");
    let mut moves = Vec::new();
    for mut row in session.all(sql, args![]).await? {
        let (id, key, seat): (_, String, String) = (row.take(0)?, row.take(1)?, row.take(2)?);
        let to = map.all.get(&key).and_then(|to| new.role(to));
        if let (Some(from), Some(to)) = (old.role(&key), to) {
            moves.push(InvitationMove { id, seat: read_seat(&seat)?, from: from.clone(), to: to.clone() });
        }
    }
    Ok(moves)
}

fn named(role: &Role) -> RoleRef {
    RoleRef { key: role.key.clone(), label: role.label.clone() }
}

/// Own roles as they stand in another pack, as far as they change: none above the highest role that it hands out.
fn own_roles_in(before: &Roles, new: &Pack) -> Result<Vec<Arc<Role>>, RightsRefusal> {
    let highest = new.roles.iter().filter(|role| is_given(new, role)).map(|role| role.rank).max().unwrap_or(1);
    let mut lowered = Vec::new();
    for role in before.all().iter().filter(|role| !before.is_builtin(&role.key)) {
        let name = role.label.to_lowercase();
        if new.roles.iter().any(|other| other.label.to_lowercase() == name) {
            return Err(RightsRefusal::PackLabelTaken(role.label.clone()));
        }
        if role.rank > highest {
            lowered.push(Arc::new(Role { rank: highest, ..Role::clone(role) }));
        }
    }
    Ok(lowered)
}

fn policies(old: &Pack, new: &Pack) -> Vec<PolicyChange> {
    let map = |pack: &Pack| match serde_json::to_value(&pack.policy) {
        Ok(Json::Object(map)) => map,
        _ => Map::new(),
    };
    let (before, after) = (map(old), map(new));
    let names: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let change = |policy: &&String| {
        let side = |map: &Map<String, Json>| map.get(*policy).cloned().unwrap_or(Json::Null);
        PolicyChange { policy: (*policy).clone(), from: side(&before), to: side(&after) }
    };
    names.iter().map(change).filter(|change| change.from != change.to).collect()
}
