//! Asking a door once more whose transaction met another one crosswise: each held what the other waited for, and the
//! database ended one of the two. Nothing of it had happened, and the other has gone on since.

use axum::{
    body::{Body, HttpBody},
    extract::Request,
    http::{Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{Failure, body, failure};

const TIMES: usize = 3;
/// A longer body is not kept, and its sender is asked to try again.
const LONGEST: usize = 64 * 1024;

/// Has a request answered, up to three times. What is read crosses nobody, and a file is sent again by who has it.
pub(crate) async fn answer(request: Request, next: Next) -> Response {
    if *request.method() == Method::GET || !is_short(&request) {
        return next.run(request).await;
    }
    let (parts, sent) = request.into_parts();
    let sent = match body::read(sent).await {
        Ok(sent) => sent,
        Err(problem) => return Failure::from(problem).into_response(),
    };
    let ask = || next.clone().run(Request::from_parts(parts.clone(), Body::from(sent.clone())));
    let mut response = ask().await;
    for _ in 1..TIMES {
        if failure::code(&response) != Some("busy") {
            break;
        }
        response = ask().await;
    }
    response
}

/// Whether a request comes with a little JSON, or with nothing.
fn is_short(request: &Request) -> bool {
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let is_json = text(header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("application/json"));
    let length: Option<usize> = text(header::CONTENT_LENGTH).and_then(|length| length.parse().ok());
    request.body().is_end_stream() || (is_json && length.is_some_and(|length| length <= LONGEST))
}
