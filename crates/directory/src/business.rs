//! Brands or products inside a workspace; every workspace has a default one.

use kernel::BusinessId;
use tenancy::{Session, sql};

use crate::Refusal;

#[derive(Debug, Clone)]
pub struct Business {
    pub id: BusinessId,
    pub name: String,
}

/// The workspace's businesses, its default one first.
///
/// # Errors
/// The database cannot answer.
pub async fn businesses(session: &mut Session) -> Result<Vec<Business>, Refusal> {
    let sql = sql!("select id, name from businesses where workspace_id = $1 order by is_default desc, name, id");
    let rows = session.all(sql, &[]).await?;
    rows.into_iter().map(|mut row| Ok(Business { id: row.take(0)?, name: row.take(1)? })).collect()
}
