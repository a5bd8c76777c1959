//! The first mail to somebody whose account a colleague made.

use kernel::{MemberId, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{Error, Housekeeping, OnDuty};

use crate::{
    FirstPassword, MailDesk, MailFailure, Refusal, account,
    account_token::Purpose,
    letter::Letter,
    mail_job::issue_to,
    member::{living, member_name},
    workspace::workspace,
};

/// What the job says.
#[derive(Serialize, Deserialize)]
pub(crate) struct ToNewMember {
    pub(crate) member_id: MemberId,
    pub(crate) created_by: MemberId,
    pub(crate) first_password: FirstPassword,
}

/// Welcomes a new member, with the link by which they choose a password where that is how they begin. Who is gone
/// already is not written to.
pub(crate) async fn write_welcome(
    desk: &MailDesk,
    duty: &OnDuty,
    place: WorkspaceId,
    to: &ToNewMember,
) -> Result<(), MailFailure> {
    let mut session = duty.enter(place).grant::<Housekeeping>()?.read().await?;
    let member = match living(&mut session, to.member_id).await {
        Err(Refusal::Vault(Error::NotFound)) => return Ok(()),
        member => member?,
    };
    let creator = member_name(&mut session, to.created_by).await?.unwrap_or_default();
    let workspace_name = workspace(&mut session).await?.name;
    // Readers are few: nobody holds two.
    drop(session);
    let account = account::by_id(&mut desk.instance.read().await?, member.account).await?;
    let (workspace, creator, role) = (workspace_name.as_str(), creator.as_str(), member.role.label.as_str());
    let letter = match to.first_password {
        FirstPassword::Link => {
            let token = issue_to(desk, Purpose::FirstPassword, &account).await?;
            Letter::FirstPassword { workspace, creator, role, link: desk.link("reset", token.as_str()) }
        }
        FirstPassword::Generated => Letter::Welcome { workspace, creator, role, sign_in: desk.page("login") },
    };
    desk.write_to(&account, &letter).await
}
