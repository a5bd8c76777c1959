//! Which role of one pack becomes which of another: what is proposed, and what may be wanted instead.

use std::{collections::BTreeMap, sync::Arc};

use tenancy::{Pack, Permission, Role};

use crate::{ownership::comes_with_ownership, rights_refusal::RightsRefusal};

/// From each role of the one pack to a role of the other.
pub(super) struct RoleMap {
    pub(super) all: BTreeMap<String, String>,
    /// Roles for which something else than the proposal is wanted.
    pub(super) chosen: Vec<String>,
}

impl RoleMap {
    /// The proposal, with what is wanted instead.
    ///
    /// # Errors
    /// [`RightsRefusal::RoleMap`] for a role that the old pack does not have, or that the new one does not hand out.
    pub(super) fn of(old: &Pack, new: &Pack, wanted: &BTreeMap<String, String>) -> Result<Self, RightsRefusal> {
        let mut map = Self { all: proposal(old, new), chosen: Vec::new() };
        for (from, to) in wanted {
            let refused = || RightsRefusal::RoleMap(from.clone(), to.clone());
            let before = old.role(from).ok_or_else(refused)?;
            if map.all.get(from) == Some(to) {
                continue;
            }
            let after = new.role(to).filter(|role| is_given(new, role)).ok_or_else(refused)?;
            if comes_with_ownership(old, before) {
                return Err(refused());
            }
            map.all.insert(from.clone(), after.key.clone());
            map.chosen.push(from.clone());
        }
        Ok(map)
    }
}

/// Whether a role is handed out by itself, and not with ownership.
pub(super) fn is_given(pack: &Pack, role: &Role) -> bool {
    role.assignable && !comes_with_ownership(pack, role)
}

fn proposal(old: &Pack, new: &Pack) -> BTreeMap<String, String> {
    old.roles.iter().map(|role| (role.key.clone(), counterpart(old, role, new).key.clone())).collect()
}

/// The role of another pack that comes closest: of the same seat if there is one, of a near rank, with the most in
/// common. A version of the same pack has the same roles, and who owns goes on owning.
fn counterpart<'a>(old: &Pack, role: &Role, new: &'a Pack) -> &'a Arc<Role> {
    let owner = new.role(&new.owner_role).expect("a loaded pack has its owner's role");
    if comes_with_ownership(old, role) {
        return owner;
    }
    let given = new.roles.iter().filter(|candidate| is_given(new, candidate));
    let same = given.clone().find(|candidate| old.id == new.id && candidate.key == role.key);
    let distance = |candidate: &&Arc<Role>| {
        let rank = (candidate.rank - role.rank).abs();
        (candidate.seat_type != role.seat_type, 4 * rank + difference(role, candidate))
    };
    same.or_else(|| given.min_by_key(distance)).unwrap_or(owner)
}

/// How far two roles are apart: by how much the reach of each permission differs. What is near to owning and would be
/// gained counts as much as a dozen others.
fn difference(role: &Role, candidate: &Role) -> i64 {
    let step = |permission: &Permission| {
        let (before, after) = (role.grant(*permission), candidate.grant(*permission));
        let weight = if permission.is_owner_equivalent() && after > before { 12 } else { 1 };
        weight * (after as i64 - before as i64).abs()
    };
    Permission::ALL.iter().map(step).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packs() -> Vec<Pack> {
        Pack::shipped()
    }

    fn proposed(from: &str, role: &str, to: &str) -> String {
        let packs = packs();
        let find = |id: &str| packs.iter().find(|pack| pack.id == id).expect("a shipped pack");
        proposal(find(from), find(to))[role].clone()
    }

    #[test]
    fn own_14_roles_find_their_counterparts() {
        for (from, role, to, becomes) in [
            ("default", "owner", "kustomer", "org_owner"),
            ("default", "owner", "aisoule", "admin"),
            ("default", "admin", "askusers", "admin"),
            ("default", "viewer", "linkai", "viewer"),
            ("default", "collaborator", "kustomer", "collaborator"),
            ("default", "agent", "aisoule", "agent"),
            ("default", "supervisor", "aisoule", "supervisor"),
            ("default", "member", "askusers", "member"),
            ("linkai", "owner", "default", "owner"),
            ("kustomer", "full_time", "interlinked", "collaborator"),
        ] {
            assert_eq!(proposed(from, role, to), becomes, "{role} of {from} in {to}");
        }
    }

    #[test]
    fn own_14_nobody_is_proposed_as_an_owner_but_the_owner() {
        let packs = packs();
        for (old, new) in packs.iter().flat_map(|old| packs.iter().map(move |new| (old, new))) {
            for (from, to) in proposal(old, new) {
                let (before, after) = (old.role(&from).expect("a role"), new.role(&to).expect("a role"));
                let owns = comes_with_ownership(new, after);
                assert!(!owns || comes_with_ownership(old, before), "{from} of {} would own {}", old.id, new.id);
            }
        }
    }

    #[test]
    fn what_is_wanted_has_to_be_there_to_be_given() {
        let packs = packs();
        let (default, askusers) = (&packs[0], &packs[5]);
        let wanted =
            |from: &str, to: &str| RoleMap::of(default, askusers, &BTreeMap::from([(from.to_owned(), to.to_owned())]));
        assert_eq!(wanted("supervisor", "viewer").map(|map| map.chosen).ok(), Some(vec!["supervisor".into()]));
        assert_eq!(wanted("owner", "owner").map(|map| map.chosen).ok(), Some(Vec::new()), "as proposed");
        for (from, to) in [("supervisor", "owner"), ("owner", "admin"), ("king", "viewer"), ("viewer", "king")] {
            assert!(wanted(from, to).is_err(), "{from} to {to}");
        }
    }
}
