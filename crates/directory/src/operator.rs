//! What the instance's operator does for people: an account where nobody may sign up.

use kernel::{AccountId, EmailAddress, Line};
use tenancy::{Actor, Duty, InstanceTx, Token};

use crate::{
    Directory, Locale, Refusal,
    account::{self, NewRow},
    account_token::{Holder, Purpose, issue},
    workspace::{chosen_pack, found},
};

/// Makes an account, and a workspace that it owns if one is named. Its holder chooses the password by a one-time link,
/// whose token is handed out here and nowhere else.
///
/// # Errors
/// The address has an account.
pub async fn create_account(
    directory: &Directory,
    name: &Line,
    email: &EmailAddress,
    workspace: Option<&Line>,
) -> Result<Token, Refusal> {
    let vault = directory.instance.vault();
    let pack = chosen_pack(vault, None).await?;
    let id: AccountId = vault.ids().next();
    let mut tx = directory.instance.begin().await?;
    let made = make(&mut tx, id, name, email).await;
    match (made, workspace) {
        (Ok(token), Some(workspace)) => {
            let mut tx = tx.founding(vault.ids().next(), id);
            let outcome = found(&mut tx, directory, id, workspace, &pack).await;
            tx.settle(outcome).await.map(|()| token)
        }
        (outcome, _) => tx.settle(outcome).await,
    }
}

async fn make(tx: &mut InstanceTx, id: AccountId, name: &Line, email: &EmailAddress) -> Result<Token, Refusal> {
    let row = NewRow {
        id,
        email,
        name,
        locale: Locale::default(),
        password_hash: None,
        password_must_change: false,
        verified: false,
        pending: false,
        by: Actor::Duty(Duty::Operation),
    };
    if !account::insert(tx, row).await? {
        return Err(Refusal::AccountExists);
    }
    issue(tx, Purpose::FirstPassword, Holder { account: Some(id), email: email.as_str() }).await
}
