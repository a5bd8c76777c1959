use axum::Json;
use kernel::{Limit, WorkspaceId};
use serde::Deserialize;
use tenancy::MemberSelf;
use utoipa::IntoParams;

use super::view::{NotificationList, NotificationView};
use crate::{Allowed, Failure, Params};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct NotificationsQuery {
    /// Only what was not read yet.
    unread: Option<bool>,
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100, default = 25)]
    limit: Option<Limit>,
    cursor: Option<String>,
}

/// One's own notifications, newest first: one for each subject that one can still open.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/notifications", operation_id = "notifications_list",
    tag = "notifications", params(("workspace_id" = WorkspaceId, Path), NotificationsQuery),
    responses((status = 200, description = "A page of notifications", body = NotificationList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<MemberSelf>,
    Params(query): Params<NotificationsQuery>,
) -> Result<Json<NotificationList>, Failure> {
    let (limit, cursor) = (query.limit.unwrap_or_default(), query.cursor.as_deref());
    let mut session = grant.read().await?;
    let page = ::notifications::notifications(&mut session, query.unread.unwrap_or(false), limit, cursor).await?;
    Ok(Json(page.map(NotificationView::from).into()))
}
