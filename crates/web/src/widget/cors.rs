//! Pages of other sites: which may speak to a channel, and how a browser is told that they may read the answer.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use channels::Origins;
use kernel::Problem;

use crate::App;

/// The code of a refusal that the refused page may not even read.
pub(crate) const REFUSED: &str = "origin.not_allowed";

const METHODS: HeaderValue = HeaderValue::from_static("GET, POST, PUT");
const SENT: HeaderValue = HeaderValue::from_static("authorization, content-type, idempotency-key, last-event-id");
const SHOWN: HeaderValue =
    HeaderValue::from_static("content-disposition, idempotent-replayed, retry-after, x-request-id");
/// No browser remembers the answer to a preflight for longer.
const TWO_HOURS: HeaderValue = HeaderValue::from_static("7200");

/// The origin of a page that asks at a visitors' door.
pub(crate) fn page(request: &Request) -> Option<HeaderValue> {
    let origin = request.headers().get(header::ORIGIN)?;
    request.uri().path().starts_with("/widget/v1/").then(|| origin.clone())
}

/// A browser asks what it may send. It names neither channel nor visitor yet, so every page gets the same answer; the
/// door itself then looks at the origin.
pub(crate) fn is_preflight(request: &Request) -> bool {
    *request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
        && page(request).is_some()
}

pub(crate) fn preflight() -> Response {
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, METHODS),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, SENT),
        (header::ACCESS_CONTROL_MAX_AGE, TWO_HOURS),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// Lets the page read the answer.
pub(crate) fn show_to(page: HeaderValue, headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, page);
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN);
    headers.append(header::VARY, HeaderValue::from_static("origin"));
}

/// Whether a page may use a channel: one of the channel's origins, or our own. A request without an origin is no
/// page's: browsers name it whenever a script asks another site for more than an image.
///
/// # Errors
/// 403 with [`REFUSED`].
pub(crate) fn admit(app: &App, headers: &HeaderMap, allowed: &Origins) -> Result<(), Problem> {
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    match origin.to_str() {
        Ok(origin) if allowed.admit(origin) || app.config.is_own_origin(origin) => Ok(()),
        _ => Err(Problem::new(403, REFUSED, "This chat is not open to pages of this website.")),
    }
}
