//! Links by which the demo's people sign in: made at every start, good until its end, printed on the console and
//! nowhere else. They open sessions on loopback only.

use std::collections::HashMap;

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use directory::{Browser, MemberStatus, members, sign_in_vouched};
use kernel::{AccountId, Limit};
use tenancy::{Duty, Housekeeping, Token};
use web::sessions::cookie;

use super::Failure;
use crate::Installation;

/// How a link starts, below the server's address.
const PATH: &str = "demo";

/// Who can sign in, and how.
pub(crate) struct Links {
    pub(crate) people: Vec<Invited>,
}

/// A person with a link.
pub(crate) struct Invited {
    pub(crate) name: String,
    pub(crate) role: String,
    account: AccountId,
    token: Token,
}

impl Links {
    /// Links for the people of the oldest workspace; nobody, before there is one.
    ///
    /// # Errors
    /// The database cannot answer.
    #[expect(clippy::disallowed_methods, reason = "the command line looks across workspaces")]
    pub(crate) async fn make(installation: &Installation) -> Result<Self, Failure> {
        let duty = installation.vault.on_duty(Duty::Inspection);
        let Some(workspace) = duty.workspaces().await?.first().copied() else { return Ok(Self { people: Vec::new() }) };
        let mut session = duty.enter(workspace).grant::<Housekeeping>()?.read().await?;
        let members = members(&mut session, &[MemberStatus::Active], Limit::default(), None).await?.items;
        let invited = |member: directory::Member| Invited {
            name: member.name,
            role: member.role.label,
            account: member.account,
            token: Token::random("gd"),
        };
        Ok(Self { people: members.into_iter().map(invited).collect() })
    }

    /// The door behind the links.
    pub(crate) fn routes(&self, app: web::App) -> Router {
        let people: HashMap<[u8; 32], AccountId> =
            self.people.iter().map(|person| (person.token.hash(), person.account)).collect();
        let enter = async move |State(app): State<web::App>, Path(token): Path<String>, browser: Browser| match people
            .get(&Token::hash_of(&token))
        {
            Some(account) => enter(&app, *account, &browser).await,
            None => gone(),
        };
        Router::new().route(&format!("/{PATH}/{{token}}"), get(enter)).with_state(app)
    }
}

impl Invited {
    /// The link, below the server's address.
    pub(crate) fn path(&self) -> String {
        format!("{PATH}/{}", self.token.as_str())
    }
}

async fn enter(app: &web::App, account: AccountId, browser: &Browser) -> Response {
    match sign_in_vouched(&app.directory, account, browser).await {
        Ok(signed_in) => {
            (unshared(cookie::given(app, &signed_in.token, signed_in.shared)), Redirect::to("/")).into_response()
        }
        Err(refusal) => web::Failure::from(refusal).into_response(),
    }
}

fn gone() -> Response {
    let text = "This link is of an earlier start of the demo. The console shows the links of today's.\n";
    (StatusCode::GONE, unshared(HeaderMap::new()), text).into_response()
}

/// The address is a secret: nobody keeps it or passes it on.
fn unshared(mut headers: HeaderMap) -> HeaderMap {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers
}
