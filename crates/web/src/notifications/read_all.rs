use axum::{extract::State, http::StatusCode};
use kernel::WorkspaceId;
use tenancy::MemberSelf;

use crate::{Allowed, App, Failure};

/// Says that one has read all of one's own notifications.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/notifications/read-all", operation_id = "notifications_read_all",
    tag = "notifications", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 204, description = "Noted"))
)]
pub(crate) async fn post(Allowed(grant): Allowed<MemberSelf>, State(app): State<App>) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = ::notifications::mark_all_read(&mut tx).await;
    tx.settle(outcome).await?;
    app.notify(grant.scope());
    Ok(StatusCode::NO_CONTENT)
}
