use axum::{extract::State, http::StatusCode};

use crate::{App, Failure, SignedIn};

/// Mails a link to one's own address.
#[utoipa::path(
    post, path = "/api/v1/email-verifications", operation_id = "email_verification_create", tag = "accounts",
    responses((status = 202, description = "A mail is sent, unless the address is verified already"))
)]
pub(crate) async fn create(mut caller: SignedIn, State(app): State<App>) -> Result<StatusCode, Failure> {
    app.limits.reset.take(&format!("verify:{}", caller.account))?;
    let mut tx = caller.begin(&app).await?;
    let outcome = directory::request_email_verification(&mut tx, caller.account).await;
    tx.settle_accepted(outcome).await?;
    Ok(StatusCode::ACCEPTED)
}
