//! Notifications by mail (NOT-007).

use directory::{Locale, MailDesk, MailFailure, Notice};
use tenancy::{Error, OnDuty, RunningJob};

use crate::{
    delivery::{Due, due},
    kind::Kind,
    path_of,
    shown::Shown,
    text::{Headline, headline},
    workspace_name,
};

/// Why a mail was not sent; it is tried again.
#[derive(Debug, thiserror::Error)]
pub enum MailTrouble {
    #[error(transparent)]
    Refused(#[from] crate::Refusal),
    #[error(transparent)]
    Mail(#[from] MailFailure),
}

impl From<Error> for MailTrouble {
    fn from(error: Error) -> Self {
        Self::Refused(error.into())
    }
}

/// Sends the mail that a job asks for; what is pointless by now sends nothing and is done.
///
/// # Errors
/// The mail was not taken or the database cannot answer: the job is tried again.
pub async fn send_mail(desk: &MailDesk, duty: &OnDuty, job: &RunningJob) -> Result<(), MailTrouble> {
    let Some(Due { scope, told, shown, .. }) = due(duty, job).await? else { return Ok(()) };
    let Some(member) = scope.member() else { return Ok(()) };
    let (workspace, name) = (scope.workspace(), workspace_name(&scope).await?);
    let link = desk.page(&path_of(workspace, &shown.subject));
    let settings = desk.page("me/notifications");
    desk.notify(member.account, |locale| notice(told.kind, &shown, &name, locale, link, &settings)).await?;
    Ok(())
}

fn notice(kind: Kind, shown: &Shown, workspace: &str, locale: Locale, link: String, settings: &str) -> Notice {
    let Headline { title, excerpt } = headline(kind, shown, workspace, locale);
    let opening = if excerpt.is_empty() { format!("{title}.") } else { format!("{title}:\n\n“{excerpt}”") };
    let (label, closing) = match locale {
        Locale::En => ("Open", format!("What you are told of, and when, is yours to choose: {settings}")),
        Locale::Es => ("Abrir", format!("De qué te avisamos, y cuándo, lo eliges tú: {settings}")),
    };
    Notice { subject: title, opening, action: (label, link), closing }
}
