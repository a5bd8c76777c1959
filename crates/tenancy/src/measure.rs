//! For the benchmark of permission checks alone: an entry taken apart where its row was read.

use kernel::{AccountId, MemberId, WorkspaceId};

use crate::{
    Ability, Error, Permission, Row, Vault,
    actor::{Credentials, SignedIn},
    args, raw,
    scope::Entered,
    standing,
};

/// A warm entry into a workspace of one member.
pub struct WarmEntry {
    vault: Vault,
    workspace: WorkspaceId,
    person: SignedIn,
    row: Row,
}

impl WarmEntry {
    /// Makes an account with a workspace, bare, in an empty database.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn new(vault: &Vault) -> Result<Self, Error> {
        let (account, workspace, member): (AccountId, WorkspaceId, MemberId) =
            (vault.ids().next(), vault.ids().next(), vault.ids().next());
        let now = vault.clock().now();
        let mut write = vault.database().begin().await?;
        let account_row = raw!(
            "insert into accounts (id, email, name, locale, pending, created_at)
             values ($1, 'somebody@example.com', 'Somebody Measured', 'en', 0, $2)"
        );
        write.execute(account_row, args![account, now]).await?;
        let workspace_row = raw!(
            "insert into workspaces (workspace_id, name, pack, state, entitlements, rights_version, version, created_at)
             values ($1, 'A workspace', 'default', 'active', '{}', 1, 1, $2)"
        );
        write.execute(workspace_row, args![workspace, now]).await?;
        let membership = raw!(
            "insert into memberships (workspace_id, id, account_id, role_key, seat_type, status, joined_at,
                last_active_at)
             values ($1, $2, $3, 'agent', 'full', 'active', $4, $4)"
        );
        write.execute(membership, args![workspace, member, account, now]).await?;
        write.end(true).await?;
        let rows = vault.database().read().await?.query(standing::OF_ACCOUNT, args![workspace, account]).await?;
        let row = rows.into_iter().next().ok_or(Error::NotFound)?;
        let session = vault.ids().next();
        let person = SignedIn { account, session, proven_at: now, rotation_due: false, preview: None };
        Ok(Self { vault: vault.clone(), workspace, person, row })
    }

    /// So many rows as the database hands them out.
    pub fn rows(&self, count: usize) -> Vec<Row> {
        vec![self.row.clone(); count]
    }

    /// From the row to the verdict on one object.
    ///
    /// # Errors
    /// The row cannot be read.
    pub async fn enter(&self, row: Row, permission: Permission, own: bool) -> Result<Ability, Error> {
        let standing = self.vault.standings(vec![row]).await?.pop().ok_or(Error::NotFound)?;
        let entered = Entered::With(Credentials::Account(self.person.clone()));
        let scope = self.vault.scope_of(self.workspace, &standing, entered);
        Ok(scope.viewer().ability(permission, own))
    }
}
