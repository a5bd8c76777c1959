//! Why the vault refuses or fails.

use kernel::Problem;

use crate::{Decider, Replay, RightId, Value};

/// A refusal (the caller is told) or a failure (the operator is told).
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or the caller may not know that it does.
    #[error("not found")]
    NotFound,
    /// The session or key that the caller came with has ended.
    #[error("the session or key has ended")]
    Unauthenticated,
    #[error("{} is not granted", .right.name())]
    Forbidden { right: RightId, decided_by: Decider },
    /// The permission reaches one's own only, and this is somebody else's.
    #[error("{} reaches only one's own", .right.name())]
    NotOwn { right: RightId },
    /// It takes a fresh proof of who one is: the password, again.
    #[error("the sign-in is not fresh")]
    ConfirmationRequired,
    /// The account still has the password that was generated for it.
    #[error("a first password waits to be changed")]
    PasswordMustChange,
    /// It is a person's own, and a program came with an API key.
    #[error("no API key opens this")]
    NotForKeys,
    /// Who looks as somebody else changes nothing.
    #[error("a preview changes nothing")]
    PreviewReadOnly,
    #[error("the preview has ended")]
    PreviewEnded,
    /// Somebody else's transaction wrote the same unique thing first.
    #[error("a concurrent change took {0}")]
    Conflict(String),
    /// The request was answered before; this is that answer.
    #[error("answered before")]
    AnsweredBefore(Replay),
    /// The key was used with another request.
    #[error("the idempotency key was used with another request")]
    IdempotencyKeyReused,
    /// Serialisation failure or deadlock: trying again helps.
    #[error("busy")]
    Busy,
    #[error("unavailable: {0}")]
    Unavailable(String),
    #[error("unexpected data: {0}")]
    Corrupt(String),
    #[error("SQLite: {0}")]
    Sqlite(rusqlite::Error),
    #[error("PostgreSQL: {}", told(.0))]
    Postgres(tokio_postgres::Error),
}

/// What the server says of an error, without the detail, which quotes rows.
fn told(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(cause) => format!("{} ({})", cause.message(), cause.code().code()),
        None => error.to_string(),
    }
}

impl Error {
    pub(crate) fn unexpected(wanted: &str, found: &Value) -> Self {
        // The kind alone: a cell's content may be private.
        let kind = match found {
            Value::Null => "nothing",
            Value::Int(_) => "an integer",
            Value::Text(_) => "text",
            Value::Bytes(_) => "bytes",
            Value::Id(_) => "an id",
        };
        Self::Corrupt(format!("{wanted} expected, {kind} found"))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
        match &error {
            rusqlite::Error::SqliteFailure(cause, message)
                if matches!(cause.extended_code, SQLITE_CONSTRAINT_PRIMARYKEY | SQLITE_CONSTRAINT_UNIQUE) =>
            {
                Self::Conflict(message.clone().unwrap_or_default())
            }
            rusqlite::Error::SqliteFailure(cause, _)
                if matches!(cause.code, rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) =>
            {
                Self::Busy
            }
            rusqlite::Error::SqliteFailure(cause, _) if cause.code == rusqlite::ErrorCode::DiskFull => {
                Self::Unavailable("the disk is full".into())
            }
            _ => Self::Sqlite(error),
        }
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState;
        match error.code() {
            Some(&SqlState::UNIQUE_VIOLATION) => {
                let constraint = error.as_db_error().and_then(|cause| cause.constraint()).unwrap_or_default();
                Self::Conflict(constraint.to_owned())
            }
            Some(&(SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED)) => Self::Busy,
            None if error.is_closed() => Self::Unavailable("the connection was closed".into()),
            _ => Self::Postgres(error),
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            Error::Unauthenticated => Self::unauthenticated(),
            Error::Forbidden { right, decided_by: Decider::Plan(entitlement) } => {
                Self::new(402, "entitlement_required", "The workspace's plan does not include this.")
                    .with("entitlement", entitlement)
                    .with("permission", right.name())
            }
            Error::Forbidden { right, decided_by } => {
                Self::new(403, "forbidden", format!("This needs the permission {}.", right.name()))
                    .with("permission", right.name())
                    .with("required_scope", "own")
                    .with("decided_by", decided_by.name())
            }
            Error::NotOwn { right } => {
                Self::new(403, "forbidden", format!("Your {} reaches only your own.", right.name()))
                    .with("permission", right.name())
                    .with("required_scope", "any")
                    .with("decided_by", "relation")
            }
            Error::ConfirmationRequired => {
                Self::new(403, "session.confirmation_required", "Show that it is you: confirm your password first.")
                    .with("decided_by", "confirmation")
            }
            Error::PasswordMustChange => {
                Self::new(403, "account.password_must_change", "Choose a password of your own first.")
            }
            Error::NotForKeys => {
                Self::new(403, "api_key.not_for_this", "An API key does not open this: it takes a signed-in person.")
                    .with("decided_by", "key")
            }
            Error::PreviewReadOnly => {
                Self::new(403, "preview_read_only", "This is a preview: nothing can be changed in it.")
                    .with("decided_by", "preview")
            }
            Error::PreviewEnded => Self::new(403, "preview.ended", "This preview has ended."),
            Error::Conflict(_) => {
                Self::new(409, "conflict", "Somebody else changed this at the same moment. Try again.")
            }
            Error::AnsweredBefore(Replay { status, body }) => {
                let mut problem = Self::new(409, "answered_before", "This request was answered before.");
                problem.first_answer = Some((status, body));
                problem
            }
            Error::IdempotencyKeyReused => {
                Self::new(422, "idempotency_key_reused", "This Idempotency-Key belongs to another request.")
            }
            Error::Busy => Self::new(503, "busy", "Too much is happening at once. Try again.").retry_after(1),
            Error::Unavailable(cause) => {
                Self::new(503, "unavailable", "The database cannot answer right now.").retry_after(2).because(cause)
            }
            other => Self::new(500, "internal", "Something went wrong on our side.").because(other.to_string()),
        }
    }
}
