//! The demo's website: a shop on an address of its own, so that the chat on it really comes from elsewhere, as on any
//! customer's site. On one of its pages somebody is signed in, and the site vouches for them.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::{Query, State},
    http::{HeaderMap, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use channels::{Change, Channel};
use directory::{Browser, Directory, MemberStatus, end_session, members, sign_in_vouched};
use kernel::{ChannelId, Limit};
use serde::Deserialize;
use serde_json::json;
use tenancy::{ChannelManage, Duty, Error, Grant, Housekeeping, Vault};
use tokio::sync::OnceCell;
use url::Url;

use super::{Failure, patron, signing::sign};
use crate::Installation;

const PAGE: &str = include_str!("site/page.html");
const SHOP: &str = include_str!("site/shop.html");
const WHOLESALE: &str = include_str!("site/wholesale.html");
const BAG: &str = include_str!("site/bag.svg");
const STYLE: &str = include_str!("site/style.css");
const ENGLISH: &str = include_str!("site/en.toml");
const SPANISH: &str = include_str!("site/es.toml");

/// Clones share it.
#[derive(Clone)]
pub(crate) struct SampleSite(Arc<Site>);

struct Site {
    vault: Vault,
    directory: Directory,
    /// Where the chat is loaded from.
    server: Url,
    own_origin: String,
    chats: OnceCell<Chats>,
}

/// What the site knows of the workspace it belongs to: as much as any website does.
struct Chats {
    shop: Chat,
    wholesale: Chat,
}

#[derive(Clone)]
struct Chat {
    public_key: String,
    color: String,
    secret: String,
}

impl SampleSite {
    pub(crate) fn new(installation: &Installation, server: &Url, address: SocketAddr) -> Self {
        Self(Arc::new(Site {
            vault: installation.vault.clone(),
            directory: installation.directory.clone(),
            server: server.clone(),
            own_origin: format!("http://{address}"),
            chats: OnceCell::new(),
        }))
    }

    /// Puts the site on the allowed list of the oldest workspace's chats and takes a fresh secret for each, as its
    /// owner. Before there is a workspace nothing happens, and the next page that is asked for tries again.
    ///
    /// # Errors
    /// The database cannot answer.
    pub(crate) async fn attach(&self) -> Result<(), Failure> {
        match self.0.chats.get_or_try_init(|| self.0.attached()).await {
            Ok(_) | Err(Failure::Vault(Error::NotFound)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    pub(crate) fn router(&self) -> Router {
        Router::new()
            .route("/", get(shop))
            .route("/wholesale", get(wholesale))
            .route("/style.css", get(async || ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)))
            .with_state(self.clone())
    }
}

impl Site {
    #[expect(clippy::disallowed_methods, reason = "the command line looks across workspaces")]
    async fn attached(&self) -> Result<Chats, Failure> {
        let duty = self.vault.on_duty(Duty::Inspection);
        let workspace = *duty.workspaces().await?.first().ok_or(Error::NotFound)?;
        let mut session = duty.enter(workspace).grant::<Housekeeping>()?.read().await?;
        let people = members(&mut session, &[MemberStatus::Active], Limit::default(), None).await?.items;
        drop(session);
        let owner = people.into_iter().find(|member| member.is_owner).ok_or(Error::NotFound)?.account;
        let signed_in = sign_in_vouched(&self.directory, owner, &Browser::named("Sample site")).await?;
        let caller = self.vault.caller_of_session(signed_in.token.as_str()).await?.ok_or(Error::NotFound)?;
        let grant = self.vault.enter(&caller, workspace).await?.grant::<ChannelManage>()?;
        let open = channels::list(&mut grant.read().await?).await?;
        let first = open.first().ok_or(Error::NotFound)?;
        let second = open.get(1).unwrap_or(first);
        let shop = self.chat(&grant, first).await?;
        let wholesale = if second.id == first.id { shop.clone() } else { self.chat(&grant, second).await? };
        end_session(&self.directory, owner, signed_in.session).await?;
        Ok(Chats { shop, wholesale })
    }

    async fn chat(&self, grant: &Grant<ChannelManage>, channel: &Channel) -> Result<Chat, Failure> {
        if !channel.allowed_origins.admit(&self.own_origin) {
            let origins = channel.allowed_origins.as_slice().iter().cloned().chain([self.own_origin.clone()]);
            let change = Change { allowed_origins: Some(origins.collect()), ..Change::default() };
            let mut tx = grant.begin().await?;
            let outcome = channels::update(&mut tx, channel.id, change).await.map(drop);
            tx.settle(outcome).await?;
        }
        Ok(Chat {
            public_key: channel.public_key.clone(),
            color: channel.settings.color.clone(),
            secret: self.secret(grant, channel.id).await?,
        })
    }

    /// A secret is shown when it is made and never again, so the site takes a new one at every start.
    async fn secret(&self, grant: &Grant<ChannelManage>, channel: ChannelId) -> Result<String, Failure> {
        let mut tx = grant.begin().await?;
        tx.answer_is_secret();
        let outcome = channels::rotate_identity_secret(&mut tx, channel).await;
        Ok(tx.settle(outcome).await?)
    }
}

#[derive(Deserialize)]
struct Wishes {
    lang: Option<String>,
}

async fn shop(State(site): State<SampleSite>, Query(wishes): Query<Wishes>, headers: HeaderMap) -> Response {
    page(&site, Kind::Shop, language(&wishes, &headers)).await
}

async fn wholesale(State(site): State<SampleSite>, Query(wishes): Query<Wishes>, headers: HeaderMap) -> Response {
    page(&site, Kind::Wholesale, language(&wishes, &headers)).await
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Shop,
    Wholesale,
}

/// What was asked for, else what the browser prefers.
fn language(wishes: &Wishes, headers: &HeaderMap) -> &'static str {
    let preferred = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    match wishes.lang.as_deref().or(preferred) {
        Some(language) if language.starts_with("es") => "es",
        _ => "en",
    }
}

async fn page(site: &SampleSite, kind: Kind, language: &'static str) -> Response {
    if let Err(failure) = site.attach().await {
        tracing::warn!(%failure, "the sample site has no chat");
    }
    let chats = site.0.chats.get();
    let chat = match (chats, kind) {
        (Some(chats), Kind::Shop) => script(&site.0.server, &chats.shop),
        (Some(chats), Kind::Wholesale) => script(&site.0.server, &chats.wholesale) + &vouching(&chats.wholesale.secret),
        (None, _) => String::new(),
    };
    let html = render(kind, language, &site.0.server, chats.is_some(), &chat);
    ([(header::CACHE_CONTROL, "no-store")], Html(html)).into_response()
}

/// The snippet of Settings → Channels. It names the colour, so that the button has it before the chat is first opened.
fn script(server: &Url, Chat { public_key, color, .. }: &Chat) -> String {
    format!("<script src=\"{server}widget/w.js\" data-key=\"{public_key}\" data-color=\"{color}\" async></script>")
}

/// What a site's server adds for a user who is signed in there.
fn vouching(secret: &str) -> String {
    let regular = patron::regular();
    let user_id = regular.user_id.unwrap_or_default();
    let user = json!({
        "user_id": user_id, "hash": sign(secret, &user_id), "name": regular.name, "email": regular.email,
    });
    format!(
        "<script>window.Guildhall ||= function () {{ (Guildhall.q ||= []).push([...arguments]) }};\
         Guildhall('identify', {user});</script>"
    )
}

fn render(kind: Kind, language: &'static str, server: &Url, attached: bool, chat: &str) -> String {
    let (source, own, body) = match (language, kind) {
        ("es", Kind::Shop) => (SPANISH, "shop", SHOP),
        ("es", Kind::Wholesale) => (SPANISH, "wholesale", WHOLESALE),
        (_, Kind::Shop) => (ENGLISH, "shop", SHOP),
        (_, Kind::Wholesale) => (ENGLISH, "wholesale", WHOLESALE),
    };
    // Both files are parsed by a test.
    let mut texts: BTreeMap<String, String> = toml::from_str(source).unwrap_or_default();
    let note = if attached { "note" } else { "note_unattached" };
    let current = |page| if kind == page { " aria-current=\"page\"" } else { "" };
    for (name, text) in [
        ("title", texts[&format!("{own}_title")].clone()),
        ("note", texts[note].clone()),
        ("lang", language.to_owned()),
        ("at_shop", current(Kind::Shop).to_owned()),
        ("at_wholesale", current(Kind::Wholesale).to_owned()),
        ("bag", BAG.trim().to_owned()),
        ("user_name", patron::regular().name.unwrap_or_default()),
        ("server_link", format!("<a href=\"{server}\">{server}</a>")),
        ("chat", chat.to_owned()),
    ] {
        texts.insert(name.to_owned(), text);
    }
    let page = PAGE.replace("{{body}}", body);
    filled(&filled(&page, &texts), &texts)
}

/// The text with its `{{slots}}` filled; texts may have slots of their own.
fn filled(text: &str, texts: &BTreeMap<String, String>) -> String {
    let mut parts = text.split("{{");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once("}}") {
            Some((slot, rest)) => {
                filled.push_str(texts.get(slot).map_or("", String::as_str));
                filled.push_str(rest);
            }
            None => filled.push_str(part),
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_everything() {
        let keys = |source| toml::from_str::<BTreeMap<String, String>>(source).expect("texts").into_keys().collect();
        let (english, spanish): (Vec<String>, Vec<String>) = (keys(ENGLISH), keys(SPANISH));
        assert_eq!(english, spanish);
        let template = [PAGE, SHOP, WHOLESALE].concat();
        let known = ["title", "lang", "at_shop", "at_wholesale", "bag", "chat", "body"];
        for slot in template.split("{{").skip(1).filter_map(|part| part.split("}}").next()) {
            assert!(known.contains(&slot) || english.iter().any(|key| key == slot), "{slot} is never filled");
        }
    }

    #[test]
    fn a_page_is_whole_in_every_form() {
        let server = Url::parse("http://127.0.0.1:8080").expect("a URL");
        for (kind, language) in
            [(Kind::Shop, "en"), (Kind::Shop, "es"), (Kind::Wholesale, "en"), (Kind::Wholesale, "es")]
        {
            let chat = Chat { public_key: "pk_x".into(), color: "#2f6b52".into(), secret: String::new() };
            let page = render(kind, language, &server, true, &script(&server, &chat));
            assert!(!page.contains("{{") && !page.contains("}}"), "{page}");
            assert!(page.contains(&format!("<html lang=\"{language}\">")) && page.contains("data-key=\"pk_x\""));
            assert!(page.contains("http://127.0.0.1:8080/widget/w.js"));
        }
        assert!(!render(Kind::Shop, "en", &server, false, "").contains("<script"));
    }
}
