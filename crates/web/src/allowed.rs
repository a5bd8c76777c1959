//! Who may pass a door: the first parameter of every handler says it.

use std::{collections::HashMap, convert::Infallible};

use axum::{
    extract::{FromRequestParts, Path, RawPathParams},
    http::{HeaderMap, HeaderName, header, request::Parts},
};
use kernel::{AccountId, PreviewId, Problem, SessionId, WorkspaceId};
use tenancy::{Actor, Caller, Error, Grant, InstanceTx, InternalRight, Operator, Right, RightId, Scope};

use crate::{App, Failure, refusals::Entrance, widget::cors};

/// The operation's right, in its handler's signature. Extracting it signs the caller in (401), enters the workspace
/// (404), asks for the right (403, 402) and, of a visitor, whether its channel is open to the page it is on (403); the
/// same type writes `x-permission` into the OpenAPI document.
pub struct Allowed<P>(pub Grant<P>);

/// An operation for whoever holds one right or the other; which one it takes depends on what is asked for.
pub struct AllowedEither<A, B> {
    scope: Scope,
    first: Result<Grant<A>, Error>,
    second: Result<Grant<B>, Error>,
}

impl<A: Right, B: Right> AllowedEither<A, B> {
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// # Errors
    /// 403 when the caller holds only the other right.
    pub fn first(self) -> Result<Grant<A>, Error> {
        self.first
    }

    /// # Errors
    /// 403 when the caller holds only the other right.
    pub fn second(self) -> Result<Grant<B>, Error> {
        self.second
    }

    pub fn holds_first(&self) -> bool {
        self.first.is_ok()
    }

    pub fn holds_second(&self) -> bool {
        self.second.is_ok()
    }

    /// Reads on a snapshot, under whichever right there is.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn read(&self) -> Result<tenancy::Session, Error> {
        match (&self.first, &self.second) {
            (Ok(grant), _) => grant.read().await,
            (_, Ok(grant)) => grant.read().await,
            // Extraction refused this already.
            (Err(_), Err(_)) => Err(Error::NotFound),
        }
    }
}

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
    /// The permission, for `x-permission`, or the two of which either is enough.
    const PERMISSIONS: [Option<&'static str>; 2];
    const WHO: Who;
}

/// Whom a door lets in before any permission is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Anyone,
    Account,
    Operator,
    Member,
    Visitor,
}

const fn in_catalogue(right: RightId) -> Option<&'static str> {
    match right {
        RightId::Catalogue(permission) => Some(permission.name()),
        RightId::Internal(_) => None,
    }
}

impl<P: Right> Entry for Allowed<P> {
    const PERMISSIONS: [Option<&'static str>; 2] = [in_catalogue(P::RIGHT), None];
    const WHO: Who = match P::RIGHT {
        RightId::Internal(InternalRight::VisitorChat | InternalRight::InboundReceive) => Who::Visitor,
        _ => Who::Member,
    };
}
impl<A: Right, B: Right> Entry for AllowedEither<A, B> {
    const PERMISSIONS: [Option<&'static str>; 2] = [in_catalogue(A::RIGHT), in_catalogue(B::RIGHT)];
    const WHO: Who = Who::Member;
}
impl Entry for SignedIn {
    const PERMISSIONS: [Option<&'static str>; 2] = [None; 2];
    const WHO: Who = Who::Account;
}
impl Entry for Operator {
    const PERMISSIONS: [Option<&'static str>; 2] = [None; 2];
    const WHO: Who = Who::Operator;
}
impl Entry for Anyone {
    const PERMISSIONS: [Option<&'static str>; 2] = [None; 2];
    const WHO: Who = Who::Anyone;
}

impl<P: Right> FromRequestParts<App> for Allowed<P> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let grant = enter(parts, app).await?.grant::<P>()?;
        if let Actor::Visitor { channel, .. } = *grant.scope().actor() {
            let allowed = channels::origins(&mut grant.read().await?, channel).await?;
            cors::admit(app, &parts.headers, &allowed)?;
        }
        Ok(Self(grant))
    }
}

impl<A: Right, B: Right> FromRequestParts<App> for AllowedEither<A, B> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let scope = enter(parts, app).await?;
        match (scope.grant::<A>(), scope.grant::<B>()) {
            (Err(refusal), Err(_)) => Err(refusal.into()),
            (first, second) => Ok(Self { scope, first, second }),
        }
    }
}

/// Enters the workspace that the caller belongs to or the path names.
async fn enter(parts: &mut Parts, app: &App) -> Result<Scope, Failure> {
    let oneself = oneself(parts, app).await?;
    let workspace = match oneself.home() {
        Some(home) => home,
        None => workspace_in_path(parts, app).await?,
    };
    let caller = match looking(oneself.clone(), parts) {
        Ok(caller) => caller,
        Err(refusal) => {
            // What somebody tries in a preview is recorded as tried by themselves.
            if let Ok(scope) = app.vault.enter(&oneself, workspace).await {
                Entrance::note(parts, &scope);
            }
            return Err(refusal.into());
        }
    };
    let scope = app.vault.enter(&caller, workspace).await?;
    Entrance::note(parts, &scope);
    parts.extensions.insert(caller);
    Ok(match parts.extensions.remove::<tenancy::Request>() {
        Some(request) => scope.for_request(request),
        None => scope,
    })
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let caller = caller(parts, app).await?;
        let Some((account, session)) = caller.account() else {
            return Err(caller.api_key().map_or_else(Problem::unauthenticated, |_| Error::NotForKeys.into()).into());
        };
        let request = parts.extensions.remove::<tenancy::Request>();
        Ok(Self { caller, account, session, request })
    }
}

