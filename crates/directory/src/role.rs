//! The roles of a workspace: its policy pack's and its own.

use tenancy::{Roles, SeatType, Session};

use crate::{Refusal, ceiling::GrantCeiling};

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

/// A role of the pack, and whether the viewer could hand it out.
#[derive(Debug, Clone)]
pub struct OfferedRole {
    pub key: String,
    pub label: String,
    pub rank: i64,
    pub seat_type: SeatType,
    pub assignable: bool,
}

/// All roles, highest first. `assignable` tells those within the viewer's own reach (INV-13).
///
/// # Errors
/// The database cannot answer.
pub async fn roles(session: &mut Session) -> Result<Vec<OfferedRole>, Refusal> {
    let ceiling = GrantCeiling::of_actor(session).await?;
    let offered = session.roles().await?;
    let offered = offered
        .all()
        .iter()
        .map(|role| OfferedRole {
            key: role.key.clone(),
            label: role.label.clone(),
            rank: role.rank,
            seat_type: role.seat_type,
            assignable: ceiling.covers(role, role.seat_type),
        })
        .collect();
    Ok(offered)
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
