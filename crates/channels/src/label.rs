use std::collections::HashMap;

use tenancy::{Error, Session, sql};
use uuid::Uuid;

/// What channels are called, by id: for a record that names them by their ids.
///
/// # Errors
/// The database cannot answer.
pub async fn labels(session: &mut Session, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Error> {
    session.texts(sql!("select id, name from channels where workspace_id = $1 and id in ("), ids).await
}
