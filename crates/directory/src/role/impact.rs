//! What a change of a role would mean, before it is made.

use std::collections::BTreeMap;

use tenancy::{Access, Error, Role, Session, Standing};

use crate::{
    Refusal,
    rights_change::{Difference, moved},
    rights_refusal::RightsRefusal,
};

/// What holders of a role would gain and lose by it, and whom it would concern.
#[derive(Debug, Clone)]
pub struct Impact {
    pub difference: Difference,
    /// Members whose effective rights would change; a set, a seat or the plan can make a change mean nothing to one.
    pub members_affected: usize,
}

/// Weighs changes of a role's grants, written as permission → reach.
///
/// # Errors
/// No such role, or a grant that does not exist.
pub async fn role_impact(
    session: &mut Session,
    key: &str,
    grants: &BTreeMap<String, String>,
) -> Result<Impact, Refusal> {
    let roles = session.roles().await?;
    let before = roles.get(key).ok_or(Error::NotFound)?;
    let after = Role { grants: before.grants.with(grants).map_err(RightsRefusal::from)?, ..Role::clone(before) };
    let mut difference = Difference::default();
    for (permission, before, after) in moved(&before.grants, &after.grants) {
        let side = if after > before { &mut difference.gains } else { &mut difference.losses };
        side.push(permission);
    }
    let everybody = session.standings().await?;
    let concerned = everybody.iter().filter(|standing| standing.member.role_key == key);
    let members_affected = concerned
        .filter(|standing| Access::of(&Standing { role: &after, ..standing.facts() }) != **standing.access())
        .count();
    Ok(Impact { difference, members_affected })
}
