//! Ceilings: what a seat type, the plan and the workspace's state cap, whatever a role grants (D2).

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Permission;

/// Which licence a membership uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeatType {
    Full,
    /// Internal only: can never reach a customer (INV-18).
    Collaborator,
}

impl SeatType {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Collaborator => "collaborator",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::Full, Self::Collaborator].into_iter().find(|seat| seat.name() == name)
    }
}

/// A set of permissions as a row of bits over the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PermissionSet(Box<[bool]>);

impl PermissionSet {
    /// `noun.verb` names one permission, `noun.*` a family.
    fn of(patterns: &[String]) -> Result<Self, String> {
        let mut bits = vec![false; Permission::ALL.len()];
        for pattern in patterns {
            let mut hit = false;
            for permission in Permission::ALL {
                let family = pattern.strip_suffix('*');
                if family.map_or(pattern == permission.name(), |family| permission.name().starts_with(family)) {
                    bits[permission.index()] = true;
                    hit = true;
                }
            }
            if !hit {
                return Err(format!("{pattern:?} names no permission"));
            }
        }
        Ok(Self(bits.into()))
    }

    /// Reads the names of permissions as they are kept with an API key; what the catalogue knows no longer is left out.
    pub(crate) fn named(names: &[String]) -> Self {
        names.iter().filter_map(|name| Permission::parse(name)).collect()
    }

    pub(crate) fn contains(&self, permission: Permission) -> bool {
        self.0[permission.index()]
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<T: IntoIterator<Item = Permission>>(permissions: T) -> Self {
        let mut bits = vec![false; Permission::ALL.len()];
        permissions.into_iter().for_each(|permission| bits[permission.index()] = true);
        Self(bits.into())
    }
}

/// All ceilings, from the product's own data.
pub(crate) struct Ceilings {
    /// Entitlement → what it caps when it is false.
    pub(crate) entitlements: BTreeMap<String, PermissionSet>,
    /// Workspace state → what remains.
    pub(crate) states: BTreeMap<String, PermissionSet>,
    collaborator: PermissionSet,
    full: PermissionSet,
    pub(crate) owner_keeps: PermissionSet,
}

impl Ceilings {
    /// What a seat of this type can never hold.
    pub(crate) fn seat(&self, seat: SeatType) -> &PermissionSet {
        match seat {
            SeatType::Full => &self.full,
            SeatType::Collaborator => &self.collaborator,
        }
    }
}

pub(crate) static CEILINGS: LazyLock<Ceilings> = LazyLock::new(|| {
    load(include_str!("../../../packs/ceilings.toml"))
        .expect("the shipped ceilings name only permissions of the catalogue")
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CeilingsFile {
    entitlements: BTreeMap<String, Vec<String>>,
    workspace_states: BTreeMap<String, Vec<String>>,
    seat_types: SeatFile,
    owner: OwnerFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeatFile {
    full: Vec<String>,
    collaborator: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnerFile {
    keeps: Vec<String>,
}

fn load(text: &str) -> Result<Ceilings, String> {
    let file: CeilingsFile = toml::from_str(text).map_err(|error| error.to_string())?;
    let sets = |table: BTreeMap<String, Vec<String>>| -> Result<_, String> {
        table.into_iter().map(|(key, patterns)| Ok((key, PermissionSet::of(&patterns)?))).collect()
    };
    Ok(Ceilings {
        entitlements: sets(file.entitlements)?,
        states: sets(file.workspace_states)?,
        full: PermissionSet::of(&file.seat_types.full)?,
        collaborator: PermissionSet::of(&file.seat_types.collaborator)?,
        owner_keeps: PermissionSet::of(&file.owner.keeps)?,
    })
}
