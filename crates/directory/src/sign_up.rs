//! Making an account, and with it either a workspace of its own or the membership it was invited to (INV-05).

use kernel::{AccountId, EmailAddress, Line, Password};
use serde_json::json;
use tenancy::{Actor, InstanceTx, Job};

use crate::{
    Browser, Directory, Locale, MailMode, Refusal, SignUp, account,
    account::NewRow,
    email_verification::verification_job,
    invitation_acceptance::{accept_invitation, invited_as},
    mail_job::ACCOUNT_EXISTS,
    operator,
    password_rules::refuse_guessable,
    setup,
    sign_in::{SignedIn, enter},
    workspace,
};

/// Who wants an account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub name: Line,
    pub email: EmailAddress,
    pub password: Password,
    pub locale: Locale,
}

/// What allows a sign-up.
#[derive(Debug, Clone)]
pub enum Way {
    /// The policy alone.
    Open,
    /// The operator's set-up link, which makes the first owner under any policy.
    Setup(String),
    /// An invitation's link: it reached this address, so the address is proven.
    Invitation(String),
}

/// How a sign-up was answered.
#[derive(Debug, Clone)]
pub enum SignedUp {
    Session(SignedIn),
    /// By mail alone, whether or not the address had an account (ruling 29).
    CheckMail,
}

/// Makes an account in one transaction with its workspace, or with the membership it was invited to.
///
/// # Errors
/// The policy or the link does not allow it, the address has an account, or the password is easy to guess.
pub async fn sign_up(
    directory: &Directory,
    new: &NewAccount,
    way: &Way,
    browser: &Browser,
) -> Result<SignedUp, Refusal> {
    admit(directory.sign_up, way)?;
    refuse_guessable("password", &new.password, &[&new.name, new.email.as_str()])?;
    let invitation = workspace_invited_to(directory, way, &new.email).await?;
    let password_hash = directory.passwords.hash(&new.password).await?;
    let by_mail = directory.mail == MailMode::Smtp && matches!(way, Way::Open);
    let account = directory.instance.vault().ids().next();
    let row = NewRow {
        id: account,
        email: &new.email,
        name: &new.name,
        locale: new.locale,
        password_hash: Some(password_hash),
        password_must_change: false,
        verified: matches!(way, Way::Invitation(_)),
        pending: by_mail,
        by: Actor::Newcomer(account),
    };
    if by_mail {
        return sign_up_by_mail(directory, row).await.map(|()| SignedUp::CheckMail);
    }
    let account = row.id;
    let mut tx = directory.instance.begin().await?;
    let signed_in = match begin_account(&mut tx, row, way, browser).await {
        Ok(signed_in) => signed_in,
        Err(refusal) => return tx.settle(Err(refusal)).await,
    };
    match invitation {
        Some((workspace, token)) => {
            let mut tx = tx.joining(workspace, account);
            let outcome = accept_invitation(&mut tx, directory, account, token).await;
            tx.settle(outcome).await?;
        }
        None => found_own(directory, tx, account, &new.name).await?,
    }
    Ok(SignedUp::Session(signed_in))
}

fn admit(policy: SignUp, way: &Way) -> Result<(), Refusal> {
    match (policy, way) {
        (_, Way::Setup(_)) | (SignUp::Open, _) | (SignUp::Invited, Way::Invitation(_)) => Ok(()),
        (SignUp::Off | SignUp::Invited, _) => Err(Refusal::SignUpClosed),
    }
}

async fn workspace_invited_to<'a>(
    directory: &Directory,
    way: &'a Way,
    email: &EmailAddress,
) -> Result<Option<(kernel::WorkspaceId, &'a str)>, Refusal> {
    let Way::Invitation(token) = way else { return Ok(None) };
    Ok(Some((invited_as(directory, token, email).await?, token)))
}

/// The account and its first session.
async fn begin_account(
    tx: &mut InstanceTx,
    row: NewRow<'_>,
    way: &Way,
    browser: &Browser,
) -> Result<SignedIn, Refusal> {
    if let Way::Setup(token) = way {
        setup::redeem(tx, token).await?;
    }
    let account = row.id;
    if !account::insert(tx, row).await? {
        return Err(Refusal::AccountExists);
    }
    if matches!(way, Way::Setup(_)) {
        // Whoever reads the console of the instance operates it.
        operator::appoint(tx, account, Actor::Newcomer(account)).await?;
    }
    enter(tx, account, browser).await
}

/// The same answer for every address: either its account is made and waits to be proven, or its holder is told that
/// there is one.
async fn sign_up_by_mail(directory: &Directory, row: NewRow<'_>) -> Result<(), Refusal> {
    let (account, name, email) = (row.id, row.name.clone(), row.email.clone());
    let mut tx = directory.instance.begin().await?;
    match account::insert(&mut tx, row).await {
        Ok(true) => found_own(directory, tx, account, &name).await,
        Ok(false) => {
            let key = tx.vault().ids().next::<uuid::Uuid>().to_string();
            let outcome = tx.enqueue(&Job::new(ACCOUNT_EXISTS, key, json!({ "email": email.as_str() }))).await;
            Ok(tx.settle(outcome).await?)
        }
        Err(refusal) => tx.settle(Err(refusal)).await,
    }
}

/// "Ann's Workspace", with the mail that proves Ann's address.
async fn found_own(directory: &Directory, tx: InstanceTx, account: AccountId, name: &Line) -> Result<(), Refusal> {
    let name = workspace::own_name(name);
    let vault = directory.instance.vault();
    let pack = workspace::chosen_pack(vault, None).await?;
    let mut tx = tx.founding(vault.ids().next(), account);
    let outcome = workspace::found(&mut tx, directory, account, &name, &pack).await;
    let verification = verification_job(tx.ids(), account);
    tx.enqueue(verification);
    tx.settle(outcome).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_decides_and_the_set_up_link_always_works() {
        let invitation = Way::Invitation(String::new());
        assert!(admit(SignUp::Open, &Way::Open).is_ok());
        assert!(admit(SignUp::Invited, &invitation).is_ok());
        assert!(admit(SignUp::Off, &Way::Setup(String::new())).is_ok());
        assert!(admit(SignUp::Invited, &Way::Open).is_err());
        assert!(admit(SignUp::Off, &invitation).is_err());
    }
}
