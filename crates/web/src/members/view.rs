//! How members are shown to each other, and what an exit left behind.

use directory::{Authority, ExitReceipt, ExitWay, Member, MemberStatus, PermissionSetRef, Refusal};
use kernel::{AccountId, ConversationId, ExitReceiptId, MemberId, PermissionSetId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{Permission, SeatType, Session};
use utoipa::{IntoParams, ToSchema};

use super::availability::AvailabilityView;
use crate::{
    me::view::RoleRefView,
    view::{AbilityView, Can, list_of},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct MemberView {
    pub id: MemberId,
    pub account_id: AccountId,
    /// The name for this workspace, or the account's.
    pub name: String,
    /// The name for this workspace alone.
    #[schema(required)]
    pub display_name: Option<String>,
    #[schema(format = Email)]
    pub email: String,
    pub role: RoleRefView,
    pub seat_type: SeatType,
    pub status: MemberStatus,
    pub joined_at: Timestamp,
    /// When they left or were removed.
    #[schema(required)]
    pub ended_at: Option<Timestamp>,
    #[schema(required)]
    pub last_active_at: Option<Timestamp>,
    pub is_owner: bool,
    pub is_me: bool,
    /// When the membership ends by itself.
    #[schema(required)]
    pub ends_on: Option<Timestamp>,
    /// When somebody last said that they still should be here.
    #[schema(required)]
    pub reviewed_at: Option<Timestamp>,
    pub permission_sets: Vec<PermissionSetRefView>,
    /// As they said last; shifts and hours are asked beside it.
    pub availability: AvailabilityView,
    /// Whether conversations can be given to them at all, away or not: true, or why not.
    pub can_be_assigned: AbilityView,
    pub can: Can,
}

list_of!(MemberList, MemberView);

/// A permission set inside something else.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PermissionSetRef)]
pub struct PermissionSetRefView {
    pub id: PermissionSetId,
    pub label: String,
}

pub(crate) const ABILITIES: [Permission; 7] = [
    Permission::MemberEdit,
    Permission::MemberChangeRole,
    Permission::MemberDeactivate,
    Permission::MemberRemove,
    Permission::MemberResetPassword,
    Permission::SecurityManage,
    Permission::WorkspaceTransferOwnership,
];

impl MemberView {
    pub fn of(member: Member, viewer: &Authority) -> Self {
        Self {
            can: Can::new(ABILITIES.map(|permission| (permission, viewer.ability(permission, &member)))),
            is_me: viewer.id() == member.id,
            id: member.id,
            account_id: member.account,
            name: member.name,
            display_name: member.display_name,
            email: member.email,
            role: member.role.into(),
            seat_type: member.seat_type,
            status: member.status,
            joined_at: member.joined_at,
            ended_at: member.ended_at,
            last_active_at: member.last_active_at,
            is_owner: member.is_owner,
            ends_on: member.ends_on,
            reviewed_at: member.reviewed_at,
            availability: member.availability.into(),
            can_be_assigned: AbilityView(member.can_be_assigned),
            permission_sets: member.permission_sets.into_iter().map(PermissionSetRefView::from).collect(),
        }
    }

    /// As the session's actor sees it.
    pub async fn shown(session: &mut Session, member: Member) -> Result<Self, Refusal> {
        Ok(Self::of(member, &Authority::of(session).await?))
    }
}

impl From<PermissionSetRef> for PermissionSetRefView {
    fn from(set: PermissionSetRef) -> Self {
        Self { id: set.id, label: set.label }
    }
}

/// What an exit ended and moved, as it was at that moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExitReceiptView {
    pub id: ExitReceiptId,
    pub member_id: MemberId,
    pub how: ExitWay,
    pub at: Timestamp,
    /// Unassigned and back in their queues; the first hundred.
    pub conversations_requeued: Vec<ConversationId>,
    pub conversations_count: usize,
    /// Open tasks that wait for somebody else to take them.
    pub tasks_count: usize,
    /// Signed-in browsers that this workspace was closed to.
    pub sessions_cut: i64,
    pub api_keys_ended: u64,
}

list_of!(ExitReceiptList, ExitReceiptView);

impl From<ExitReceipt> for ExitReceiptView {
    fn from(receipt: ExitReceipt) -> Self {
        let ExitReceipt { id, member, how, at, moved } = receipt;
        Self {
            id,
            member_id: member,
            how,
            at,
            conversations_requeued: moved.conversations,
            conversations_count: moved.conversations_count,
            tasks_count: moved.tasks_count,
            sessions_cut: moved.sessions,
            api_keys_ended: moved.api_keys,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct MemberPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) member_id: MemberId,
}
