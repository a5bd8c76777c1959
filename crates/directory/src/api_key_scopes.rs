//! What a key may be given: nothing beyond what whoever makes it holds (INV-13), and nothing that is a person's alone.

use std::collections::BTreeSet;

use kernel::Problem;
use serde::Serialize;
use tenancy::{ApiKeyManage, Grant, Kind, Permission, Reach};
use utoipa::ToSchema;

use crate::ApiKeyKind;

/// Why a scope is none for this key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScopeFault {
    Unknown,
    /// It comes close to owning the workspace: no program ever holds it.
    OwnerEquivalent,
    /// It says what a person may be given, and opens nothing.
    Eligibility,
    /// Whoever makes the key does not hold it.
    NotHeld,
    /// It reaches only one's own, and a workspace's key has nothing of its own.
    OwnOnly,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScopeRefusal {
    #[error("a key without a scope opens nothing")]
    None,
    #[error("{name:?} is no scope for this key")]
    Faulty { index: usize, name: String, fault: ScopeFault },
}

/// A permission that keys know, and why it cannot be given to a key of either kind, if it cannot.
#[derive(Debug, Clone, Copy)]
pub struct ScopeOffer {
    pub permission: Permission,
    pub personal: Option<ScopeFault>,
    pub workspace: Option<ScopeFault>,
}

/// What whoever holds this grant could give to a key, in the catalogue's order.
pub fn api_key_scopes(grant: &Grant<ApiKeyManage>) -> Vec<ScopeOffer> {
    let viewer = grant.scope().viewer();
    let fault = |permission, kind| may_be_given(permission, kind, |permission| viewer.reach(permission)).err();
    let known = Permission::ALL.iter().copied().filter(|permission| permission.kind() != Kind::Eligibility);
    let offers = known.map(|permission| ScopeOffer {
        permission,
        personal: fault(permission, ApiKeyKind::Personal),
        workspace: fault(permission, ApiKeyKind::Workspace),
    });
    offers.collect()
}

/// The permissions that these names stand for, in the catalogue's order; `reach` is their giver's.
pub(crate) fn chosen(
    names: &[String],
    kind: ApiKeyKind,
    reach: impl Fn(Permission) -> Reach,
) -> Result<Vec<&'static str>, ScopeRefusal> {
    let mut scopes = BTreeSet::new();
    for (index, name) in names.iter().enumerate() {
        let scope = Permission::parse(name).ok_or(ScopeFault::Unknown);
        let scope = scope.and_then(|scope| may_be_given(scope, kind, &reach).map(|()| scope));
        scopes.insert(scope.map_err(|fault| ScopeRefusal::Faulty { index, name: name.clone(), fault })?);
    }
    if scopes.is_empty() { Err(ScopeRefusal::None) } else { Ok(scopes.into_iter().map(Permission::name).collect()) }
}

fn may_be_given(
    permission: Permission,
    kind: ApiKeyKind,
    reach: impl Fn(Permission) -> Reach,
) -> Result<(), ScopeFault> {
    if permission.is_owner_equivalent() {
        return Err(ScopeFault::OwnerEquivalent);
    }
    if permission.kind() == Kind::Eligibility {
        return Err(ScopeFault::Eligibility);
    }
    match (reach(permission), kind) {
        (Reach::None, _) => Err(ScopeFault::NotHeld),
        (Reach::Own, ApiKeyKind::Workspace) => Err(ScopeFault::OwnOnly),
        (Reach::Masked | Reach::Own | Reach::Any, _) => Ok(()),
    }
}

impl From<ScopeRefusal> for Problem {
    fn from(refusal: ScopeRefusal) -> Self {
        let (index, name, fault) = match refusal {
            ScopeRefusal::None => return Self::field("/scopes", "scope_missing", "Give the key at least one scope."),
            ScopeRefusal::Faulty { index, name, fault } => (index, name, fault),
        };
        let (code, detail) = match fault {
            ScopeFault::Unknown => ("unknown_scope", format!("There is no permission {name:?}.")),
            ScopeFault::OwnerEquivalent => {
                ("scope_owner_equivalent", format!("{name} comes close to owning the workspace: no key ever holds it."))
            }
            ScopeFault::Eligibility => {
                ("scope_eligibility", format!("{name} says what a person may be given; it opens nothing to a key."))
            }
            ScopeFault::NotHeld => ("scope_not_held", format!("You do not hold {name} yourself.")),
            ScopeFault::OwnOnly => (
                "scope_own_only",
                format!("Your {name} reaches only your own, of which a workspace's key has nothing."),
            ),
        };
        Self::field(format!("/scopes/{index}"), code, detail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pick(names: &[&str], kind: ApiKeyKind, reach: Reach) -> Result<Vec<&'static str>, ScopeRefusal> {
        chosen(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(), kind, |_| reach)
    }

    fn fault(name: &str, kind: ApiKeyKind, reach: Reach) -> ScopeFault {
        match pick(&["note.view", name], kind, reach) {
            Err(ScopeRefusal::Faulty { index: 1, fault, .. }) => fault,
            other => panic!("{name}: {other:?}"),
        }
    }

    #[test]
    fn scopes_stand_once_and_in_the_order_of_the_catalogue() {
        let picked = pick(&["note.view", "conversation.view", "note.view"], ApiKeyKind::Personal, Reach::Any);
        assert_eq!(picked, Ok(vec!["conversation.view", "note.view"]));
        assert_eq!(pick(&[], ApiKeyKind::Personal, Reach::Any), Err(ScopeRefusal::None));
    }

    #[test]
    fn inv_13_no_key_is_given_what_its_giver_does_not_hold() {
        let refused = pick(&["note.view"], ApiKeyKind::Personal, Reach::None);
        assert!(matches!(refused, Err(ScopeRefusal::Faulty { index: 0, fault: ScopeFault::NotHeld, .. })));
        let refused = pick(&["note.edit"], ApiKeyKind::Workspace, Reach::Own);
        assert!(matches!(refused, Err(ScopeRefusal::Faulty { index: 0, fault: ScopeFault::OwnOnly, .. })));
        assert_eq!(pick(&["note.edit"], ApiKeyKind::Personal, Reach::Own), Ok(vec!["note.edit"]));
    }

    #[test]
    fn what_comes_close_to_owning_and_what_is_a_persons_is_for_no_key() {
        for &permission in Permission::ALL {
            let name = permission.name();
            if permission.is_owner_equivalent() {
                assert_eq!(fault(name, ApiKeyKind::Personal, Reach::Any), ScopeFault::OwnerEquivalent);
            } else if permission.kind() == Kind::Eligibility {
                assert_eq!(fault(name, ApiKeyKind::Workspace, Reach::Any), ScopeFault::Eligibility);
            } else {
                assert!(pick(&[name], ApiKeyKind::Workspace, Reach::Any).is_ok(), "{name}");
            }
        }
        assert_eq!(fault("note.*", ApiKeyKind::Personal, Reach::Any), ScopeFault::Unknown);
    }
}
