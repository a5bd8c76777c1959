//! How permission sets are shown.

use directory::PermissionSet;
use kernel::{PermissionSetId, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::Permission;
use utoipa::{IntoParams, ToSchema};

use crate::{roles::view::GrantsView, view::Can};

#[derive(Debug, Serialize, ToSchema)]
pub struct PermissionSetView {
    pub id: PermissionSetId,
    pub label: String,
    pub description: String,
    /// To be sent along with a change.
    pub version: i64,
    /// Members who have it.
    pub holders_count: i64,
    pub grants: GrantsView,
    /// A set that one has says `self`, one of somebody above `rank`.
    pub can: Can,
}

/// There are few, so there are no pages.
#[derive(Debug, Serialize, ToSchema)]
pub struct PermissionSetList {
    pub items: Vec<PermissionSetView>,
}

impl From<PermissionSet> for PermissionSetView {
    fn from(set: PermissionSet) -> Self {
        Self {
            grants: GrantsView::of(&set.grants),
            can: Can::new([(Permission::RoleManage, set.editing)]),
            id: set.id,
            label: set.label,
            description: set.description,
            version: set.version,
            holders_count: set.holders_count,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct PermissionSetPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) permission_set_id: PermissionSetId,
}
