use axum::{Json, extract::State};
use kernel::WorkspaceId;
use tenancy::MemberSelf;

use super::count::NotificationCount;
use crate::{Allowed, App, Failure};

/// Says that one has read all of one's own notifications.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/notifications/read-all", operation_id = "notifications_read_all",
    tag = "notifications", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "What is left unread: nothing", body = NotificationCount))
)]
pub(crate) async fn post(
    Allowed(grant): Allowed<MemberSelf>,
    State(app): State<App>,
) -> Result<Json<NotificationCount>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = ::notifications::mark_all_read(&mut tx).await;
    let none = tx.settle(outcome.map(|()| NotificationCount { unread: 0 })).await?;
    app.notify(grant.scope());
    Ok(Json(none))
}
