//! How a workspace is shown to its members.

use directory::Workspace;
use kernel::{BusinessId, Timestamp, WorkspaceId};
use serde::Serialize;
use tenancy::{Permission, Viewer};
use utoipa::ToSchema;

use crate::view::Can;

#[derive(Debug, Serialize, ToSchema)]
pub struct WorkspaceView {
    pub id: WorkspaceId,
    pub name: String,
    pub state: String,
    /// The policy pack.
    pub pack: String,
    pub pack_version: i64,
    pub default_business_id: BusinessId,
    pub created_at: Timestamp,
    /// When it will be deleted, while that is scheduled.
    #[schema(required)]
    pub deletion_at: Option<Timestamp>,
    pub version: i64,
    pub can: Can,
}

const ABILITIES: [Permission; 6] = [
    Permission::WorkspaceViewSettings,
    Permission::WorkspaceEditSettings,
    Permission::WorkspaceDelete,
    Permission::WorkspaceTransferOwnership,
    Permission::MemberInvite,
    Permission::MemberInviteCollaborator,
];

impl WorkspaceView {
    pub fn of(workspace: Workspace, viewer: &Viewer) -> Self {
        Self {
            id: workspace.id,
            name: workspace.name,
            state: workspace.state,
            pack: workspace.pack,
            pack_version: workspace.pack_version,
            default_business_id: workspace.default_business,
            created_at: workspace.created_at,
            deletion_at: workspace.deletion_at,
            version: workspace.version,
            can: Can::new(ABILITIES.map(|permission| (permission, viewer.ability(permission, true)))),
        }
    }
}
