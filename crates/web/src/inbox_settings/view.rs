//! How the inbox's settings are shown.

use directory::{InboxPolicy, InboxSettings};
use serde::Serialize;
use tenancy::{Permission, Viewer};
use utoipa::ToSchema;

use crate::view::Can;

#[derive(Debug, Serialize, ToSchema)]
pub struct InboxSettingsView {
    #[serde(flatten)]
    pub settings: InboxSettings,
    /// What would hold without the workspace's own decisions.
    pub pack: InboxSettings,
    /// The fields that the workspace decided.
    pub overridden: Vec<&'static str>,
    pub can: Can,
}

impl InboxSettingsView {
    pub fn of(policy: InboxPolicy, viewer: &Viewer) -> Self {
        let edit = Permission::WorkspaceEditSettings;
        Self {
            settings: policy.settings,
            pack: policy.pack,
            overridden: policy.overridden,
            can: Can::new([(edit, viewer.ability(edit, false))]),
        }
    }
}
