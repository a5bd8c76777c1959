//! The team's channel in Slack: an incoming webhook takes posts that name whom they are for (RES-009, NOT-001).
//!
//! Who reads along there is not known here, so a post says who is asked for and links to the rest: no customer's name,
//! no word of what was written.

use async_trait::async_trait;
use directory::{Locale, MailDesk};
use kernel::{MemberId, Timestamp};
use serde::Deserialize;
use serde_json::json;
use tenancy::{
    Error, Event, IntegrationDelete, IntegrationEdit, OnDuty, Reach, Right, RightId, RunningJob, Session, Subject, Tx,
    args, sql,
};
use url::Url;
use uuid::Uuid;

use crate::{
    Refusal,
    delivery::{SlackPost, as_member},
    from_directory,
    kind::Kind,
    path_of, shown,
};

/// Carries posts to Slack.
#[async_trait]
pub trait Slack: Send + Sync {
    /// # Errors
    /// It was not taken, and why.
    async fn post(&self, webhook: &Url, text: &str) -> Result<(), String>;

    /// Whether an address may be posted to: Slack's own, and what the operator trusts for trying things out.
    fn admits(&self, webhook: &Url) -> bool;
}

/// The webhook as members see it: who knows its address can post, so only its host is told.
#[derive(Debug, Clone)]
pub struct SlackWebhook {
    pub host: String,
    pub created_by: Option<(MemberId, String)>,
    pub created_at: Timestamp,
}

