//! Policy packs: roles and policies as data. A pack states every role × permission; nothing is implied.

use std::{collections::BTreeMap, sync::Arc};

use serde::Deserialize;

use crate::{Grants, Permission, Reach, ceiling::SeatType};

/// A role of a pack: a label, a rank and a reach for each permission of the catalogue.
#[derive(Debug, Clone)]
pub struct Role {
    pub key: String,
    pub label: String,
    /// Higher is more; who may hand out roles hands out at most its own rank.
    pub rank: i64,
    pub seat_type: SeatType,
    /// Whether the role can be given by invitation or role change.
    pub assignable: bool,
    pub description: String,
    pub grants: Grants,
}

impl Role {
    pub fn grant(&self, permission: Permission) -> Reach {
        self.grants.get(permission)
    }
}

/// A loaded, complete policy pack.
#[derive(Debug, Clone)]
pub struct Pack {
    pub id: String,
    pub title: String,
    /// The role held by a workspace's one owner (INV-02).
    pub owner_role: String,
    pub roles: Vec<Arc<Role>>,
    pub policy: BTreeMap<String, toml::Value>,
    /// Event kind → roles or concerned people who are told.
    pub notifications: BTreeMap<String, Vec<String>>,
}

/// Why a pack was refused.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    #[error("the pack is not valid TOML: {0}")]
    Syntax(#[from] toml::de::Error),
    #[error("permission {0:?} is not in the catalogue")]
    UnknownPermission(String),
    #[error("permission {0:?} has no row")]
    MissingPermission(&'static str),
    #[error("permission {permission:?} has {cells} cells for {roles} roles")]
    RaggedRow { permission: String, cells: usize, roles: usize },
    #[error("{reach:?} is no reach that permission {permission:?} knows")]
    BadReach { permission: String, reach: String },
    #[error("the owner role {0:?} is not among the roles")]
    NoOwnerRole(String),
    #[error("role {0:?} names the unknown seat type {1:?}")]
    UnknownSeatType(String, String),
    #[error("role {0:?} appears twice")]
    DoubleRole(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    pack: PackHead,
    policy: BTreeMap<String, toml::Value>,
    notifications: BTreeMap<String, Vec<String>>,
    role: Vec<RoleHead>,
    permissions: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackHead {
    id: String,
    title: String,
    owner_role: String,
    #[serde(rename = "version")]
    _version: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleHead {
    key: String,
    label: String,
    rank: i64,
    seat_type: String,
    assignable: bool,
    description: String,
}

impl Pack {
    /// Reads a pack file: a row per permission, a column per role.
    ///
    /// # Errors
    /// A [`PackError`] that names the cell; a pack that leaves one out is refused whole.
    pub fn parse(text: &str) -> Result<Self, PackError> {
        let file: PackFile = toml::from_str(text)?;
        let mut roles = Vec::with_capacity(file.role.len());
        for head in &file.role {
            if roles.iter().any(|role: &Role| role.key == head.key) {
                return Err(PackError::DoubleRole(head.key.clone()));
            }
            roles.push(Role {
                key: head.key.clone(),
                label: head.label.clone(),
                rank: head.rank,
                seat_type: SeatType::parse(&head.seat_type)
                    .ok_or_else(|| PackError::UnknownSeatType(head.key.clone(), head.seat_type.clone()))?,
                assignable: head.assignable,
                description: head.description.clone(),
                grants: Grants::default(),
            });
        }
        let mut rows = file.permissions;
        for &permission in Permission::ALL {
            let row = rows.remove(permission.name()).ok_or(PackError::MissingPermission(permission.name()))?;
            fill_row(&mut roles, permission, &row)?;
        }
        if let Some(unknown) = rows.into_keys().next() {
            return Err(PackError::UnknownPermission(unknown));
        }
        if !roles.iter().any(|role| role.key == file.pack.owner_role) {
            return Err(PackError::NoOwnerRole(file.pack.owner_role));
        }
        Ok(Self {
            id: file.pack.id,
            title: file.pack.title,
            owner_role: file.pack.owner_role,
            roles: roles.into_iter().map(Arc::new).collect(),
            policy: file.policy,
            notifications: file.notifications,
        })
    }

    pub fn role(&self, key: &str) -> Option<&Arc<Role>> {
        self.roles.iter().find(|role| role.key == key)
    }
}

fn fill_row(roles: &mut [Role], permission: Permission, row: &[String]) -> Result<(), PackError> {
    if row.len() != roles.len() {
        return Err(PackError::RaggedRow {
            permission: permission.name().into(),
            cells: row.len(),
            roles: roles.len(),
        });
    }
    for (role, cell) in roles.iter_mut().zip(row) {
        let reach = permission
            .parse_reach(cell)
            .map_err(|_| PackError::BadReach { permission: permission.name().into(), reach: cell.clone() })?;
        role.grants.set(permission, reach);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULT: &str = include_str!("../../../packs/default.toml");

    #[test]
    fn the_shipped_pack_is_complete() {
        let pack = Pack::parse(DEFAULT).expect("a complete pack");
        let viewer = pack.role("viewer").expect("a viewer");
        assert_eq!(viewer.grant(Permission::CustomerViewUnmasked), Reach::Masked);
        assert_eq!(viewer.grant(Permission::ConversationReply), Reach::None);
    }

    #[test]
    fn an_incomplete_pack_is_refused() {
        let without_a_row =
            DEFAULT.lines().filter(|line| !line.starts_with("\"note.view\"")).collect::<Vec<_>>().join("\n");
        assert!(matches!(Pack::parse(&without_a_row), Err(PackError::MissingPermission("note.view"))));
        let masked_action = DEFAULT.replacen("= [\"any\"", "= [\"masked\"", 1);
        assert!(Pack::parse(&masked_action).is_err());
    }
}