/// Whoever operates nothing is told of nothing there (404), so that who does is nobody's to try out.
impl FromRequestParts<App> for Operator {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let operator = app.vault.operator(&caller(parts, app).await?).await?;
        Ok(match parts.extensions.remove::<tenancy::Request>() {
            Some(request) => operator.for_request(request),
            None => operator,
        })
    }
}

/// The caller behind the [`Allowed`] before it, for a stream that asks again later whether it may go on.
pub struct CallerOf(pub Caller);

impl FromRequestParts<App> for CallerOf {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        parts.extensions.remove().map(Self).ok_or_else(|| Problem::unauthenticated().into())
    }
}

impl FromRequestParts<App> for Anyone {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Self)
    }
}

/// Who asks, looking through the preview that the request names, if it names one.
pub(crate) async fn caller(parts: &Parts, app: &App) -> Result<Caller, Failure> {
    Ok(looking(oneself(parts, app).await?, parts)?)
}

/// Visitors show a token in a header and never a cookie; people show the session cookie, programs an API key. Each
/// kind of credential opens only its own part of the street, and a key that is no good is not made good by a cookie.
async fn oneself(parts: &Parts, app: &App) -> Result<Caller, Failure> {
    let caller = if parts.uri.path().starts_with("/widget/") {
        match bearer(&parts.headers, "Visitor") {
            Some(token) => app.vault.caller_of_visitor(token).await?,
            None => None,
        }
    } else if let Some(key) = api_key(&parts.headers) {
        let caller = app.vault.caller_of_key(key).await?;
        if let Some(id) = caller.as_ref().and_then(Caller::api_key) {
            app.limits.api_key.take(&id.to_string())?;
        }
        caller
    } else {
        match session_token(&parts.headers, app.config.cookie_name()) {
            Some(token) => app.vault.caller_of_session(token).await?,
            None => None,
        }
    };
    Ok(caller.ok_or_else(Problem::unauthenticated)?)
}

/// The same caller behind a preview, which changes nothing.
fn looking(caller: Caller, parts: &Parts) -> Result<Caller, Error> {
    match parts.headers.get(PREVIEW) {
        None => Ok(caller),
        Some(_) if caller.api_key().is_some() => Err(Error::NotForKeys),
        Some(_) if !parts.method.is_safe() => Err(Error::PreviewReadOnly),
        Some(id) => {
            let id = id.to_str().ok().and_then(|id| id.parse::<PreviewId>().ok()).ok_or(Error::PreviewEnded)?;
            Ok(caller.previewing(id))
        }
    }
}

/// Names the preview through which a person looks at a workspace (OWN-2).
pub(crate) const PREVIEW: HeaderName = HeaderName::from_static("guildhall-preview");

/// The API key that a program shows.
pub(crate) fn api_key(headers: &HeaderMap) -> Option<&str> {
    bearer(headers, "Bearer")
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

/// What stands behind the scheme; empty for what is no text, so that a bad token is not taken for none.
fn bearer<'a>(headers: &'a HeaderMap, scheme: &str) -> Option<&'a str> {
    let value = headers.get(header::AUTHORIZATION)?.as_bytes();
    let (said, token) = value.split_at(value.iter().position(|octet| *octet == b' ').unwrap_or(value.len()));
    said.eq_ignore_ascii_case(scheme.as_bytes()).then(|| std::str::from_utf8(token).unwrap_or_default().trim_start())
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
