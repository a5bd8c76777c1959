use axum::{extract::State, http::StatusCode};
use kernel::Password;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{App, Body, Failure, SignedIn};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordPut {
    current_password: String,
    new_password: Password,
}

/// Changes one's own password; every other session of the account ends.
#[utoipa::path(
    put, path = "/api/v1/me/password", operation_id = "password_put", tag = "accounts", request_body = PasswordPut,
    responses((status = 204, description = "Changed"))
)]
pub(crate) async fn put(
    caller: SignedIn,
    State(app): State<App>,
    Body(change): Body<PasswordPut>,
) -> Result<StatusCode, Failure> {
    app.limits.sign_in.take(&format!("account:{}", caller.account))?;
    let PasswordPut { current_password, new_password } = change;
    directory::change_password(&app.directory, caller.account, caller.session, &current_password, &new_password)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
