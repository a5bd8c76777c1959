use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use kernel::{Problem, SessionId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::cookie;
use crate::{App, Failure, PathOf, SignedIn};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct SessionPath {
    /// A session's id, or `current`.
    session_id: String,
}

/// Signs a browser out: this one (`current`), or another one of the same person.
#[utoipa::path(
    delete, path = "/api/v1/sessions/{session_id}", operation_id = "session_delete", tag = "accounts",
    params(SessionPath), responses((status = 204, description = "Ended"))
)]
pub(crate) async fn delete(
    caller: SignedIn,
    State(app): State<App>,
    PathOf(path): PathOf<SessionPath>,
) -> Result<(StatusCode, HeaderMap), Failure> {
    let session: SessionId = match path.session_id.as_str() {
        "current" => caller.session,
        id => id.parse().map_err(|_| Problem::not_found())?,
    };
    directory::end_session(&app.directory, caller.account, session).await?;
    let headers = if session == caller.session { cookie::taken(&app) } else { HeaderMap::new() };
    Ok((StatusCode::NO_CONTENT, headers))
}
