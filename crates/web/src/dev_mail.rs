//! The demo's mailbox: the mails that would have been sent, so that a newcomer can follow the links in them. It exists
//! in no other installation.

use async_trait::async_trait;
use axum::{
    Router,
    extract::State,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{Problem, Timestamp};
use sha2::{Digest, Sha256};

use crate::{App, Failure, html::escape};

pub(crate) const PATH: &str = "/dev/mail";
const SHOWN: usize = 50;
const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;\
    color-scheme:light dark}article{border-top:1px solid #8886;padding:1rem 0}h1{font-size:1.4rem}\
    h2{font-size:1.05rem;margin:0}p{margin:.2rem 0}pre{white-space:pre-wrap;font:inherit}small{opacity:.75}";

/// A mail that stayed on this machine.
#[derive(Debug, Clone)]
pub struct KeptMail {
    pub at: Timestamp,
    pub to: String,
    pub subject: String,
    pub text: String,
}

/// Where mails are kept: a port, since the folder is a connector's.
#[async_trait]
pub trait KeptMails: Send + Sync {
    /// The newest mails, newest first.
    ///
    /// # Errors
    /// They cannot be read.
    async fn newest(&self, limit: usize) -> std::io::Result<Vec<KeptMail>>;
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route(PATH, get(show))
}

async fn show(State(app): State<App>) -> Result<Response, Failure> {
    let mails = app.kept_mails.as_ref().ok_or_else(Problem::not_found)?;
    let mails = mails.newest(SHOWN).await.map_err(|error| {
        Problem::new(500, "mail.unreadable", "The kept mails cannot be read.").because(error.to_string())
    })?;
    let mut response = Html(page(&mails)).into_response();
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; frame-ancestors 'none'",
        STANDARD.encode(Sha256::digest(STYLE))
    );
    let policy = HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn page(mails: &[KeptMail]) -> String {
    let list = match mails {
        [] => "<p>No mail yet. Invite a colleague or ask for a new password, then look again.</p>".to_owned(),
        mails => mails.iter().map(article).collect(),
    };
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Mail · Guildhall demo</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style>\
         <main><h1>Mail of the demo</h1><p>Nothing leaves this machine; what would have been sent is here.</p>{list}</main>"
    )
}

fn article(mail: &KeptMail) -> String {
    format!(
        "<article><h2>{}</h2><p><small>To {} · {}</small></p><pre>{}</pre></article>",
        escape(&mail.subject),
        escape(&mail.to),
        mail.at,
        linked(&mail.text)
    )
}

/// The text with its links made clickable: a link stands alone on its line in every letter of the house.
fn linked(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = escape(line);
        if line.starts_with("http://") || line.starts_with("https://") {
            format!("<a href=\"{line}\">{line}</a>")
        } else {
            line
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::linked;

    #[test]
    fn links_are_clickable_and_nothing_else_is_markup() {
        let shown = linked("<b>Hello</b>\nhttp://127.0.0.1:8080/reset/abc");
        assert_eq!(
            shown,
            "&lt;b&gt;Hello&lt;/b&gt;\n<a href=\"http://127.0.0.1:8080/reset/abc\">http://127.0.0.1:8080/reset/abc</a>"
        );
    }
}
