//! What people, and what they set up, are called: for a record that names them by their ids.

use std::collections::HashMap;

use tenancy::{Error, Session, sql};
use uuid::Uuid;

/// What things of one kind are called, by id. What is gone has no name; kinds of other crates have none here.
///
/// # Errors
/// The database cannot answer.
pub async fn labels(session: &mut Session, kind: &str, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Error> {
    let named = match kind {
        "account" => sql!(
            "select a.id, a.name from accounts a join memberships m on m.account_id = a.id
             where m.workspace_id = $1 and a.id in ("
        ),
        "api_key" => sql!("select id, name from api_keys where workspace_id = $1 and id in ("),
        "business" => sql!("select id, name from businesses where workspace_id = $1 and id in ("),
        "invitation" => sql!("select id, email from invitations where workspace_id = $1 and id in ("),
        // Operators are no members; what they decided about the workspace names them.
        "operator" => sql!(
            "select a.id, a.name from workspaces w cross join accounts a
             where w.workspace_id = $1 and a.id in ("
        ),
        "member" => sql!(
            "select m.id, coalesce(m.display_name, a.name) from memberships m join accounts a on a.id = m.account_id
             where m.workspace_id = $1 and m.id in ("
        ),
        "ownership_transfer" => sql!(
            "select t.id, coalesce(m.display_name, a.name) from ownership_transfers t
             join memberships m on m.workspace_id = t.workspace_id and m.id = t.to_member
             join accounts a on a.id = m.account_id
             where t.workspace_id = $1 and t.id in ("
        ),
        "permission_set" => sql!("select id, label from permission_sets where workspace_id = $1 and id in ("),
        "preview" => sql!("select id, label from previews where workspace_id = $1 and id in ("),
        "shift" => sql!(
            "select s.id, coalesce(m.display_name, a.name) from shifts s
             join memberships m on m.workspace_id = s.workspace_id and m.id = s.member_id
             join accounts a on a.id = m.account_id
             where s.workspace_id = $1 and s.id in ("
        ),
        "team" => sql!("select id, name from teams where workspace_id = $1 and id in ("),
        "workspace" => sql!("select workspace_id, name from workspaces where workspace_id = $1 and workspace_id in ("),
        _ => return Ok(HashMap::new()),
    };
    session.texts(named, ids).await
}

/// Those of these members who no longer belong to the workspace, with how they ended.
///
/// # Errors
/// The database cannot answer.
pub async fn former_members(session: &mut Session, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Error> {
    let ended = sql!(
        "select id, status from memberships
         where workspace_id = $1 and status not in ('active', 'deactivated', 'suspended_over_limit') and id in ("
    );
    session.texts(ended, ids).await
}
