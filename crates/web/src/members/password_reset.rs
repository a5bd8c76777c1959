use axum::{extract::State, http::StatusCode};
use tenancy::MemberResetPassword;

use super::view::MemberPath;
use crate::{Allowed, App, Failure, PathOf};

/// Has a link for a new password mailed to the member's own address.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/members/{member_id}/password-reset",
    operation_id = "member_password_reset_create", tag = "members", params(MemberPath),
    responses((status = 202, description = "It will be mailed"))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<MemberResetPassword>,
    State(app): State<App>,
    PathOf(path): PathOf<MemberPath>,
) -> Result<StatusCode, Failure> {
    app.limits.reset.take(&path.member_id.to_string())?;
    let mut tx = grant.begin().await?;
    let outcome = directory::send_password_reset(&mut tx, path.member_id).await;
    tx.settle_accepted(outcome).await?;
    Ok(StatusCode::ACCEPTED)
}