/// The workspace's webhook, when there is one.
///
/// # Errors
/// The database cannot answer.
pub async fn slack_webhook(session: &mut Session) -> Result<Option<SlackWebhook>, Refusal> {
    let text = sql!("select url, created_by, created_at from slack_webhooks where workspace_id = $1");
    let Some(mut row) = session.first(text, &[]).await? else { return Ok(None) };
    let (url, created_by): (String, MemberId) = (row.take(0)?, row.take(1)?);
    let name = directory::member_name(session, created_by).await?;
    let host = Url::parse(&url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    Ok(Some(SlackWebhook { host, created_by: name.map(|name| (created_by, name)), created_at: row.take(2)? }))
}

pub(crate) async fn webhook_url(session: &mut Session) -> Result<Option<Url>, Error> {
    let text = sql!("select url from slack_webhooks where workspace_id = $1");
    let Some(mut row) = session.first(text, &[]).await? else { return Ok(None) };
    Url::parse(&row.take::<String>(0)?).map(Some).map_err(|error| Error::Corrupt(error.to_string()))
}

/// Connects the team's channel, or another one in its place.
///
/// # Errors
/// It is no address of Slack's, or somebody else's to change.
pub async fn connect_slack(
    tx: &mut Tx<IntegrationEdit>,
    slack: &dyn Slack,
    webhook: &str,
) -> Result<SlackWebhook, Refusal> {
    let webhook = Url::parse(webhook).ok().filter(|url| slack.admits(url)).ok_or(Refusal::SlackUrl)?;
    let (me, now, id) = (tx.viewer().member.ok_or(Error::NotFound)?, tx.now(), tx.ids().next::<Uuid>());
    must_be_own(tx).await?;
    let text = sql!(
        "insert into slack_webhooks (workspace_id, id, url, created_by, created_at) values ($1, $2, $3, $4, $5)
         on conflict (workspace_id) do update set url = excluded.url, created_by = excluded.created_by,
            created_at = excluded.created_at"
    );
    tx.run(text, args![id, webhook.as_str(), me, now]).await?;
    let event = Event::new("integration.connected", Subject::new("workspace", tx.workspace()));
    tx.record(event.payload(json!({ "integration": "slack" })));
    slack_webhook(tx).await?.ok_or_else(|| Error::NotFound.into())
}

/// Disconnects Slack.
///
/// # Errors
/// It is not connected, or somebody else's to end.
pub async fn disconnect_slack(tx: &mut Tx<IntegrationDelete>) -> Result<(), Refusal> {
    must_be_own(tx).await?;
    if tx.run(sql!("delete from slack_webhooks where workspace_id = $1"), &[]).await? == 0 {
        return Err(Error::NotFound.into());
    }
    let event = Event::new("integration.disconnected", Subject::new("workspace", tx.workspace()));
    tx.record(event.payload(json!({ "integration": "slack" })));
    Ok(())
}

/// Where the permission reaches one's own only, the webhook that somebody else connected is not.
async fn must_be_own<P: Right>(tx: &mut Tx<P>) -> Result<(), Refusal> {
    let RightId::Catalogue(permission) = P::RIGHT else { return Ok(()) };
    let viewer = tx.viewer();
    let text = sql!("select created_by from slack_webhooks where workspace_id = $1");
    let creator: Option<MemberId> = tx.first(text, &[]).await?.map(|mut row| row.take(0)).transpose()?;
    let foreign = creator.is_some() && creator != viewer.member;
    if viewer.reach(permission) == Reach::Own && foreign {
        return Err(Error::NotOwn { right: P::RIGHT }.into());
    }
    Ok(())
}

/// Where to post a greeting that shows whether the webhook works.
///
/// # Errors
/// Slack is not connected.
pub async fn slack_target(session: &mut Session) -> Result<Url, Refusal> {
    webhook_url(session).await?.ok_or(Refusal::SlackNotConnected)
}

/// Posts a greeting.
///
/// # Errors
/// Slack did not take it.
pub async fn greet_slack(slack: &dyn Slack, webhook: &Url) -> Result<(), Refusal> {
    let text = "Guildhall is connected. Hand-overs and calls for a human will be announced here.";
    slack.post(webhook, text).await.map_err(Refusal::SlackFailed)
}

/// Posts what a job asks for, to those who can still open it.
///
/// # Errors
/// Slack did not take it or the database cannot answer: the job is tried again.
pub async fn send_slack(slack: &dyn Slack, desk: &MailDesk, duty: &OnDuty, job: &RunningJob) -> Result<(), Refusal> {
    let SlackPost { told, members } =
        SlackPost::deserialize(&job.payload).map_err(|error| Error::Corrupt(error.to_string()))?;
    let workspace = job.workspace.ok_or(Error::NotFound)?;
    let (mut names, mut path, mut webhook, mut actor, mut first) = (Vec::new(), String::new(), None, None, None);
    for member in members {
        let Some((scope, mut session)) = as_member(duty, workspace, member).await? else { continue };
        let Some(shown) = shown::shown(&mut session, &told).await? else { continue };
        let Some(member) = scope.member() else { continue };
        names.push(plain(&member.name));
        first.get_or_insert(member.account);
        path = path_of(workspace, &shown.subject);
        actor = shown.actor.map(|(_, name)| plain(&name));
        webhook = webhook_url(&mut session).await?;
    }
    let (Some(webhook), Some(first)) = (webhook, first) else { return Ok(()) };
    // Of several languages, that of who is named first.
    let locale = directory::locale_of(&desk.instance, first).await.map_err(from_directory)?;
    let text = post(told.kind, &names, actor.as_deref(), locale, &desk.page(&path));
    slack.post(&webhook, &text).await.map_err(Refusal::SlackFailed)
}

/// A name that Slack reads as a name: its own signs for mentions and links are taken out.
fn plain(name: &str) -> String {
    let signs = directory::plain_name(name).replace(['&', '*', '_', '~', '`', '!', '|', '#'], " ");
    signs.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn post(kind: Kind, names: &[String], actor: Option<&str>, locale: Locale, link: &str) -> String {
    let (what, open) = match locale {
        Locale::En => (english(kind, actor), "Open"),
        Locale::Es => (spanish(kind, actor), "Abrir"),
    };
    format!("{}: {what}. <{link}|{open}>", names.join(", "))
}

fn english(kind: Kind, actor: Option<&str>) -> String {
    let by = actor.map(|actor| format!(" by {actor}")).unwrap_or_default();
    match kind {
        Kind::ConversationAssigned => format!("you were given a conversation{by}"),
        Kind::NoteMentioned => format!("you were mentioned in a note{by}"),
        Kind::HandOver => format!("there is news of a hand-over{by}"),
        Kind::HandoffRequested => "a customer waits for a human".to_owned(),
        Kind::TaskAssigned => format!("you were given a task{by}"),
        Kind::TaskReminded => "a task is due".to_owned(),
        Kind::MessageReceived => "a customer wrote".to_owned(),
        Kind::MemberJoined => "somebody joined".to_owned(),
        Kind::OwnershipTransferred => "the workspace has another owner".to_owned(),
        Kind::Digest => "customers wait for an answer".to_owned(),
        _ => "there is news of what the workspace pays".to_owned(),
    }
}

fn spanish(kind: Kind, actor: Option<&str>) -> String {
    let by = actor.map(|actor| format!(" de {actor}")).unwrap_or_default();
    match kind {
        Kind::ConversationAssigned => format!("tienes una conversación nueva{by}"),
        Kind::NoteMentioned => format!("te menciona una nota{by}"),
        Kind::HandOver => format!("hay novedades de un traspaso{by}"),
        Kind::HandoffRequested => "un cliente espera a una persona".to_owned(),
        Kind::TaskAssigned => format!("tienes una tarea nueva{by}"),
        Kind::TaskReminded => "toca una tarea".to_owned(),
        Kind::MessageReceived => "escribió un cliente".to_owned(),
        Kind::MemberJoined => "se incorporó alguien".to_owned(),
        Kind::OwnershipTransferred => "el espacio cambió de propietario".to_owned(),
        Kind::Digest => "hay clientes que esperan respuesta".to_owned(),
        _ => "hay novedades de lo que paga el espacio".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_names_people_and_nothing_of_the_customer() {
        let text = post(
            Kind::ConversationAssigned,
            &[plain("Bo <!channel>")],
            Some("Ann"),
            Locale::En,
            "https://desk.example/w/1/inbox/all/2",
        );
        assert_eq!(
            text,
            "Bo channel: you were given a conversation by Ann. <https://desk.example/w/1/inbox/all/2|Open>"
        );
    }
}
