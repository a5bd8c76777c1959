use std::collections::BTreeMap;

use axum::{Json, extract::State};
use directory::PermissionSetChange;
use kernel::{Line, ShortText};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::{PermissionSetPath, PermissionSetView};
use crate::{Allowed, App, Body, Failure, PathOf};

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PermissionSetUpdate {
    /// The version that was looked at; a set that was changed since refuses.
    version: i64,
    #[schema(nullable = false)]
    label: Option<Line>,
    #[schema(nullable = false)]
    description: Option<ShortText>,
    /// Permission → none, masked, own or any.
    #[serde(default)]
    grants: BTreeMap<String, String>,
}

/// Changes a permission set, for everybody who has it, at once. It can be widened by what its editor holds.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/permission-sets/{permission_set_id}",
    operation_id = "permission_set_update", tag = "rights", params(PermissionSetPath),
    request_body = PermissionSetUpdate,
    responses((status = 200, description = "The permission set", body = PermissionSetView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<tenancy::RoleManage>,
    State(app): State<App>,
    PathOf(path): PathOf<PermissionSetPath>,
    Body(update): Body<PermissionSetUpdate>,
) -> Result<Json<PermissionSetView>, Failure> {
    let PermissionSetUpdate { version, label, description, grants } = update;
    let change = PermissionSetChange { version, label, description, grants };
    let mut tx = grant.begin().await?;
    let party = &*app.directory.on_exit;
    let outcome = directory::update_permission_set(&mut tx, party, path.permission_set_id, change).await;
    Ok(Json(tx.settle(outcome.map(PermissionSetView::from)).await?))
}
