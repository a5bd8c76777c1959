//! A workspace: made whole in one transaction, shown, renamed.

use std::sync::Arc;

use async_trait::async_trait;
use kernel::{AccountId, BusinessId, Line, MemberId, Timestamp, WorkspaceId};
use serde_json::json;
use tenancy::{Error, Event, Founding, Pack, Session, Subject, Tx, Vault, Work, WorkspaceEditSettings, args, sql};

use crate::{Directory, Refusal};

/// The policy pack of a workspace for which nobody chose one.
const NEW_PACK: &str = "default";
/// How the workspace that comes with an account is named after its person (INV-05).
const OWN_SUFFIX: &str = "'s Workspace";

#[derive(Debug, Clone)]
pub struct Workspace {
    pub id: WorkspaceId,
    pub name: String,
    pub state: String,
    pub pack: String,
    pub pack_version: i64,
    pub default_business: BusinessId,
    pub created_at: Timestamp,
    /// When it will be deleted, while that is scheduled.
    pub deletion_at: Option<Timestamp>,
    pub version: i64,
}

/// A workspace that was just made, inside the transaction that makes it.
#[derive(Debug, Clone)]
pub struct Founded {
    pub workspace: WorkspaceId,
    pub name: String,
    pub business: BusinessId,
    pub owner: MemberId,
}

/// What higher floors owe a new workspace in the same transaction, such as its website chat (ruling 7).
#[async_trait]
pub trait WorkspaceFounded: Send + Sync {
    /// # Errors
    /// The database refuses; nothing of the workspace is then made.
    async fn founded(&self, work: &mut Work, founded: &Founded) -> Result<(), Error>;
}

/// The packs that a new workspace can stand on, each in its newest version.
///
/// # Errors
/// The database cannot answer.
pub async fn packs_to_choose(vault: &Vault) -> Result<Vec<Arc<Pack>>, Refusal> {
    let mut packs: Vec<Arc<Pack>> = Vec::new();
    // Of each the newest comes first.
    for known in vault.packs().await? {
        if packs.iter().all(|pack| pack.id != known.pack.id) {
            packs.push(known.pack);
        }
    }
    Ok(packs)
}

/// The pack of this id, or the one of workspaces for which nobody chose.
///
/// # Errors
/// [`Refusal::UnknownPack`].
pub async fn chosen_pack(vault: &Vault, id: Option<&str>) -> Result<Arc<Pack>, Refusal> {
    let id = id.unwrap_or(NEW_PACK);
    if let Some(shipped) = vault.pack(id) {
        return Ok(shipped.clone());
    }
    let loaded = packs_to_choose(vault).await?.into_iter().find(|pack| pack.id == id);
    loaded.ok_or_else(|| Refusal::UnknownPack(id.to_owned()))
}

/// Makes a further workspace, owned by the account that founds it.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn create_workspace(
    tx: &mut Tx<Founding>,
    directory: &Directory,
    owner: AccountId,
    name: &Line,
    pack: &Pack,
) -> Result<Workspace, Refusal> {
    found(tx, directory, owner, name, pack).await?;
    workspace(tx).await
}

/// The workspace with its owner, its default business and what the floors above add (INV-05).
pub(crate) async fn found(
    tx: &mut Tx<Founding>,
    directory: &Directory,
    account: AccountId,
    name: &str,
    pack: &Pack,
) -> Result<(), Refusal> {
    let seat = pack.role(&pack.owner_role).map_or(tenancy::SeatType::Full, |role| role.seat_type);
    let (workspace, owner, business): (_, MemberId, BusinessId) = (tx.workspace(), tx.ids().next(), tx.ids().next());
    let now = tx.now();
    tx.open_workspace(name, pack).await?;
    let member = sql!(
        "insert into memberships (workspace_id, id, account_id, role_key, seat_type, status, joined_at)
         values ($1, $2, $3, $4, $5, 'active', $6)"
    );
    tx.run(member, args![owner, account, &pack.owner_role, seat.name(), now]).await?;
    let owned = sql!("insert into workspace_owners (workspace_id, membership_id) values ($1, $2)");
    tx.run(owned, args![owner]).await?;
    let first = sql!(
        "insert into businesses (workspace_id, id, name, is_default, created_by, steward, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)"
    );
    tx.run(first, args![business, business_name(name), true, owner, owner, now]).await?;
    let subject = Subject::new("workspace", workspace);
    tx.record(Event::new("workspace.created", subject).payload(json!({ "owner": owner, "business": business })));
    let founded = Founded { workspace, name: name.to_owned(), business, owner };
    Ok(directory.on_founding.founded(tx, &founded).await?)
}

