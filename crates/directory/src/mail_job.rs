//! Writing and sending mails when their job runs. A token exists from here to the mail and nowhere else; a job that
//! is tried again makes a new one.

use std::sync::Arc;

use kernel::{AccountId, EmailAddress, InvitationId, WorkspaceId};
use serde::{Deserialize, de::DeserializeOwned};
use tenancy::{Error, Housekeeping, Instance, OnDuty, RunningJob, Token, Tx, args, sql};

use crate::{
    Account, Locale, PostError, Postman, Refusal, account,
    account_token::{Holder, Purpose, issue},
    invitation::{Invitation, waiting_invitation},
    letter::{self, Letter, Notice},
    mail::Mail,
    member::write_welcome,
    workspace::workspace,
    workspace_mail::MailOf,
};

pub(crate) const PASSWORD_RESET: &str = "mail.password_reset";
pub(crate) const PASSWORD_CHANGED: &str = "mail.password_changed";
pub(crate) const EMAIL_VERIFICATION: &str = "mail.email_verification";
pub(crate) const ACCOUNT_EXISTS: &str = "mail.account_exists";
pub(crate) const INVITATION: &str = "mail.invitation";
pub(crate) const MEMBER_CREATED: &str = "mail.member_created";
pub(crate) const OWNERSHIP_OFFERED: &str = "mail.ownership_offered";
pub(crate) const OWNERSHIP_TRANSFERRED: &str = "mail.ownership_transferred";
pub(crate) const DELETION_SCHEDULED: &str = "mail.deletion_scheduled";
pub(crate) const DELETION_CANCELLED: &str = "mail.deletion_cancelled";

/// What writing and sending takes.
#[derive(Clone)]
pub struct MailDesk {
    pub instance: Instance,
    pub postman: Arc<dyn Postman>,
    /// Where browsers reach this server; links start with it.
    pub public_url: String,
}

