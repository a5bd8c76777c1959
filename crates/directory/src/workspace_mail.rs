//! Mails to members about their workspace as a whole: that it is handed over, that it goes.

use kernel::{MemberId, OwnershipTransferId, Timestamp, WorkspaceId};
use serde::Deserialize;
use tenancy::{Error, Grant, Housekeeping, OnDuty, Session, args, sql};

use crate::{
    Locale, MailDesk, MailFailure, Refusal,
    letter::Letter,
    member::member_name,
    ownership_transfer::{TransferState, transfer},
    workspace::workspace,
};

#[derive(Deserialize)]
pub(crate) struct AboutTransfer {
    transfer_id: OwnershipTransferId,
}

#[derive(Deserialize)]
pub(crate) struct AboutOwner {
    member_id: MemberId,
    from: MemberId,
    to: MemberId,
}

#[derive(Deserialize)]
pub(crate) struct AboutDeletion {
    member_id: MemberId,
    deletion_at: Timestamp,
}

/// A workspace as its mails speak of it.
pub(crate) struct MailOf<'a> {
    desk: &'a MailDesk,
    workspace: WorkspaceId,
    grant: Grant<Housekeeping>,
}

/// Who is written to.
struct Recipient {
    name: String,
    email: String,
    locale: Locale,
}

impl<'a> MailOf<'a> {
    pub(crate) fn workspace(desk: &'a MailDesk, duty: &OnDuty, workspace: WorkspaceId) -> Result<Self, Error> {
        Ok(Self { desk, workspace, grant: duty.enter(workspace).grant()? })
    }

    /// Asks the receiver; nobody is asked what was settled meanwhile.
    pub(crate) async fn ownership_offered(&self, about: &AboutTransfer) -> Result<(), MailFailure> {
        let mut session = self.grant.read().await?;
        let offered = transfer(&mut session, about.transfer_id).await?;
        if offered.state != TransferState::AwaitingAcceptance {
            return Ok(());
        }
        let (to, name) = (recipient(&mut session, offered.to.id).await?, workspace(&mut session).await?.name);
        drop(session);
        let letter = Letter::OwnershipOffered {
            workspace: &name,
            owner: &offered.from.name,
            until: offered.expires_at,
            link: self.page("ownership"),
        };
        self.write(&to, &letter).await
    }

    /// Tells one of the two that the workspace has another owner.
    pub(crate) async fn ownership_transferred(&self, about: &AboutOwner) -> Result<(), MailFailure> {
        let mut session = self.grant.read().await?;
        let to = recipient(&mut session, about.member_id).await?;
        let other = if about.member_id == about.to { about.from } else { about.to };
        let other = member_name(&mut session, other).await?.unwrap_or_default();
        let name = workspace(&mut session).await?.name;
        drop(session);
        let link = self.page("settings/members");
        let letter = match about.member_id == about.to {
            true => Letter::OwnershipReceived { workspace: &name, former_owner: &other, link },
            false => Letter::OwnershipGiven { workspace: &name, owner: &other, link },
        };
        self.write(&to, &letter).await
    }

    /// Tells when the workspace will be deleted, if that still stands.
    pub(crate) async fn deletion_scheduled(&self, about: &AboutDeletion) -> Result<(), MailFailure> {
        let mut session = self.grant.read().await?;
        let place = workspace(&mut session).await?;
        if place.deletion_at != Some(about.deletion_at) {
            return Ok(());
        }
        let to = recipient(&mut session, about.member_id).await?;
        drop(session);
        let link = self.page("settings/general");
        self.write(&to, &Letter::DeletionScheduled { workspace: &place.name, on: about.deletion_at, link }).await
    }

    /// Tells that the workspace stays.
    pub(crate) async fn deletion_cancelled(&self, about: &AboutDeletion) -> Result<(), MailFailure> {
        let mut session = self.grant.read().await?;
        let place = workspace(&mut session).await?;
        if place.deletion_at.is_some() {
            return Ok(());
        }
        let to = recipient(&mut session, about.member_id).await?;
        drop(session);
        let link = self.page("settings/general");
        self.write(&to, &Letter::DeletionCancelled { workspace: &place.name, link }).await
    }

    fn page(&self, page: &str) -> String {
        self.desk.page(&format!("w/{}/{page}", self.workspace))
    }

    async fn write(&self, to: &Recipient, letter: &Letter<'_>) -> Result<(), MailFailure> {
        self.desk.write(&to.email, to.locale, Some(&to.name), letter).await
    }
}

async fn recipient(session: &mut Session, member: MemberId) -> Result<Recipient, Refusal> {
    let sql = sql!(
        "select a.name, a.email, a.locale from memberships m join accounts a on a.id = m.account_id
         where m.workspace_id = $1 and m.id = $2"
    );
    let mut row = session.first(sql, args![member]).await?.ok_or(Error::NotFound)?;
    Ok(Recipient { name: row.take(0)?, email: row.take(1)?, locale: Locale::read(&row.take::<String>(2)?) })
}
