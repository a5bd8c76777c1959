use axum::{Json, extract::State};
use kernel::WorkspaceId;
use serde::Serialize;
use tenancy::MemberSelf;
use utoipa::ToSchema;

use crate::{Allowed, App, Failure};

#[derive(Debug, Serialize, ToSchema)]
pub struct PushKey {
    /// The `applicationServerKey` that a browser subscribes with, as base64 for URLs.
    pub public_key: String,
}

/// The key by which this installation signs push messages.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/push-key", operation_id = "push_key_show", tag = "notifications",
    params(("workspace_id" = WorkspaceId, Path)), responses((status = 200, description = "The key", body = PushKey))
)]
pub(crate) async fn show(
    Allowed(_grant): Allowed<MemberSelf>,
    State(app): State<App>,
) -> Result<Json<PushKey>, Failure> {
    let public_key = ::notifications::push_key(&app.directory.instance, &*app.push).await?;
    Ok(Json(PushKey { public_key }))
}
