use axum::{extract::State, http::StatusCode};
use kernel::EmailAddress;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{Anyone, App, Body, Failure, peer::Peer};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordResetCreate {
    email: EmailAddress,
}

/// Asks for a link by mail; the answer is the same for every address.
#[utoipa::path(
    post, path = "/api/v1/password-resets", operation_id = "password_reset_create", tag = "accounts",
    request_body = PasswordResetCreate, responses((status = 202, description = "If there is an account, a mail is sent"))
)]
pub(crate) async fn create(
    _: Anyone,
    State(app): State<App>,
    peer: Peer,
    Body(asked): Body<PasswordResetCreate>,
) -> Result<StatusCode, Failure> {
    app.limits.reset.take(&format!("{} {}", peer.0, asked.email))?;
    directory::request_password_reset(&app.directory, &asked.email).await?;
    Ok(StatusCode::ACCEPTED)
}
