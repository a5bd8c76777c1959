//! Every refusal leaves through here: RFC 9457 problem details, and a log line for what nobody expected.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::Problem;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::{
    conversations::view::{MemberRef, MessageView},
    street::RequestId,
};

/// Why a door did not run its operation to a first answer.
#[derive(Debug)]
pub struct Failure(Box<Problem>);

impl<E: Into<Problem>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(Box::new(error.into()))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match *self.0 {
            Problem { first_answer: Some((status, body)), .. } => first_answer(status, body),
            problem => problem_response(problem),
        }
    }
}

/// A repeated request gets its first answer, marked as such.
fn first_answer(status: u16, body: Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = if body.is_null() { status.into_response() } else { (status, Json(body)).into_response() };
    response.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
    response
}

/// The problem as a response. The street adds the request's id on the way out.
fn problem_response(problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = status.into_response();
    if let Some(seconds) = problem.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response.extensions_mut().insert(Pending(problem));
    response
}

/// A problem on its way to the street, which knows the request's id.
#[derive(Clone)]
struct Pending(Problem);

/// The code of a pending problem.
pub(crate) fn code(response: &Response) -> Option<&'static str> {
    response.extensions().get::<Pending>().map(|Pending(problem)| problem.code)
}

/// The problem of a response that refuses a right (403) or misses what a plan includes (402).
pub(crate) fn denial(response: &Response) -> Option<&Problem> {
    let pending = response.extensions().get::<Pending>().map(|Pending(problem)| problem);
    pending.filter(|problem| matches!(problem.status, 402 | 403))
}

/// Writes a pending problem's body and logs the unexpected, once.
pub(crate) fn finish(mut response: Response, request_id: &RequestId) -> Response {
    let Some(Pending(problem)) = response.extensions_mut().remove::<Pending>() else { return response };
    if let Some(cause) = &problem.cause {
        if problem.status < 500 {
            tracing::info!(request_id = %request_id.0, code = problem.code, cause, "a request was broken by its sender");
        } else {
            tracing::error!(request_id = %request_id.0, code = problem.code, cause, "a request failed");
        }
    }
    let body = body(&problem, request_id).to_string();
    let (mut parts, _) = response.into_parts();
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, body.into())
}

fn body(problem: &Problem, request_id: &RequestId) -> Value {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut body = Map::new();
    body.insert("type".into(), json!(format!("urn:guildhall:problem:{}", problem.code)));
    body.insert("title".into(), json!(status.canonical_reason().unwrap_or("Error")));
    body.insert("status".into(), json!(problem.status));
    body.insert("detail".into(), json!(problem.detail));
    body.insert("code".into(), json!(problem.code));
    body.insert("request_id".into(), json!(request_id.0));
    if !problem.errors.is_empty() {
        body.insert("errors".into(), json!(problem.errors));
    }
    body.extend(problem.extra.clone());
    Value::Object(body)
}

/// A refusal, as RFC 9457 problem details. Further members depend on the code.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemView {
    #[schema(rename = "type")]
    pub r#type: String,
    pub title: String,
    pub status: u16,
    /// One sentence for a person.
    pub detail: String,
    /// Stable, `noun.reason`.
    pub code: String,
    pub request_id: String,
    /// Field errors of a body or query.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub errors: Option<Vec<ProblemField>>,
    /// 403: the permission that is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub permission: Option<String>,
    /// 403: how far it would have to reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub required_scope: Option<String>,
    /// 403: role, seat_type or state.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub decided_by: Option<String>,
    /// 402: what the plan lacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub entitlement: Option<String>,
    /// `conversation.stale`: the newer messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<Vec<MessageView>>)]
    pub messages: Option<Vec<Value>>,
    /// `conversation.stale`: the sequence to send again with.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub seen_seq: Option<i64>,
    /// `catalogue.faulty`: the line of its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub line: Option<usize>,
    /// `claim.lost`: who won.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<MemberRef>)]
    pub assignee: Option<Value>,
}

#[derive(Serialize, ToSchema)]
pub struct ProblemField {
    pub pointer: String,
    pub code: String,
    pub detail: String,
}
