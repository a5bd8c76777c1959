use std::collections::BTreeMap;

use axum::{Json, http::StatusCode};
use directory::NewRole;
use kernel::{Line, ShortText, WorkspaceId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::RoleView;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleCreate {
    label: Line,
    #[serde(default)]
    description: ShortText,
    /// The role it begins as.
    base_role_key: String,
    /// From 1 to the highest that one could give; the base's, or that, unless said otherwise.
    #[schema(nullable = false)]
    rank: Option<i64>,
    /// Where it differs from its base: permission → none, masked, own or any.
    #[serde(default)]
    grants: BTreeMap<String, String>,
}

/// Makes a role. It grants no more than its maker holds.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/roles", operation_id = "role_create", tag = "rights",
    params(("workspace_id" = WorkspaceId, Path)), request_body = RoleCreate,
    responses((status = 201, description = "The role", body = RoleView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<tenancy::RoleManage>,
    Body(new): Body<RoleCreate>,
) -> Result<(StatusCode, Json<RoleView>), Failure> {
    let RoleCreate { label, description, base_role_key: base, rank, grants } = new;
    let mut tx = grant.begin().await?;
    let outcome = directory::create_role(&mut tx, NewRole { label, description, base, rank, grants }).await;
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome.map(RoleView::from)).await?)))
}
