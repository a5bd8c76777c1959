use conversations::{Action, AudienceKind, Macro};
use kernel::{MacroId, MemberId, TeamId, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{Permission, Viewer};
use utoipa::{IntoParams, ToSchema};

use crate::view::Can;

#[derive(Debug, Serialize, ToSchema)]
pub struct MacroView {
    pub id: MacroId,
    pub name: String,
    pub scope: AudienceKind,
    /// Where the scope is a team.
    #[schema(required)]
    pub team_id: Option<TeamId>,
    /// What it does, in this order.
    pub actions: Vec<Action>,
    /// How often it was run.
    pub usage_count: i64,
    pub created_by: MemberId,
    /// To be sent along with a change.
    pub version: i64,
    /// `canned_response.manage`: whether the caller may change it; the rights of its actions, whether they can run it.
    pub can: Can,
}

/// Each scope has at most 200, so there are no pages.
#[derive(Debug, Serialize, ToSchema)]
pub struct MacroList {
    pub items: Vec<MacroView>,
}

impl MacroView {
    pub fn of(one: Macro, viewer: &Viewer) -> Self {
        let (manage, own) = (Permission::CannedResponseManage, viewer.member == Some(one.created_by));
        // Whether it reaches a conversation shows there.
        let takes = one.actions.iter().map(Action::permission).map(|right| (right, viewer.ability(right, true)));
        Self {
            can: Can::new(takes.chain([(manage, viewer.ability(manage, own))])),
            id: one.id,
            name: one.name,
            scope: one.audience.kind(),
            team_id: one.audience.team(),
            actions: one.actions,
            usage_count: one.usage_count,
            created_by: one.created_by,
            version: one.version,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct MacroPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) macro_id: MacroId,
}
