//! People and their browsers: HTTP as it goes over the wire.

use std::time::Duration;

use kernel::Clock;
use serde_json::Value;
use ureq::http::{HeaderMap, Request};

use super::{MIRROR, stream::Stream};

const JSON: &str = "application/json";
const LARGEST_ANSWER: u64 = 64 * 1024 * 1024;

/// One browser: an origin and whatever it sends along with every request.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    pub origin: String,
    headers: Vec<(String, String)>,
    clock: Clock,
    /// It looks over all workspaces, and so at the mirror's too.
    is_operators: bool,
}

impl Client {
    pub fn new(origin: String, clock: Clock) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(30)))
            .build();
        let headers = vec![("origin".into(), origin.clone())];
        Self { agent: config.into(), origin, headers, clock, is_operators: false }
    }

    /// The same browser, sending another header (or another value of it).
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(header, _)| header != name);
        self
    }

    /// The browser of whoever operates the server.
    #[must_use]
    pub fn of_operator(self) -> Self {
        Self { is_operators: true, ..self }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, None)
    }

    #[track_caller]
    pub fn post(&self, path: &str, body: Value) -> Reply {
        self.send("POST", path, Some(body))
    }

    #[track_caller]
    pub fn put(&self, path: &str, body: Value) -> Reply {
        self.send("PUT", path, Some(body))
    }

    #[track_caller]
    pub fn patch(&self, path: &str, body: Value) -> Reply {
        self.send("PATCH", path, Some(body))
    }

    #[track_caller]
    pub fn delete(&self, path: &str) -> Reply {
        self.send("DELETE", path, None)
    }

    /// A request with a JSON body, or none.
    #[track_caller]
    pub fn send(&self, method: &str, path: &str, body: Option<Value>) -> Reply {
        self.send_raw(method, path, body.map(|body| (JSON, body.to_string().into_bytes())))
    }

    /// A request with any body.
    #[track_caller]
    pub fn send_raw(&self, method: &str, path: &str, body: Option<(&str, Vec<u8>)>) -> Reply {
        self.attempt(method, path, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// Uploads a file under a name of plain letters.
    #[track_caller]
    pub fn upload(&self, path: &str, name: &str, content: &[u8]) -> Reply {
        let path = format!("{path}?name={name}");
        self.send_raw("POST", &path, Some(("application/octet-stream", content.to_vec())))
    }

    /// A request that may find nobody there. Time passes a little with each.
    pub fn attempt(&self, method: &str, path: &str, body: Option<(&str, Vec<u8>)>) -> Result<Reply, ureq::Error> {
        self.clock.advance(Duration::from_millis(1));
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.origin));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut response = match body {
            Some((kind, bytes)) => self.agent.run(request.header("content-type", kind).body(bytes)?)?,
            None => self.agent.run(request.body(())?)?,
        };
        let bytes = response.body_mut().with_config().limit(LARGEST_ANSWER).read_to_vec()?;
        if !self.is_operators {
            no_mirror(&format!("{method} {path}"), &bytes);
        }
        Ok(Reply {
            asked: format!("{method} {path}"),
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            bytes,
        })
    }

    /// An open event stream.
    #[track_caller]
    pub fn listen(&self, path: &str) -> Stream {
        let headers: String = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        Stream::open(&self.origin, path, &headers)
    }
}

/// Nothing of the mirror may ever reach a browser.
#[track_caller]
pub fn no_mirror(source: &str, bytes: &[u8]) {
    let shown = bytes.windows(MIRROR.len()).any(|window| window == MIRROR.as_bytes());
    assert!(!shown, "{source} shows another workspace: {}", String::from_utf8_lossy(bytes));
}

/// What came back.
pub struct Reply {
    pub asked: String,
    pub status: u16,
    pub headers: HeaderMap,
    /// The JSON body; null when it is none.
    pub body: Value,
    pub bytes: Vec<u8>,
}

impl Reply {
    /// The body of a success.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{}: {} {}", self.asked, self.status, self.text());
        self.body
    }

    /// The body of exactly this success.
    #[track_caller]
    pub fn ok_with(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.text());
        self.body
    }

    /// The problem of a refusal with this status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        let told = (self.status, self.body["code"].as_str().unwrap_or_default());
        assert_eq!(told, (status, code), "{}: {}", self.asked, self.text());
        let kind = self.header("content-type");
        assert_eq!(kind, Some("application/problem+json"), "{}", self.asked);
        self.body
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The session cookie that was set, as a browser sends it back.
    #[track_caller]
    pub fn cookie(&self) -> String {
        let cookie =
            self.header("set-cookie").unwrap_or_else(|| panic!("{} set no cookie: {}", self.asked, self.text()));
        cookie.split(';').next().unwrap_or_default().to_owned()
    }
}

/// A named person at a browser, signed in and at home in one workspace. Paths without a leading slash lie in it.
#[derive(Clone)]
pub struct Person {
    pub name: String,
    pub email: String,
    pub account: String,
    pub member: String,
    pub workspace: String,
    pub browser: Client,
}

impl Person {
    fn path(&self, path: &str) -> String {
        match path {
            path if path.is_empty() || path.starts_with('?') => format!("/api/v1/workspaces/{}{path}", self.workspace),
            path if path.starts_with('/') => path.to_owned(),
            path => format!("/api/v1/workspaces/{}/{path}", self.workspace),
        }
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Reply {
        self.browser.get(&self.path(path))
    }

    #[track_caller]
    pub fn post(&self, path: &str, body: Value) -> Reply {
        self.browser.post(&self.path(path), body)
    }

    #[track_caller]
    pub fn put(&self, path: &str, body: Value) -> Reply {
        self.browser.put(&self.path(path), body)
    }

    #[track_caller]
    pub fn patch(&self, path: &str, body: Value) -> Reply {
        self.browser.patch(&self.path(path), body)
    }

    #[track_caller]
    pub fn delete(&self, path: &str) -> Reply {
        self.browser.delete(&self.path(path))
    }

    /// Every item of a list, page by page.
    #[track_caller]
    pub fn all(&self, path: &str) -> Vec<Value> {
        let mark = if path.contains('?') { '&' } else { '?' };
        let mut items = Vec::new();
        let mut page = self.get(path).ok();
        loop {
            items.extend_from_slice(page["items"].as_array().expect("items"));
            let Some(cursor) = page["next_cursor"].as_str() else { return items };
            page = self.get(&format!("{path}{mark}cursor={cursor}")).ok();
        }
    }

    /// Uploads a file; what the server says of it.
    #[track_caller]
    pub fn upload(&self, name: &str, content: &[u8]) -> Value {
        self.browser.upload(&self.path("attachments"), name, content).ok_with(201)
    }

    /// The same person, asking for another workspace.
    #[must_use]
    pub fn in_workspace(mut self, workspace: &str) -> Self {
        workspace.clone_into(&mut self.workspace);
        self
    }

    /// The same person, sending another header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.browser = self.browser.with(name, value);
        self
    }

    /// Opens the workspace's event stream and waits until it is ready.
    #[track_caller]
    pub fn listen(&self) -> Stream {
        let stream = self.browser.listen(&self.path("events"));
        stream.until(|frame| frame.event == "ready");
        stream
    }

    /// Opens it again after a break, to go on after the last event that came.
    #[track_caller]
    pub fn listen_after(&self, last: i64) -> Stream {
        self.browser.clone().with("last-event-id", &last.to_string()).listen(&self.path("events"))
    }
}
