use std::collections::BTreeMap;

use axum::{Json, extract::State};
use directory::RoleChange;
use kernel::{Line, ShortText};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::{RolePath, RoleView};
use crate::{Allowed, App, Body, Failure, PathOf};

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleUpdate {
    /// The version that was looked at; a role that was changed since refuses.
    version: i64,
    #[schema(nullable = false)]
    label: Option<Line>,
    #[schema(nullable = false)]
    description: Option<ShortText>,
    /// From 1 to the highest that one could give.
    #[schema(nullable = false)]
    rank: Option<i64>,
    /// Permission → none, masked, own or any.
    #[serde(default)]
    grants: BTreeMap<String, String>,
}

/// Changes a role of the workspace's own, for everybody who has it, at once. It can be widened by what its editor
/// holds.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/roles/{role_key}", operation_id = "role_update", tag = "rights",
    params(RolePath), request_body = RoleUpdate,
    responses((status = 200, description = "The role", body = RoleView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<tenancy::RoleManage>,
    State(app): State<App>,
    PathOf(path): PathOf<RolePath>,
    Body(update): Body<RoleUpdate>,
) -> Result<Json<RoleView>, Failure> {
    let RoleUpdate { version, label, description, rank, grants } = update;
    let change = RoleChange { version, label, description, rank, grants };
    let mut tx = grant.begin().await?;
    let outcome = directory::update_role(&mut tx, &*app.directory.on_exit, &path.role_key, change).await;
    Ok(Json(tx.settle(outcome.map(RoleView::from)).await?))
}
