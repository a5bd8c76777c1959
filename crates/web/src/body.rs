//! JSON bodies: bounded, strict, and refused with the place of what is wrong.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    body::{BodyDataStream, HttpBody},
    extract::{FromRequest, Request},
    http::header,
};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use kernel::{FieldProblem, Problem};
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};

use crate::{App, Failure};

/// A body is at most 1 MiB; files go through their own door.
pub(crate) const MAX_BODY: usize = 1024 * 1024;

/// A JSON body. Unknown fields, wrong types and trailing text are refused; nothing is guessed.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &App) -> Result<Self, Failure> {
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|kind| kind.split(';').next().is_some_and(|kind| kind.trim() == "application/json"));
        if !is_json {
            return Err(Problem::new(415, "content_type", "Send application/json.").into());
        }
        let bytes = read(request.into_body()).await?;
        Ok(Self(parse(&bytes)?))
    }
}

/// Reads a whole body of at most [`MAX_BODY`] octets.
pub(crate) async fn read(body: axum::body::Body) -> Result<Bytes, Problem> {
    match Limited::new(body, MAX_BODY).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            Err(Problem::new(413, "body_too_large", "The body is larger than 1 MiB."))
        }
        Err(_) => Err(Problem::new(400, "body_incomplete", "The body broke off.")),
    }
}

/// What is left of a body when its request was answered. Left unread it ends the connection, and with it whatever the
/// client or proxy at the other end asks next.
pub(crate) struct Remainder(Option<Arc<Mutex<BodyDataStream>>>);

/// More than this is not worth the connection.
const LONGEST_REMAINDER: usize = 64 * 1024;
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// Lends a request's body to whoever answers it.
pub(crate) fn lend(request: Request) -> (Request, Remainder) {
    if request.body().is_end_stream() {
        return (request, Remainder(None));
    }
    let (parts, body) = request.into_parts();
    let body = Arc::new(Mutex::new(body.into_data_stream()));
    let lent = axum::body::Body::from_stream(chunks(body.clone()));
    (Request::from_parts(parts, lent), Remainder(Some(body)))
}

fn chunks(body: Arc<Mutex<BodyDataStream>>) -> impl Stream<Item = Result<Bytes, axum::Error>> {
    stream::poll_fn(move |context| body.lock().unwrap_or_else(PoisonError::into_inner).poll_next_unpin(context))
}

impl Remainder {
    pub(crate) async fn read_out(self) {
        let Some(body) = self.0 else { return };
        let mut left = LONGEST_REMAINDER;
        let short = chunks(body).take_while(|chunk| {
            left = chunk.as_ref().map_or(0, |chunk| left.saturating_sub(chunk.len()));
            std::future::ready(left > 0)
        });
        // A sender that takes its time loses the connection.
        let _ = tokio::time::timeout(LONGEST_WAIT, short.for_each(|_| std::future::ready(()))).await;
    }
}

/// Tells a field that is null from one that was left out: `#[serde(default, deserialize_with = "given")]`.
pub(crate) fn given<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: serde::Deserialize<'de>,
    D: serde::Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // Serde would take a list's items for an object's fields, in their order.
    if bytes.trim_ascii_start().starts_with(b"[") {
        serde_json::from_slice::<IgnoredAny>(bytes).map_err(|error| json_problem(String::new(), &error))?;
        return Err(Problem::field("", "invalid_value", "is a list and not an object"));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let pointer = pointer(error.path());
        json_problem(pointer, error.inner())
    })?;
    deserializer.end().map_err(|error| json_problem(String::new(), &error))?;
    Ok(value)
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { .. } | Segment::Unknown => String::new(),
        })
        .collect()
}

fn json_problem(pointer: String, error: &serde_json::Error) -> Problem {
    if !error.is_data() {
        return Problem::new(400, "malformed_json", "The body is not valid JSON.");
    }
    let message = error.to_string();
    let detail = message.rsplit_once(" at line ").map_or(message.as_str(), |(detail, _)| detail).to_owned();
    let (code, field_code) = if message.contains("unknown field") {
        ("unknown_field", "unknown_field")
    } else if message.contains("missing field") {
        ("invalid_field", "missing_field")
    } else {
        ("invalid_field", "invalid_value")
    };
    let mut problem = Problem::new(422, code, detail.clone());
    problem.errors.push(FieldProblem { pointer, code: field_code, detail });
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Name {
        #[serde(rename = "name")]
        _name: kernel::Line,
    }

    fn refusal(body: &str) -> Problem {
        parse::<Name>(body.as_bytes()).expect_err("refused")
    }

    #[test]
    fn bad_bodies_get_a_stable_code() {
        assert_eq!(refusal("{").code, "malformed_json");
        assert_eq!(refusal(r#"{"name":"\ud800"}"#).code, "malformed_json");
        assert_eq!(refusal(&"[".repeat(10_000)).code, "malformed_json");
        assert_eq!(refusal(r#"{"name":"a","x":1}"#).code, "unknown_field");
        assert_eq!(refusal(r#"{"name":"a"} {}"#).code, "malformed_json");
        assert_eq!(refusal(r#" ["a"]"#).code, "invalid_field");
        let nul = refusal(r#"{"name":"a\u0000b"}"#);
        assert_eq!((nul.code, nul.errors[0].pointer.as_str()), ("invalid_field", "/name"));
    }
}
