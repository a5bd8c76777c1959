//! The session cookie: out of scripts' reach, sent only to its own site, and over https unless all is loopback.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use directory::Browser;
use tenancy::{SESSION_LIFE_MILLIS, Token};

use crate::{App, Failure, allowed::session_token};

impl FromRequestParts<App> for Browser {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        let token = session_token(&parts.headers, app.config.cookie_name()).map(str::to_owned);
        Ok(Self { device: directory::device_label(agent), shared: false, token })
    }
}

/// The headers that hand a browser its session. On a shared device the browser forgets it when it closes.
pub fn given(app: &App, token: &Token, shared: bool) -> HeaderMap {
    set(app, token.as_str(), (!shared).then_some(SESSION_LIFE_MILLIS / 1000))
}

/// The headers that take it away.
pub(crate) fn taken(app: &App) -> HeaderMap {
    set(app, "", Some(0))
}

fn set(app: &App, value: &str, seconds: Option<i64>) -> HeaderMap {
    let secure = if app.config.secure() { "; Secure" } else { "" };
    let name = app.config.cookie_name();
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}");
    // A token is letters, digits, `-` and `_`.
    HeaderValue::from_str(&cookie)
        .map(|cookie| HeaderMap::from_iter([(header::SET_COOKIE, cookie)]))
        .unwrap_or_default()
}
