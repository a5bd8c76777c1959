use axum::{extract::State, http::StatusCode};
use kernel::{NotificationId, WorkspaceId};
use serde::Deserialize;
use tenancy::MemberSelf;
use utoipa::IntoParams;

use crate::{Allowed, App, Failure, PathOf};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct NotificationPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    _workspace_id: WorkspaceId,
    notification_id: NotificationId,
}

/// Says that one has read a notification.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/notifications/{notification_id}/read",
    operation_id = "notification_read_put", tag = "notifications", params(NotificationPath),
    responses((status = 204, description = "Noted"))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<MemberSelf>,
    State(app): State<App>,
    PathOf(path): PathOf<NotificationPath>,
) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = ::notifications::mark_read(&mut tx, path.notification_id).await;
    tx.settle(outcome).await?;
    app.notify(grant.scope());
    Ok(StatusCode::NO_CONTENT)
}
