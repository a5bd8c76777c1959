//! Proving that an address is read by its account's holder.

use kernel::{AccountId, Ids};
use serde_json::json;
use tenancy::{Actor, Event, InstanceTx, Job, Subject};
use uuid::Uuid;

use crate::{
    Directory, Refusal, account,
    account_token::{Purpose, redeem},
    mail_job::EMAIL_VERIFICATION,
};

/// The job that mails a fresh link. Its key is new each time: asking again mails again.
pub(crate) fn verification_job(ids: &Ids, account: AccountId) -> Job {
    Job::new(EMAIL_VERIFICATION, ids.next::<Uuid>().to_string(), json!({ "account_id": account }))
}

/// Mails a link to the account's own address, unless it is verified already.
///
/// # Errors
/// The database cannot answer.
pub async fn request_email_verification(tx: &mut InstanceTx, account: AccountId) -> Result<(), Refusal> {
    let job = verification_job(tx.vault().ids(), account);
    tx.enqueue(&job).await?;
    tx.record(Actor::Newcomer(account), Event::new("email_verification.requested", Subject::new("account", account)));
    Ok(())
}

/// Uses the link's token up: the address is verified, and an account that waited for that may sign in.
///
/// # Errors
/// [`Refusal::LinkDead`].
pub async fn verify_email(directory: &Directory, token: &str) -> Result<(), Refusal> {
    let mut tx = directory.instance.begin().await?;
    let outcome = async {
        let account = redeem(&mut tx, Purpose::EmailVerification, token).await?.ok_or(Refusal::LinkDead)?;
        account::mark_verified(&mut tx, account).await
    }
    .await;
    tx.settle(outcome).await
}

/// Whether the account's address is verified.
///
/// # Errors
/// The database cannot answer.
pub async fn has_verified_email(directory: &Directory, account: AccountId) -> Result<bool, Refusal> {
    let account = account::by_id(&mut directory.instance.read().await?, account).await?;
    Ok(account.email_verified_at.is_some())
}
