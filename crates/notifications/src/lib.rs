//! Notifications: who is told of what, where and when. Nobody is told of what they cannot open, and what is masked for
//! them stays masked.
//!
//! Invariants: an event is told once, whatever restarts or runs beside it; ids are stored, words are made when they are
//! shown or sent, through the eyes of whoever reads them then (INV-19); what was read in one place is read in all.

mod delivery;
mod digest;
mod kind;
mod mail;
mod money;
mod news;
mod notification;
mod preferences;
mod push;
mod reaction;
mod refusal;
mod shown;
mod slack;
mod text;

use kernel::WorkspaceId;
use tenancy::{Error, MemberSelf, Scope, args, sql};

pub use delivery::{MAIL_JOB, PUSH_JOB, SLACK_JOB};
pub use digest::tell_digests;
pub use kind::{Kind, Ways, When};
pub use mail::{MailTrouble, send_mail};
pub use money::{Money, Used};
pub use news::news_among;
pub use notification::{MOST_UNREAD, Notification, conversation_read, mark_all_read, mark_read, notifications, unread};
pub use preferences::{DigestTimes, Preferences, QuietHours, preferences, set_preferences};
pub use push::{
    NewPushSubscription, Push, PushFailure, PushKeys, PushMessage, PushSubscription, push_key, push_subscriptions,
    send_push, subscribe_push, unsubscribe_push,
};
pub use reaction::{REACTOR, react};
pub use refusal::Refusal;
pub use shown::{Shown, Subject};
pub use slack::{
    Slack, SlackWebhook, connect_slack, disconnect_slack, greet_slack, send_slack, slack_target, slack_webhook,
};

/// Where the subject opens in the application.
pub(crate) fn path_of(workspace: WorkspaceId, subject: &Subject) -> String {
    match subject {
        Subject::Conversation { id, .. } => format!("w/{workspace}/inbox/all/{id}"),
        Subject::Customer { id, .. } => format!("w/{workspace}/customers/{id}"),
        Subject::Task { id, .. } => format!("w/{workspace}/tasks/{id}"),
        Subject::Member { id, .. } => format!("w/{workspace}/settings/members/{id}"),
        Subject::Workspace => format!("w/{workspace}/settings/members"),
        Subject::Money(Money { credits: Some(_), .. }) => format!("w/{workspace}/settings/credits"),
        Subject::Money(Money { to_pay: Some(_), .. }) => format!("w/{workspace}/settings/invoices"),
        Subject::Money(_) | Subject::Request { .. } => format!("w/{workspace}/settings/plan"),
        Subject::Digest(_) => format!("w/{workspace}/inbox/all"),
    }
}

/// The name of the workspace that a member has entered.
pub(crate) async fn workspace_name(scope: &Scope) -> Result<String, Error> {
    let mut session = scope.grant::<MemberSelf>()?.read().await?;
    let row = session.first(sql!("select name from workspaces where workspace_id = $1"), args![]).await?;
    row.ok_or(Error::NotFound)?.take(0)
}

/// What the floor below refuses here, it refuses because something is not as it should be.
pub(crate) fn from_directory(refusal: directory::Refusal) -> Refusal {
    match refusal {
        directory::Refusal::Vault(error) => error.into(),
        other => Error::Corrupt(other.to_string()).into(),
    }
}
