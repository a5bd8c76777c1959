//! The roles of the workspace's policy pack.

use std::sync::Arc;

use tenancy::{Error, Pack, SeatType, Session, sql};

use crate::{Refusal, ceiling::GrantCeiling};

/// A role as it stands beside a member: key and label.
#[derive(Debug, Clone)]
pub struct RoleRef {
    pub key: String,
    pub label: String,
}

impl RoleRef {
    /// A key that its pack no longer knows is its own label.
    pub(crate) fn of(pack: &Pack, key: String) -> Self {
        let label = pack.role(&key).map_or_else(|| key.clone(), |role| role.label.clone());
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
    let pack = pack(session).await?;
    let ceiling = GrantCeiling::of_actor(&pack, session.actor())?;
    let mut roles: Vec<_> = pack
        .roles
        .iter()
        .map(|role| OfferedRole {
            key: role.key.clone(),
            label: role.label.clone(),
            rank: role.rank,
            seat_type: role.seat_type,
            assignable: ceiling.covers(role, role.seat_type),
        })
        .collect();
    roles.sort_by_key(|role| std::cmp::Reverse(role.rank));
    Ok(roles)
}

/// The seat that usually comes with a role.
///
/// # Errors
/// [`Refusal::UnknownRole`].
pub async fn usual_seat(session: &mut Session, role_key: &str) -> Result<SeatType, Refusal> {
    let pack = pack(session).await?;
    let role = pack.role(role_key).ok_or_else(|| Refusal::UnknownRole(role_key.to_owned()))?;
    Ok(role.seat_type)
}

/// The workspace's policy pack.
pub(crate) async fn pack(session: &mut Session) -> Result<Arc<Pack>, Refusal> {
    let row = session.first(sql!("select pack from workspaces where workspace_id = $1"), &[]).await?;
    let id: String = row.ok_or(Error::NotFound)?.take(0)?;
    let pack = session.vault().pack(&id).cloned();
    Ok(pack.ok_or_else(|| Error::Corrupt(format!("no policy pack {id:?}")))?)
}