/// Why a mail was not sent; it is tried again.
#[derive(Debug, thiserror::Error)]
pub enum MailFailure {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Post(#[from] PostError),
    #[error("the job's payload: {0}")]
    Payload(#[from] serde_json::Error),
    #[error("the job {0:?} is no mail")]
    NoMail(String),
    #[error("the job names no workspace")]
    NoWorkspace,
}

impl From<Error> for MailFailure {
    fn from(error: Error) -> Self {
        Self::Refused(error.into())
    }
}

#[derive(Deserialize)]
struct ToAddress {
    email: String,
}

#[derive(Deserialize)]
struct ToAccount {
    account_id: AccountId,
}

#[derive(Deserialize)]
struct ToInvitee {
    invitation_id: InvitationId,
}

/// Whether [`run_mail_job`] serves this kind of job.
pub fn is_mail_job(kind: &str) -> bool {
    kind.starts_with("mail.")
}

/// Writes the mail a job asks for and hands it to the postman. What has become pointless meanwhile (no such account,
/// a withdrawn invitation, a verified address) sends nothing and is done.
///
/// # Errors
/// The mail was not taken or the database cannot answer: the job is tried again.
pub async fn run_mail_job(desk: &MailDesk, duty: &OnDuty, job: &RunningJob) -> Result<(), MailFailure> {
    match job.kind.as_str() {
        PASSWORD_RESET => password_reset(desk, &payload::<ToAddress>(job)?.email).await,
        ACCOUNT_EXISTS => account_exists(desk, &payload::<ToAddress>(job)?.email).await,
        PASSWORD_CHANGED => password_changed(desk, payload::<ToAccount>(job)?.account_id).await,
        EMAIL_VERIFICATION => email_verification(desk, payload::<ToAccount>(job)?.account_id).await,
        kind => {
            let workspace = job.workspace.ok_or(MailFailure::NoWorkspace)?;
            let mails = MailOf::workspace(desk, duty, workspace)?;
            match kind {
                INVITATION => invitation(desk, duty, workspace, payload::<ToInvitee>(job)?.invitation_id).await,
                MEMBER_CREATED => write_welcome(desk, duty, workspace, &payload(job)?).await,
                OWNERSHIP_OFFERED => mails.ownership_offered(&payload(job)?).await,
                OWNERSHIP_TRANSFERRED => mails.ownership_transferred(&payload(job)?).await,
                DELETION_SCHEDULED => mails.deletion_scheduled(&payload(job)?).await,
                DELETION_CANCELLED => mails.deletion_cancelled(&payload(job)?).await,
                other => Err(MailFailure::NoMail(other.to_owned())),
            }
        }
    }
}

fn payload<T: DeserializeOwned>(job: &RunningJob) -> Result<T, serde_json::Error> {
    T::deserialize(&job.payload)
}

async fn password_reset(desk: &MailDesk, email: &str) -> Result<(), MailFailure> {
    let Some(account) = account::by_email(&mut desk.instance.read().await?, email).await? else { return Ok(()) };
    let token = issue_to(desk, Purpose::PasswordReset, &account).await?;
    let letter = Letter::PasswordReset { link: desk.link("reset", token.as_str()) };
    desk.write_to(&account, &letter).await
}

async fn account_exists(desk: &MailDesk, email: &str) -> Result<(), MailFailure> {
    let Some(account) = account::by_email(&mut desk.instance.read().await?, email).await? else { return Ok(()) };
    let letter = Letter::AccountExists { sign_in: desk.page("login"), forgot: desk.page("forgot") };
    desk.write_to(&account, &letter).await
}

async fn password_changed(desk: &MailDesk, account: AccountId) -> Result<(), MailFailure> {
    let account = account::by_id(&mut desk.instance.read().await?, account).await?;
    desk.write_to(&account, &Letter::PasswordChanged { forgot: desk.page("forgot") }).await
}

async fn email_verification(desk: &MailDesk, account: AccountId) -> Result<(), MailFailure> {
    let account = account::by_id(&mut desk.instance.read().await?, account).await?;
    if account.email_verified_at.is_some() {
        return Ok(());
    }
    let token = issue_to(desk, Purpose::EmailVerification, &account).await?;
    let letter = Letter::EmailVerification { link: desk.link("verify", token.as_str()) };
    desk.write_to(&account, &letter).await
}

pub(crate) async fn issue_to(desk: &MailDesk, purpose: Purpose, account: &Account) -> Result<Token, Refusal> {
    let mut tx = desk.instance.begin().await?;
    let outcome = issue(&mut tx, purpose, Holder { account: Some(account.id), email: &account.email }).await;
    tx.settle(outcome).await
}

async fn invitation(
    desk: &MailDesk,
    duty: &OnDuty,
    workspace: WorkspaceId,
    id: InvitationId,
) -> Result<(), MailFailure> {
    let mut tx = duty.enter(workspace).grant::<Housekeeping>()?.begin().await?;
    let mut addressed = None;
    let outcome = address_invitation(&mut tx, id).await.map(|ready| addressed = Some(ready));
    match tx.settle(outcome).await {
        Ok(()) | Err(Refusal::Vault(Error::NotFound)) => {}
        Err(refusal) => return Err(refusal.into()),
    }
    let Some(Addressed { invitation, workspace_name, locale, token }) = addressed else { return Ok(()) };
    let letter = Letter::Invitation {
        workspace: &workspace_name,
        inviter: &invitation.inviter_name,
        role: &invitation.role.label,
        as_owner: invitation.as_owner,
        until: invitation.expires_at,
        link: desk.link("invite", token.as_str()),
    };
    desk.write(&invitation.email, locale, None, &letter).await
}

/// An invitation with a link of its own, ready to be written.
struct Addressed {
    invitation: Invitation,
    workspace_name: String,
    /// The inviter's language: nothing is known of the invited person.
    locale: Locale,
    token: Token,
}

async fn address_invitation(tx: &mut Tx<Housekeeping>, id: InvitationId) -> Result<Addressed, Refusal> {
    let invitation = waiting_invitation(tx, id).await?;
    let workspace_name = workspace(tx).await?.name;
    let inviter = sql!(
        "select a.locale from memberships m join accounts a on a.id = m.account_id
         where m.workspace_id = $1 and m.id = $2"
    );
    let row = tx.first(inviter, args![invitation.invited_by]).await?;
    let locale = Locale::read(&row.ok_or(Error::NotFound)?.take::<String>(0)?);
    let token = Token::random("gi");
    // Writing the link is no news of its own: inviting and sending again were recorded.
    let link =
        sql!("update invitations set token_hash = $3 where workspace_id = $1 and id = $2 and status = 'pending'");
    tx.mark(link, args![id, token.hash()]).await?;
    Ok(Addressed { invitation, workspace_name, locale, token })
}

impl MailDesk {
    /// Writes to the holder of an account what `compose` says in their language.
    ///
    /// # Errors
    /// The mail was not taken, or there is no such account.
    pub async fn notify(&self, account: AccountId, compose: impl FnOnce(Locale) -> Notice) -> Result<(), MailFailure> {
        let account = account::by_id(&mut self.instance.read().await?, account).await?;
        self.write_to(&account, &Letter::Notice(&compose(account.locale))).await
    }

    /// The address of a page of this installation.
    pub fn page(&self, page: &str) -> String {
        format!("{}/{page}", self.public_url.trim_end_matches('/'))
    }

    pub(crate) fn link(&self, page: &str, token: &str) -> String {
        format!("{}/{token}", self.page(page))
    }

    pub(crate) async fn write_to(&self, account: &Account, letter: &Letter<'_>) -> Result<(), MailFailure> {
        self.write(&account.email, account.locale, Some(&account.name), letter).await
    }

    pub(crate) async fn write(
        &self,
        to: &str,
        locale: Locale,
        greeted: Option<&str>,
        letter: &Letter<'_>,
    ) -> Result<(), MailFailure> {
        let to = EmailAddress::parse(to).map_err(|error| Error::Corrupt(error.to_string()))?;
        let letter::Written { subject, text, html } = letter::write(letter, locale, greeted);
        Ok(self.postman.deliver(&Mail { to, subject, text, html }).await?)
    }
}
