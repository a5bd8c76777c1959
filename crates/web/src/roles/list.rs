use axum::Json;
use directory::OfferedRole;
use kernel::WorkspaceId;
use serde::Serialize;
use tenancy::SeatType;
use utoipa::ToSchema;

use crate::{Allowed, Failure};

#[derive(Debug, Serialize, ToSchema)]
pub struct RoleView {
    pub key: String,
    pub label: String,
    /// The higher, the nearer to the owner.
    pub rank: i64,
    /// The seat it usually comes with.
    pub seat_type: SeatType,
    /// Whether the caller could hand it out.
    pub assignable: bool,
}

/// All roles of the pack: there are few, so there are no pages.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleList {
    pub items: Vec<RoleView>,
}

impl From<OfferedRole> for RoleView {
    fn from(role: OfferedRole) -> Self {
        Self {
            key: role.key,
            label: role.label,
            rank: role.rank,
            seat_type: role.seat_type,
            assignable: role.assignable,
        }
    }
}

/// The roles, highest first.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/roles", operation_id = "roles_list", tag = "members",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The roles", body = RoleList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<tenancy::MemberView>) -> Result<Json<RoleList>, Failure> {
    let roles = directory::roles(&mut grant.read().await?).await?;
    Ok(Json(RoleList { items: roles.into_iter().map(RoleView::from).collect() }))
}
