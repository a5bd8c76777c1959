use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::cookie;
use crate::{App, Body, Failure, SignedIn};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SessionConfirm {
    password: String,
}

/// Proves again who one is, by the password. What comes close to owning a workspace takes a proof not older than ten
/// minutes. The answer sets the session's new cookie; the old one is dead at once.
#[utoipa::path(
    post, path = "/api/v1/sessions/current/confirmation", operation_id = "session_confirm", tag = "accounts",
    request_body = SessionConfirm, responses((status = 204, description = "Confirmed"))
)]
pub(crate) async fn confirm(
    caller: SignedIn,
    State(app): State<App>,
    Body(given): Body<SessionConfirm>,
) -> Result<(StatusCode, HeaderMap), Failure> {
    app.limits.sign_in.take(&format!("account:{}", caller.account))?;
    let new = directory::confirm_session(&app.directory, caller.account, caller.session, &given.password).await?;
    Ok((StatusCode::NO_CONTENT, cookie::given(&app, &new.token, new.shared)))
}
