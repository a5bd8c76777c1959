use conversations::{AudienceKind, CannedResponse};
use kernel::{CannedResponseId, MemberId, TeamId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{Permission, Viewer};
use utoipa::{IntoParams, ToSchema};

use crate::view::Can;

#[derive(Debug, Serialize, ToSchema)]
pub struct CannedResponseView {
    pub id: CannedResponseId,
    /// What one types after the slash.
    pub shortcut: String,
    pub title: String,
    /// With its variables, such as `{{customer.first_name}}`, as they were written.
    pub text: String,
    pub scope: AudienceKind,
    /// Where the scope is a team.
    #[schema(required)]
    pub team_id: Option<TeamId>,
    /// How often it was sent.
    pub usage_count: i64,
    #[schema(required)]
    pub last_used_at: Option<Timestamp>,
    pub created_by: MemberId,
    /// To be sent along with a change.
    pub version: i64,
    pub can: Can,
}

/// Each scope has at most 500, so there are no pages.
#[derive(Debug, Serialize, ToSchema)]
pub struct CannedResponseList {
    pub items: Vec<CannedResponseView>,
}

impl CannedResponseView {
    pub fn of(response: CannedResponse, viewer: &Viewer) -> Self {
        let (manage, own) = (Permission::CannedResponseManage, viewer.member == Some(response.created_by));
        Self {
            can: Can::new([(manage, viewer.ability(manage, own))]),
            id: response.id,
            shortcut: response.shortcut,
            title: response.title,
            text: response.text,
            scope: response.audience.kind(),
            team_id: response.audience.team(),
            usage_count: response.usage_count,
            last_used_at: response.last_used_at,
            created_by: response.created_by,
            version: response.version,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct CannedResponsePath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) canned_response_id: CannedResponseId,
}
