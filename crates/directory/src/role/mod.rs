//! The roles of a workspace: its policy pack's, which never change, and its own.

mod impact;
mod matrix;
mod own;

use std::{collections::HashMap, sync::Arc};

use tenancy::{Ability, Error, Permission, Role, Roles, SeatType, Session, args, sql};

pub use impact::{Impact, role_impact};
pub use matrix::{MatrixCell, MatrixRow, RoleMatrix, role_matrix};
pub use own::{NewRole, RoleChange, create_role, delete_role, update_role};
pub(crate) use own::{subject, write};

use crate::{
    Refusal,
    ceiling::GrantCeiling,
    rights_refusal::{Carrier, RightsRefusal},
};

/// A role as it stands beside a member: key and label.
#[derive(Debug, Clone)]
pub struct RoleRef {
    pub key: String,
    pub label: String,
}

impl RoleRef {
    /// A key that the workspace no longer knows is its own label.
    pub(crate) fn of(roles: &Roles, key: String) -> Self {
        let label = roles.get(&key).map_or_else(|| key.clone(), |role| role.label.clone());
        Self { key, label }
    }
}

/// A role as its workspace sees it.
#[derive(Debug, Clone)]
pub struct WorkspaceRole {
    pub role: Arc<Role>,
    /// `None` for a role of the pack.
    pub own: Option<OwnRole>,
    /// The one that the workspace's owner has.
    pub is_owner_role: bool,
    pub version: i64,
    /// Memberships that have not ended.
    pub members_count: i64,
    /// Whether the viewer could hand it out (INV-13).
    pub offered: bool,
    /// Whether the viewer could change it, as `can` tells it.
    pub editing: Ability,
}

/// What is known of a workspace's own role beside what it grants.
#[derive(Debug, Clone)]
pub struct OwnRole {
    /// The role it was made from, if the workspace still has it.
    pub base: Option<String>,
    pub version: i64,
}

/// All roles, highest first.
///
/// # Errors
/// The database cannot answer.
pub async fn roles(session: &mut Session) -> Result<Vec<WorkspaceRole>, Refusal> {
    let ceiling = GrantCeiling::of_actor(session).await?;
    let (all, members, mut own) = (session.roles().await?, members_count(session).await?, own_roles(session).await?);
    let (viewer, pack) = (session.viewer(), all.pack());
    let shown = |role: &Arc<Role>| {
        let own = own.remove(&role.key).map(|(base, version)| OwnRole { base: all.get(&base).map(|_| base), version });
        let editing = match viewer.ability(Permission::RoleManage, false) {
            Ability::Yes => {
                may_change(&all, role, &ceiling).map_or_else(|bar| Ability::Barred(reason(&bar)), |()| Ability::Yes)
            }
            no => no,
        };
        WorkspaceRole {
            version: own.as_ref().map_or(pack.version, |own| own.version),
            is_owner_role: role.key == pack.owner_role,
            members_count: members.get(&role.key).copied().unwrap_or(0),
            offered: ceiling.must_cover(&all, &role.key, role.seat_type, Permission::MemberChangeRole).is_ok(),
            editing,
            own,
            role: role.clone(),
        }
    };
    Ok(all.all().iter().map(shown).collect())
}

/// One role.
///
/// # Errors
/// [`Error::NotFound`] when the workspace has none of this key.
pub async fn role(session: &mut Session, key: &str) -> Result<WorkspaceRole, Refusal> {
    let role = roles(session).await?.into_iter().find(|role| role.role.key == key);
    Ok(role.ok_or(Error::NotFound)?)
}

/// Whether who stands so may change the role: never a built-in one, and, unless they own the workspace, neither the
/// one they have nor one above them (T-B1, T-B2).
fn may_change(roles: &Roles, role: &Role, ceiling: &GrantCeiling) -> Result<(), RightsRefusal> {
    let member = &ceiling.giver().member;
    match () {
        () if roles.is_builtin(&role.key) => Err(RightsRefusal::Builtin),
        () if member.is_owner => Ok(()),
        () if member.role_key == role.key => Err(RightsRefusal::HeldByOneself(Carrier::Role)),
        () if !ceiling.may_touch(role.rank) => Err(RightsRefusal::HeldAbove(Carrier::Role)),
        () => Ok(()),
    }
}

/// What `can` says of a bar.
pub(crate) fn reason(bar: &RightsRefusal) -> &'static str {
    match bar {
        RightsRefusal::Builtin => "builtin",
        RightsRefusal::HeldByOneself(_) => "self",
        _ => "rank",
    }
}

/// By key: how many have the role.
async fn members_count(session: &mut Session) -> Result<HashMap<String, i64>, Error> {
    let sql = sql!(
        "select role_key, count(*) from memberships
         where workspace_id = $1 and status in ('active', 'deactivated', 'suspended_over_limit') group by role_key"
    );
    session.all(sql, &[]).await?.into_iter().map(|mut row| Ok((row.take(0)?, row.take(1)?))).collect()
}

/// By key: the base and version of each own role.
async fn own_roles(session: &mut Session) -> Result<HashMap<String, (String, i64)>, Error> {
    let sql = sql!("select role_key, base, version from roles where workspace_id = $1");
    let rows = session.all(sql, args![]).await?.into_iter();
    rows.map(|mut row| Ok((row.take(0)?, (row.take(1)?, row.take(2)?)))).collect()
}

/// The seat that usually comes with a role.
///
/// # Errors
/// [`Refusal::UnknownRole`].
pub async fn usual_seat(session: &mut Session, role_key: &str) -> Result<SeatType, Refusal> {
    let roles = session.roles().await?;
    let role = roles.get(role_key).ok_or_else(|| Refusal::UnknownRole(role_key.to_owned()))?;
    Ok(role.seat_type)
}
