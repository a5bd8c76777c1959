//! How an invitation is shown to the workspace that sent it.

use directory::{Invitation, InvitationStatus};
use kernel::{InvitationId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::SeatType;
use utoipa::{IntoParams, ToSchema};

use crate::{conversations::view::MemberRef, me::view::RoleRefView, view::list_of};

#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationView {
    pub id: InvitationId,
    #[schema(format = Email)]
    pub email: String,
    pub role: RoleRefView,
    /// Accepting it makes one the owner.
    pub as_owner: bool,
    pub seat_type: SeatType,
    #[schema(inline)]
    pub status: InvitationStatusView,
    pub invited_by: MemberRef,
    pub sent_at: Timestamp,
    /// When its link dies.
    pub expires_at: Timestamp,
}

list_of!(InvitationList, InvitationView);

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvitationStatusView {
    Pending,
    /// Not answered in time; sending it again revives it.
    Expired,
}

impl From<Invitation> for InvitationView {
    fn from(invitation: Invitation) -> Self {
        Self {
            id: invitation.id,
            email: invitation.email,
            role: invitation.role.into(),
            as_owner: invitation.as_owner,
            seat_type: invitation.seat_type,
            status: match invitation.status {
                InvitationStatus::Pending => InvitationStatusView::Pending,
                InvitationStatus::Expired => InvitationStatusView::Expired,
            },
            invited_by: MemberRef {
                id: invitation.invited_by,
                name: invitation.inviter_name,
                former: invitation.inviter_former,
            },
            sent_at: invitation.sent_at,
            expires_at: invitation.expires_at,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct InvitationPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) invitation_id: InvitationId,
}
