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
    pub default_business_id: BusinessId,
    pub created_at: Timestamp,
    pub version: i64,
    pub can: Can,
}

const ABILITIES: [Permission; 3] =
    [Permission::WorkspaceViewSettings, Permission::WorkspaceEditSettings, Permission::MemberInvite];

impl WorkspaceView {
    pub fn of(workspace: Workspace, viewer: &Viewer) -> Self {
        Self {
            id: workspace.id,
            name: workspace.name,
            state: workspace.state,
            pack: workspace.pack,
            default_business_id: workspace.default_business,
            created_at: workspace.created_at,
            version: workspace.version,
            can: Can::new(ABILITIES.map(|permission| (permission, viewer.ability(permission, true)))),
        }
    }
}
