use std::collections::BTreeMap;

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::RolePath;
use crate::{Allowed, Body, Failure, PathOf};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleDraft {
    /// What would change: permission → none, masked, own or any.
    grants: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RoleImpact {
    /// Permissions that would reach further.
    pub gains: Vec<&'static str>,
    /// Permissions that would reach less.
    pub losses: Vec<&'static str>,
    /// Members whose rights would really change.
    pub members_affected: usize,
}

/// What a change of a role would mean. Nothing is changed.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/roles/{role_key}/impact", operation_id = "role_impact",
    tag = "rights", params(RolePath), request_body = RoleDraft,
    responses((status = 200, description = "Gains and losses", body = RoleImpact))
)]
pub(crate) async fn impact(
    Allowed(grant): Allowed<tenancy::RoleManage>,
    PathOf(path): PathOf<RolePath>,
    Body(draft): Body<RoleDraft>,
) -> Result<Json<RoleImpact>, Failure> {
    let mut session = grant.read().await?;
    let impact = directory::role_impact(&mut session, &path.role_key, &draft.grants).await?;
    let names =
        |permissions: Vec<tenancy::Permission>| permissions.iter().map(|permission| permission.name()).collect();
    let (gains, losses) = (names(impact.difference.gains), names(impact.difference.losses));
    Ok(Json(RoleImpact { gains, losses, members_affected: impact.members_affected }))
}
