//! The application and the chat widget, embedded in the binary: hashed assets for ever, pages never cached, brotli
//! where the browser takes it.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::Problem;
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

use crate::{App, Failure};

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct AppFiles;

#[derive(RustEmbed)]
#[folder = "../../widget/dist"]
#[allow_missing = true]
struct WidgetFiles;

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const NO_CACHE: HeaderValue = HeaderValue::from_static("no-cache");
/// The loader changes with a release; sites load it on every page.
const A_WHILE: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// Whatever no door answers: assets, the application's pages, or a problem.
pub async fn serve(State(app): State<App>, request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") || path.starts_with("/widget/v1/") || path.starts_with("/hooks/") {
        return Failure::from(Problem::not_found()).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Failure::from(Problem::new(405, "method_not_allowed", "Pages are only read.")).into_response();
    }
    if let Some(name) = path.strip_prefix("/widget/") {
        return widget(name, request.headers());
    }
    let name = path.trim_start_matches('/');
    match find::<AppFiles>(name, request.headers()) {
        Some(file) if name != "index.html" && !name.is_empty() => {
            let cache = if name.starts_with("assets/") { FOREVER } else { NO_CACHE };
            file.into_response_with(cache)
        }
        _ if name.starts_with("assets/") => Failure::from(Problem::not_found()).into_response(),
        _ => page(&app, request.headers()),
    }
}

fn widget(name: &str, headers: &HeaderMap) -> Response {
    let Some(file) = find::<WidgetFiles>(name, headers) else {
        return Failure::from(Problem::not_found()).into_response();
    };
    let cache = if name == "w.js" { A_WHILE } else { FOREVER };
    let mut response = file.into_response_with(cache);
    // Any site may load the program; what it may talk to is decided by its channel's allowed origins.
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    response
}

fn page(app: &App, headers: &HeaderMap) -> Response {
    let Some(file) = find::<AppFiles>("index.html", headers) else {
        return Failure::from(Problem::new(
            404,
            "ui.missing",
            "The application's pages are not built. Run bin/run or bin/build.",
        ))
        .into_response();
    };
    let mut response = file.into_response_with(NO_CACHE);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, app.page_policy.clone());
    response
}

/// The page's content security policy. Its one inline script (it sets the colour scheme before the first paint) is
/// named by its hash.
pub fn page_policy() -> HeaderValue {
    let page = AppFiles::get("index.html").map(|file| String::from_utf8_lossy(&file.data).into_owned());
    let hashes: String = inline_scripts(page.as_deref().unwrap_or_default())
        .map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script.as_bytes()))))
        .collect();
    let policy = format!(
        "default-src 'self'; script-src 'self'{hashes}; style-src 'self'; img-src 'self' data: blob:; \
         connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'self'"))
}

fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.match_indices("<script>").filter_map(|(start, tag)| {
        let rest = &page[start + tag.len()..];
        rest.find("</script>").map(|end| &rest[..end])
    })
}

struct Found {
    file: EmbeddedFile,
    kind: String,
    brotli: bool,
}

fn find<Files: RustEmbed>(name: &str, headers: &HeaderMap) -> Option<Found> {
    if name.ends_with(".br") {
        return None;
    }
    let plain = Files::get(name)?;
    let kind = plain.metadata.mimetype().to_owned();
    let takes_brotli = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(',').any(|encoding| encoding.trim().split(';').next() == Some("br")));
    match takes_brotli.then(|| Files::get(&format!("{name}.br"))).flatten() {
        Some(file) => Some(Found { file, kind, brotli: true }),
        None => Some(Found { file: plain, kind, brotli: false }),
    }
}

impl Found {
    fn into_response_with(self, cache: HeaderValue) -> Response {
        let mut response = (StatusCode::OK, self.file.data.into_owned()).into_response();
        let headers = response.headers_mut();
        let kind = if self.kind.starts_with("text/") { format!("{}; charset=utf-8", self.kind) } else { self.kind };
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_str(&kind).unwrap_or(HeaderValue::from_static("application/octet-stream")),
        );
        headers.insert(header::CACHE_CONTROL, cache);
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if self.brotli {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_inline_scripts_are_hashed() {
        let page = "<script>a</script><script src=x></script><script>b</script>";
        assert_eq!(super::inline_scripts(page).collect::<Vec<_>>(), ["a", "b"]);
    }
}
