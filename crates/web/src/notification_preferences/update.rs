use ::notifications::Preferences;
use axum::Json;
use kernel::WorkspaceId;
use tenancy::MemberSelf;

use crate::{Allowed, Body, Failure};

/// Chooses how one wants to be told. It replaces everything; what is left out is told as usual.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/notification-preferences",
    operation_id = "notification_preferences_put", tag = "notifications", params(("workspace_id" = WorkspaceId, Path)),
    request_body = Preferences, responses((status = 200, description = "The preferences", body = Preferences))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<MemberSelf>,
    Body(wished): Body<Preferences>,
) -> Result<Json<Preferences>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = ::notifications::set_preferences(&mut tx, wished).await;
    Ok(Json(tx.settle(outcome).await?))
}
