use axum::{extract::State, http::StatusCode};
use kernel::Password;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{Anyone, App, Body, Failure, peer::Peer};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordResetComplete {
    token: String,
    password: Password,
}

/// Sets a new password by the link's token; every session of the account ends.
#[utoipa::path(
    post, path = "/api/v1/password-resets/complete", operation_id = "password_reset_complete", tag = "accounts",
    request_body = PasswordResetComplete, responses((status = 204, description = "Set"))
)]
pub(crate) async fn complete(
    _: Anyone,
    State(app): State<App>,
    peer: Peer,
    Body(given): Body<PasswordResetComplete>,
) -> Result<StatusCode, Failure> {
    app.limits.sign_in.take(&peer.0)?;
    directory::complete_password_reset(&app.directory, &given.token, &given.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
