//! Changing a password: by its holder who knows the old one, or by a link to the account's own address.

use kernel::{AccountId, EmailAddress, Password, SessionId};
use serde_json::json;
use tenancy::{Actor, Event, InstanceTx, Job, Subject, args, instance_sql};
use uuid::Uuid;

use crate::{
    Directory, Refusal, account,
    account_token::{Purpose, redeem, sent_to},
    mail_job::{PASSWORD_CHANGED, PASSWORD_RESET},
    password_rules::refuse_guessable,
    session,
};

/// Changes the password of a signed-in person and ends its other sessions.
///
/// # Errors
/// The current password is wrong, or the new one the same or easy to guess.
pub async fn change_password(
    directory: &Directory,
    account: AccountId,
    kept: SessionId,
    current: &str,
    new: &Password,
) -> Result<(), Refusal> {
    let sql = instance_sql!("select password_hash, name, email from accounts where id = $1");
    let row = directory.instance.read().await?.first(sql, args![account]).await?;
    let mut row = row.ok_or(tenancy::Error::NotFound)?;
    let (stored, name, email): (Option<String>, String, String) = (row.take(0)?, row.take(1)?, row.take(2)?);
    let (true, Some(verified)) = (directory.passwords.verify(current, stored.clone()).await?, stored) else {
        return Err(Refusal::WrongPassword);
    };
    // Whoever was told a first password would otherwise keep one that somebody else knows (ruling 15).
    if current == &**new {
        return Err(Refusal::SamePassword);
    }
    refuse_guessable("new_password", new, &[&name, &email])?;
    let hash = directory.passwords.hash(new).await?;
    let mut tx = directory.instance.begin().await?;
    let outcome = change(&mut tx, account, kept, &verified, &hash).await;
    tx.settle(outcome).await
}

async fn change(
    tx: &mut InstanceTx,
    account: AccountId,
    kept: SessionId,
    verified: &str,
    hash: &str,
) -> Result<(), Refusal> {
    if !account::hold_password(tx, account, verified).await? {
        return Err(Refusal::WrongPassword);
    }
    tx.record(Actor::Newcomer(account), Event::new("password.changed", Subject::new("account", account)));
    set(tx, account, hash, Some(kept)).await
}

/// Asks for a link by mail. Answers alike and in the same time whether or not the address has an account: who that
/// is, is looked up when the mail is written.
///
/// # Errors
/// The database cannot answer.
pub async fn request_password_reset(directory: &Directory, email: &EmailAddress) -> Result<(), Refusal> {
    let mut tx = directory.instance.begin().await?;
    let key = tx.vault().ids().next::<Uuid>().to_string();
    let outcome = tx.enqueue(&Job::new(PASSWORD_RESET, key, json!({ "email": email.as_str() }))).await;
    Ok(tx.settle(outcome).await?)
}

/// Sets a new or first password by the link's token and ends every session. Whoever could read the mail holds the address,
/// so it is verified with that.
///
/// # Errors
/// [`Refusal::LinkDead`], or the password is easy to guess; the link then stays good.
pub async fn complete_password_reset(directory: &Directory, token: &str, new: &Password) -> Result<(), Refusal> {
    let (instance, now) = (&directory.instance, directory.instance.vault().clock().now());
    let purpose = Purpose::of_password_link(token);
    let (name, email) = sent_to(&mut instance.read().await?, now, purpose, token).await?;
    refuse_guessable("password", new, &[&name, &email])?;
    let hash = directory.passwords.hash(new).await?;
    let mut tx = directory.instance.begin().await?;
    let outcome = reset(&mut tx, purpose, token, &hash).await;
    tx.settle(outcome).await
}

async fn reset(tx: &mut InstanceTx, purpose: Purpose, token: &str, hash: &str) -> Result<(), Refusal> {
    let account = redeem(tx, purpose, token).await?.ok_or(Refusal::LinkDead)?;
    tx.record(Actor::Newcomer(account), Event::new("password.reset", Subject::new("account", account)));
    account::mark_verified(tx, account).await?;
    set(tx, account, hash, None).await
}

/// Writes the new hash, ends the sessions and has the holder told.
async fn set(tx: &mut InstanceTx, account: AccountId, hash: &str, kept: Option<SessionId>) -> Result<(), Refusal> {
    tx.run(
        instance_sql!("update accounts set password_hash = $2, password_must_change = 0 where id = $1"),
        args![account, hash],
    )
    .await?;
    session::end_all(tx, account, kept).await?;
    let key = tx.vault().ids().next::<Uuid>().to_string();
    Ok(tx.enqueue(&Job::new(PASSWORD_CHANGED, key, json!({ "account_id": account }))).await?)
}
