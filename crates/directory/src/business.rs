//! Brands or products inside a workspace; every workspace has a default one.

use kernel::{BusinessId, MemberId};
use tenancy::{Composed, Error, Permission, Reach, Session, Viewer, args, part, sql};

use crate::Refusal;

#[derive(Debug, Clone)]
pub struct Business {
    pub id: BusinessId,
    pub name: String,
    /// The member who answers for it; its creator unless it was given to somebody else (C27).
    pub steward: MemberId,
}

impl Business {
    /// Whether the business is the viewer's own.
    pub fn is_own(&self, viewer: &Viewer) -> bool {
        viewer.member == Some(self.steward)
    }
}

/// The businesses that the session's actor sees, the default one first.
///
/// # Errors
/// The database cannot answer.
pub async fn businesses(session: &mut Session) -> Result<Vec<Business>, Refusal> {
    let mut query = Composed::new(sql!("select id, name, steward from businesses where workspace_id = $1"), &[]);
    match (session.reach(Permission::BusinessView), session.viewer().member) {
        (Reach::Any, _) => {}
        (Reach::Own, Some(member)) => drop(query.push(part!("and steward = ?"), args![member])),
        _ => return Ok(Vec::new()),
    }
    query.push(part!("order by is_default desc, name, id"), &[]);
    let rows = session.list(&query).await?;
    let read = |mut row: tenancy::Row| Ok(Business { id: row.take(0)?, name: row.take(1)?, steward: row.take(2)? });
    rows.into_iter().map(read).collect()
}

/// One business, if the session's actor sees it.
///
/// # Errors
/// [`Error::NotFound`] for what does not exist or is out of sight.
pub async fn business(session: &mut Session, id: BusinessId) -> Result<Business, Refusal> {
    let business = businesses(session).await?.into_iter().find(|business| business.id == id);
    Ok(business.ok_or(Error::NotFound)?)
}
