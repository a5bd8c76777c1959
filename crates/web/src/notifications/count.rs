use axum::Json;
use kernel::WorkspaceId;
use serde::Serialize;
use tenancy::MemberSelf;
use utoipa::ToSchema;

use crate::{Allowed, Failure};

/// Also the data of `event: notification`, which a member's stream gets when its own notifications changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationCount {
    /// 100 means more than 99.
    pub unread: i64,
}

/// How many of one's own notifications are not read yet.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/notifications/count", operation_id = "notifications_count",
    tag = "notifications", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The count", body = NotificationCount))
)]
pub(crate) async fn show(Allowed(grant): Allowed<MemberSelf>) -> Result<Json<NotificationCount>, Failure> {
    let unread = ::notifications::unread(&mut grant.read().await?).await?;
    Ok(Json(NotificationCount { unread }))
}
