//! Who may pass a door: the first parameter of every handler says it.

use std::{collections::HashMap, convert::Infallible};

use axum::{
    extract::{FromRequestParts, Path, RawPathParams},
    http::{HeaderMap, header, request::Parts},
};
use kernel::{AccountId, Problem, SessionId, WorkspaceId};
use tenancy::{Actor, Caller, Grant, InstanceTx, InternalRight, Right, RightId};

use crate::{App, Failure, widget::cors};

/// The operation's right, in its handler's signature. Extracting it signs the caller in (401), enters the workspace
/// (404), asks for the right (403, 402) and, of a visitor, whether its channel is open to the page it is on (403); the
/// same type writes `x-permission` into the OpenAPI document.
pub struct Allowed<P>(pub Grant<P>);

/// A signed-in account, outside any workspace.
pub struct SignedIn {
    pub caller: Caller,
    pub account: AccountId,
    pub session: SessionId,
    /// The request carried an `Idempotency-Key`.
    request: Option<tenancy::Request>,
}

impl SignedIn {
    /// Opens the transaction of this request; a repeated request ends here with its first answer.
    pub(crate) async fn begin(&mut self, app: &App) -> Result<InstanceTx, tenancy::Error> {
        app.directory.instance.begin_for(self.account, self.request.take()).await
    }
}

/// A door that is open to everybody; every such operation stands on the committed list of public doors.
pub struct Anyone;

/// What a handler's first parameter tells about its door.
pub trait Entry {
    /// The permission, for `x-permission`.
    const PERMISSION: Option<&'static str>;
    const WHO: Who;
}

/// Whom a door lets in before any permission is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Anyone,
    Account,
    Member,
    Visitor,
}

impl<P: Right> Entry for Allowed<P> {
    const PERMISSION: Option<&'static str> = match P::RIGHT {
        RightId::Catalogue(permission) => Some(permission.name()),
        RightId::Internal(_) => None,
    };
    const WHO: Who = match P::RIGHT {
        RightId::Internal(InternalRight::VisitorChat | InternalRight::InboundReceive) => Who::Visitor,
        _ => Who::Member,
    };
}
impl Entry for SignedIn {
    const PERMISSION: Option<&'static str> = None;
    const WHO: Who = Who::Account;
}
impl Entry for Anyone {
    const PERMISSION: Option<&'static str> = None;
    const WHO: Who = Who::Anyone;
}

impl<P: Right> FromRequestParts<App> for Allowed<P> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let caller = caller(parts, app).await?;
        let workspace = match caller.home() {
            Some(home) => home,
            None => workspace_in_path(parts, app).await?,
        };
        let mut scope = app.vault.enter(&caller, workspace).await?;
        if let Some(request) = parts.extensions.remove::<tenancy::Request>() {
            scope = scope.for_request(request);
        }
        let grant = scope.grant::<P>()?;
        if let Actor::Visitor { channel, .. } = *grant.scope().actor() {
            let allowed = channels::origins(&mut grant.read().await?, channel).await?;
            cors::admit(app, &parts.headers, &allowed)?;
        }
        Ok(Self(grant))
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let caller = caller(parts, app).await?;
        let (account, session) = caller.account().ok_or_else(Problem::unauthenticated)?;
        let request = parts.extensions.remove::<tenancy::Request>();
        Ok(Self { caller, account, session, request })
    }
}

/// The caller behind an [`Allowed`], for a stream that asks again later whether it may go on.
pub struct CallerOf(pub Caller);

impl FromRequestParts<App> for CallerOf {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        caller(parts, app).await.map(Self)
    }
}

impl FromRequestParts<App> for Anyone {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Self)
    }
}

/// Visitors show a token in a header and never a cookie; people show the session cookie. Each kind of credential
/// opens only its own part of the street.
pub(crate) async fn caller(parts: &Parts, app: &App) -> Result<Caller, Failure> {
    let caller = if parts.uri.path().starts_with("/widget/") {
        match visitor_token(&parts.headers) {
            Some(token) => app.vault.caller_of_visitor(token).await?,
            None => None,
        }
    } else {
        match session_token(&parts.headers, app.config.cookie_name()) {
            Some(token) => app.vault.caller_of_session(token).await?,
            None => None,
        }
    };
    Ok(caller.ok_or_else(Problem::unauthenticated)?)
}

/// The value of the session cookie, if the request carries one.
pub(crate) fn session_token<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

fn visitor_token(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Visitor ")
}

async fn workspace_in_path(parts: &mut Parts, app: &App) -> Result<WorkspaceId, Failure> {
    let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Problem::not_found())?;
    let workspace = params.iter().find(|(name, _)| *name == "workspace_id").map(|(_, value)| value.parse());
    match workspace {
        Some(Ok(workspace)) => Ok(workspace),
        _ => Err(Problem::not_found().into()),
    }
}

/// Path parameters that are checked before they are used; a malformed id is simply not found.
pub struct PathOf<T>(pub T);

impl<T: serde::de::DeserializeOwned + Send> FromRequestParts<App> for PathOf<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        match Path::<T>::from_request_parts(parts, app).await {
            Ok(Path(params)) => Ok(Self(params)),
            Err(_) => Err(Problem::not_found().into()),
        }
    }
}

/// Query parameters by name; an unknown or malformed one is refused (422).
pub struct Params<T>(pub T);

impl<T: serde::de::DeserializeOwned> FromRequestParts<App> for Params<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        let query = parts.uri.query().unwrap_or_default();
        let mut seen = HashMap::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let name = pair.split_once('=').map_or(pair, |(name, _)| name);
            if seen.insert(name, ()).is_some() {
                return Err(Problem::field(format!("/{name}"), "repeated_parameter", "appears more than once").into());
            }
        }
        match axum::extract::Query::<T>::try_from_uri(&parts.uri) {
            Ok(axum::extract::Query(params)) => Ok(Self(params)),
            Err(rejection) => Err(query_problem(&rejection.to_string()).into()),
        }
    }
}

fn query_problem(message: &str) -> Problem {
    let detail = message.rsplit_once(": ").map_or(message, |(_, detail)| detail);
    if let Some(rest) = message.split_once("unknown field `").map(|(_, rest)| rest) {
        let name = rest.split('`').next().unwrap_or_default();
        return Problem::field(format!("/{name}"), "unknown_parameter", "is not a parameter of this list");
    }
    Problem::field("", "invalid_parameter", detail)
}
