//! Roles × permissions, with what their viewer could change and why not the rest.

use std::sync::Arc;

use tenancy::{Access, Permission, Reach, Role, Session};

use super::roles;
use crate::{Refusal, ceiling::GrantCeiling, rights_change::most_on};

#[derive(Debug, Clone)]
pub struct RoleMatrix {
    /// Highest first, each with why nothing of it can be changed.
    pub roles: Vec<(Arc<Role>, Option<&'static str>)>,
    pub rows: Vec<MatrixRow>,
}

#[derive(Debug, Clone)]
pub struct MatrixRow {
    pub permission: Permission,
    /// How far the viewer could let somebody else reach.
    pub within: Reach,
    /// One for each role, in their order.
    pub cells: Vec<MatrixCell>,
}

#[derive(Debug, Clone)]
pub struct MatrixCell {
    pub reach: Reach,
    /// What it could be set to instead, least first.
    pub choices: Vec<Reach>,
    /// Why there is none.
    pub locked: Option<&'static str>,
}

/// # Errors
/// The database cannot answer.
pub async fn role_matrix(session: &mut Session) -> Result<RoleMatrix, Refusal> {
    let ceiling = GrantCeiling::of_actor(session).await?;
    let pack = session.roles().await?.pack().clone();
    let roles: Vec<_> = roles(session).await?.into_iter().map(|role| (role.role, role.editing.reason())).collect();
    let seats: Vec<Access> = roles.iter().map(|(role, _)| most_on(&pack, role.seat_type)).collect();
    let row = |&permission: &Permission| {
        let within = ceiling.reach(permission);
        let columns = roles.iter().zip(&seats);
        let cells = columns.map(|((role, locked), seat)| {
            let fits = seat.reach(permission) != Reach::None;
            cell(permission, role.grant(permission), within, locked.or((!fits).then_some("seat_type")))
        });
        MatrixRow { permission, within, cells: cells.collect() }
    };
    Ok(RoleMatrix { rows: Permission::ALL.iter().map(row).collect(), roles })
}

/// Less can always be granted, more only within the viewer's own.
fn cell(permission: Permission, reach: Reach, within: Reach, locked: Option<&'static str>) -> MatrixCell {
    if locked.is_some() {
        return MatrixCell { reach, choices: Vec::new(), locked };
    }
    let all = [Reach::None, Reach::Masked, Reach::Own, Reach::Any].into_iter();
    let choices: Vec<_> = all
        .filter(|wanted| *wanted != reach && (*wanted < reach || *wanted <= within))
        .filter(|wanted| permission.parse_reach(wanted.name()).is_ok())
        .collect();
    MatrixCell { reach, locked: choices.is_empty().then_some("above_own"), choices }
}
