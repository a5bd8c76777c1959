use axum::Json;
use kernel::WorkspaceId;
use serde::Serialize;
use tenancy::{Kind, Pack, Permission, Reach};
use utoipa::ToSchema;

use super::group::group;
use crate::{Allowed, Failure, roles::view::ReachView};

/// A permission of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub struct PermissionView {
    /// `noun.verb`.
    pub name: &'static str,
    /// The group it stands in, in plain words.
    pub group: &'static str,
    pub description: &'static str,
    pub kind: PermissionKind,
    /// What makes something one's own for it, in the workspace's policy pack; `none` where nothing does.
    pub relation: &'static str,
    /// How far it can be granted, least first.
    pub reaches: Vec<ReachView>,
    /// Holding it comes close to owning the workspace: using it takes a fresh sign-in, and no API key holds it.
    pub owner_equivalent: bool,
}

/// What a permission is about: seeing, doing, being given something, or fields of a record.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PermissionKind {
    View,
    Action,
    Eligibility,
    Field,
}

/// The whole catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub struct PermissionList {
    pub items: Vec<PermissionView>,
}

impl PermissionView {
    fn of(permission: Permission, pack: &Pack) -> Self {
        Self {
            name: permission.name(),
            group: group(permission),
            description: permission.description(),
            kind: match permission.kind() {
                Kind::View => PermissionKind::View,
                Kind::Action => PermissionKind::Action,
                Kind::Eligibility => PermissionKind::Eligibility,
                Kind::Field => PermissionKind::Field,
            },
            relation: pack.relation(permission).name(),
            reaches: reaches(permission),
            owner_equivalent: permission.is_owner_equivalent(),
        }
    }
}

fn reaches(permission: Permission) -> Vec<ReachView> {
    let all = [Reach::None, Reach::Masked, Reach::Own, Reach::Any];
    all.into_iter().filter(|reach| permission.parse_reach(reach.name()).is_ok()).map(ReachView::from).collect()
}

/// Everything that can be allowed.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/permissions", operation_id = "permissions_list", tag = "rights",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The catalogue", body = PermissionList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<tenancy::RoleView>) -> Result<Json<PermissionList>, Failure> {
    let roles = grant.read().await?.roles().await?;
    let items = Permission::ALL.iter().map(|permission| PermissionView::of(*permission, roles.pack())).collect();
    Ok(Json(PermissionList { items }))
}
