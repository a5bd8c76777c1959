use std::collections::BTreeMap;

use axum::{Json, http::StatusCode};
use directory::NewPermissionSet;
use kernel::{Line, ShortText, WorkspaceId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::PermissionSetView;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PermissionSetCreate {
    label: Line,
    #[serde(default)]
    description: ShortText,
    /// Permission → none, masked, own or any.
    #[serde(default)]
    grants: BTreeMap<String, String>,
}

/// Makes a permission set. It grants no more than its maker holds.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/permission-sets", operation_id = "permission_set_create",
    tag = "rights", params(("workspace_id" = WorkspaceId, Path)), request_body = PermissionSetCreate,
    responses((status = 201, description = "The permission set", body = PermissionSetView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<tenancy::RoleManage>,
    Body(new): Body<PermissionSetCreate>,
) -> Result<(StatusCode, Json<PermissionSetView>), Failure> {
    let PermissionSetCreate { label, description, grants } = new;
    let mut tx = grant.begin().await?;
    let outcome = directory::create_permission_set(&mut tx, NewPermissionSet { label, description, grants }).await;
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome.map(PermissionSetView::from)).await?)))
}
