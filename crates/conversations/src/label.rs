use std::collections::HashMap;

use tenancy::{Composed, Error, Session, part, sql};
use uuid::Uuid;

use crate::visibility::Visibility;

/// With whom those of these conversations are that the session's actor sees, by id; the names still to be masked.
///
/// # Errors
/// The database cannot answer.
pub async fn labels(session: &mut Session, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Error> {
    let named = sql!(
        "select c.id, p.display_name from conversations c
         join customers p on p.workspace_id = c.workspace_id and p.id = c.customer_id
         where c.workspace_id = $1"
    );
    let mut query = Composed::new(named, &[]);
    Visibility::of(session).narrow(&mut query).push(part!("and c.id in ("), &[]).push_ids(ids);
    let rows = session.list(&query).await?;
    rows.into_iter().map(|mut row| Ok((row.take(0)?, row.take(1)?))).collect()
}
