//! A refusal as the outside sees it: RFC 9457 problem details with a stable code.

use serde::Serialize;
use serde_json::{Map, Value};

/// A named refusal. Every crate turns its own refusal enums into problems; the doors only print them.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    /// Stable, `noun.reason`.
    pub code: &'static str,
    /// One sentence for a person.
    pub detail: String,
    /// Field errors, by JSON pointer.
    pub errors: Vec<FieldProblem>,
    /// Further members, such as the newer messages of `conversation.stale`.
    pub extra: Map<String, Value>,
    /// Seconds to wait before another try (429, 503).
    pub retry_after: Option<u64>,
    /// What really happened, for the operator's log; never shown to the caller.
    pub cause: Option<String>,
    /// Not a refusal after all: the request is a repetition, and this was its first answer (status and body).
    pub first_answer: Option<(u16, Value)>,
}

/// What is wrong with one field of a body or query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    pub pointer: String,
    pub code: &'static str,
    pub detail: String,
}

impl Problem {
    pub fn new(status: u16, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            errors: Vec::new(),
            extra: Map::new(),
            retry_after: None,
            cause: None,
            first_answer: None,
        }
    }

    /// The answer for what does not exist and for what the caller may not see, indistinguishably (INV-01).
    pub fn not_found() -> Self {
        Self::new(404, "not_found", "There is nothing here that you can see.")
    }

    pub fn unauthenticated() -> Self {
        Self::new(401, "unauthenticated", "Sign in first.")
    }

    /// 422 for one field.
    pub fn field(pointer: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let mut problem = Self::new(422, "invalid_field", detail.clone());
        problem.errors.push(FieldProblem { pointer: pointer.into(), code, detail });
        problem
    }

    #[must_use]
    pub fn with(mut self, key: &str, value: impl Serialize) -> Self {
        self.extra.insert(key.to_owned(), serde_json::to_value(value).unwrap_or(Value::Null));
        self
    }

    #[must_use]
    pub fn because(mut self, cause: impl Into<String>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}
