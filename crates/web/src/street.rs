//! What every request passes on its way to a door: an id, a span, an origin check, headers, and, for keyed requests,
//! the fingerprint of the body.

use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::{Problem, Stopwatch};
use sha2::{Digest, Sha256};
use tracing::Instrument;
use uuid::Uuid;

use crate::{
    App, Failure, again, allowed, body, failure,
    refusals::{Destination, Entrance},
    widget::cors,
};

/// Names a request in the answer, in problems and in the log.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const API_CSP: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");

/// The outermost layer.
pub async fn walk(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let request_id = RequestId(app.vault.ids().next::<Uuid>().simple().to_string());
    let entrance = Entrance::default();
    request.extensions_mut().insert(request_id.clone());
    request.extensions_mut().insert(entrance.clone());
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let span = tracing::info_span!("request", request_id = %request_id.0, %method, path);
    let route = request.extensions().get::<MatchedPath>().map_or("pages", MatchedPath::as_str).to_owned();
    let started = Stopwatch::start();
    let page = cors::page(&request);
    let response = async {
        if cors::is_preflight(&request) {
            return cors::preflight();
        }
        let (request, remainder) = body::lend(request);
        let response = match admit(&app, request).await {
            Ok(request) => again::answer(request, next).await,
            Err(problem) => Failure::from(problem).into_response(),
        };
        remainder.read_out().await;
        if let Some(problem) = failure::denial(&response) {
            entrance.record(&Destination { method: &method, route: &route, path: &path }, problem).await;
        }
        response
    }
    .instrument(span.clone())
    .await;
    let page = page.filter(|_| failure::code(&response) != Some(cors::REFUSED));
    let mut response = failure::finish(response, &request_id);
    let seconds = started.seconds();
    let status = response.status();
    span.in_scope(|| tracing::debug!(status = status.as_u16(), seconds, "answered"));
    let labels = [("method", method.to_string()), ("status", status.as_str().to_owned())];
    metrics::counter!("guildhall_requests_total", &labels).increment(1);
    metrics::histogram!("guildhall_request_seconds", "route" => route).record(seconds);
    dress(&app, response.headers_mut(), &path, &request_id);
    if let Some(page) = page {
        cors::show_to(page, response.headers_mut());
    }
    response
}

async fn admit(app: &App, request: Request) -> Result<Request, Problem> {
    let unsafe_method = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    // No page can send an API key for somebody else: only who holds it has it.
    let by_key = allowed::api_key(request.headers()).is_some();
    if unsafe_method && !by_key && request.uri().path().starts_with("/api/") && !same_origin(app, request.headers()) {
        return Err(Problem::new(
            403,
            "origin.refused",
            "Requests that change something come from the app's own pages.",
        ));
    }
    if *request.method() == Method::POST && request.headers().contains_key("idempotency-key") {
        return keyed(request).await;
    }
    Ok(request)
}

/// Same-origin by what the browser itself says (ruling 32): `Sec-Fetch-Site` if it is there, else `Origin`; a
/// request with neither is refused, since every browser sends one of them with an unsafe method.
fn same_origin(app: &App, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    text("origin").is_some_and(|origin| app.config.is_own_origin(origin))
}

/// Reads the body once more than usual, to tell a repeated request from another one under the same key.
async fn keyed(request: Request) -> Result<Request, Problem> {
    let (mut parts, request_body) = request.into_parts();
    let key = parts.headers.get("idempotency-key").and_then(|key| key.to_str().ok()).unwrap_or_default().to_owned();
    if key.is_empty() || key.len() > 255 {
        return Err(Problem::field("/Idempotency-Key", "invalid_value", "has 1 to 255 visible ASCII characters"));
    }
    let is_json =
        parts.headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"application/json"));
    if !is_json {
        // A file is stored by its content: sending it again stores nothing new.
        return Ok(Request::from_parts(parts, request_body));
    }
    let bytes = body::read(request_body).await?;
    let mut hasher = Sha256::new();
    hasher.update(parts.method.as_str());
    hasher.update([0]);
    hasher.update(parts.uri.to_string());
    hasher.update([0]);
    hasher.update(&bytes);
    parts.extensions.insert(tenancy::Request { key, hash: hasher.finalize().into() });
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

fn dress(app: &App, headers: &mut HeaderMap, path: &str, request_id: &RequestId) {
    let set = |headers: &mut HeaderMap, name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    if let Ok(value) = HeaderValue::from_str(&request_id.0) {
        set(headers, REQUEST_ID, value);
    }
    set(headers, header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    set(headers, header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if path.starts_with("/api/") || path.starts_with("/widget/v1/") {
        set(headers, header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        set(headers, header::CONTENT_SECURITY_POLICY, API_CSP);
    }
    if app.config.secure() {
        set(headers, header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}