/// The name of the workspace that comes with an account, however long the person's name is.
pub(crate) fn own_name(person: &Line) -> String {
    const ROOM: usize = 200 - OWN_SUFFIX.len();
    let person: String = person.chars().take(ROOM).collect();
    format!("{}{OWN_SUFFIX}", person.trim_end())
}

fn business_name(workspace: &str) -> &str {
    workspace.strip_suffix(OWN_SUFFIX).unwrap_or(workspace)
}

/// The workspace one is in.
///
/// # Errors
/// The database cannot answer.
pub async fn workspace(session: &mut Session) -> Result<Workspace, Refusal> {
    let sql = sql!(
        "select w.name, w.state, w.pack, w.pack_version, b.id, w.created_at, w.deletion_at, w.version from workspaces w
         join businesses b on b.workspace_id = w.workspace_id and b.is_default = 1
         where w.workspace_id = $1"
    );
    let mut row = session.first(sql, &[]).await?.ok_or(Error::NotFound)?;
    Ok(Workspace {
        id: session.workspace(),
        name: row.take(0)?,
        state: row.take(1)?,
        pack: row.take(2)?,
        pack_version: row.take(3)?,
        default_business: row.take(4)?,
        created_at: row.take(5)?,
        deletion_at: row.take(6)?,
        version: row.take(7)?,
    })
}

/// Whom to write to about a workspace.
#[derive(Debug, Clone)]
pub struct Owner {
    pub name: String,
    pub email: String,
}

/// The workspace's owner.
///
/// # Errors
/// The database cannot answer.
pub async fn owner(session: &mut Session) -> Result<Owner, Refusal> {
    let text = sql!(
        "select coalesce(m.display_name, a.name), a.email from workspace_owners o
         join memberships m on m.workspace_id = o.workspace_id and m.id = o.membership_id
         join accounts a on a.id = m.account_id
         where o.workspace_id = $1"
    );
    let mut row = session.first(text, &[]).await?.ok_or(Error::NotFound)?;
    Ok(Owner { name: row.take(0)?, email: row.take(1)? })
}

/// Gives the workspace another name. The name it has already changes nothing.
///
/// # Errors
/// The database cannot answer.
pub async fn rename_workspace(tx: &mut Tx<WorkspaceEditSettings>, name: &Line) -> Result<Workspace, Refusal> {
    let before = workspace(tx).await?;
    if before.name == **name {
        return Ok(before);
    }
    let sql = sql!("update workspaces set name = $2, version = version + 1 where workspace_id = $1");
    tx.run(sql, args![&**name]).await?;
    let event = Event::new("workspace.updated", Subject::new("workspace", before.id))
        .payload(json!({ "fields": ["name"] }))
        .details(&json!({ "name": before.name }), &json!({ "name": name }));
    tx.record(event);
    workspace(tx).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_own_workspace_is_named_after_its_person() {
        let ann = own_name(&Line::try_from("Ann").expect("a name"));
        assert_eq!((ann.as_str(), business_name(&ann)), ("Ann's Workspace", "Ann"));
        assert_eq!(business_name("Harbour Books"), "Harbour Books");
    }

    #[test]
    fn the_longest_name_still_makes_a_valid_workspace() {
        let longest = Line::try_from("é".repeat(200)).expect("a name");
        assert!(Line::try_from(own_name(&longest)).is_ok());
    }
}
