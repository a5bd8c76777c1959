use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{Anyone, App, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EmailVerificationComplete {
    token: String,
}

/// Proves the address by the link's token.
#[utoipa::path(
    post, path = "/api/v1/email-verifications/complete", operation_id = "email_verification_complete",
    tag = "accounts", request_body = EmailVerificationComplete, responses((status = 204, description = "Verified"))
)]
pub(crate) async fn complete(
    _: Anyone,
    State(app): State<App>,
    Body(given): Body<EmailVerificationComplete>,
) -> Result<StatusCode, Failure> {
    directory::verify_email(&app.directory, &given.token).await?;
    Ok(StatusCode::NO_CONTENT)
}
