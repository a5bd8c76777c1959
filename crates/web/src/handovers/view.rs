//! How hand-overs are shown.

use conversations::{HandedOver, Handover, HandoverState, PendingHandover, Receiver};
use customers::masking::Exposure;
use kernel::{ConversationId, HandoverId, MemberId, TeamId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::Viewer;
use utoipa::{IntoParams, ToSchema};

use crate::{
    conversations::view::{ConversationView, MemberRef},
    view::list_of,
};

/// Who is to go on: a member or a team.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HandoverTo {
    #[schema(required)]
    pub member_id: Option<MemberId>,
    #[schema(required)]
    pub team_id: Option<TeamId>,
}

impl From<Receiver> for HandoverTo {
    fn from(to: Receiver) -> Self {
        match to {
            Receiver::Member(member) => Self { member_id: Some(member), team_id: None },
            Receiver::Team(team) => Self { member_id: None, team_id: Some(team) },
        }
    }
}

/// A hand-over that waits for an answer. Its receiver is the assignee, or the team.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PendingHandoverView {
    pub id: HandoverId,
    pub to: HandoverTo,
    pub by: MemberRef,
    pub expires_at: Timestamp,
}

impl PendingHandoverView {
    pub fn of(pending: PendingHandover) -> Self {
        let (by, name) = pending.by;
        Self { id: pending.id, to: pending.to.into(), by: MemberRef::here(by, name), expires_at: pending.expires_at }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = HandoverState)]
pub enum HandoverStateView {
    Open,
    Accepted,
    Refused,
    Withdrawn,
    Expired,
    /// Somebody moved the conversation on before it was answered.
    Overtaken,
}

impl From<HandoverState> for HandoverStateView {
    fn from(state: HandoverState) -> Self {
        match state {
            HandoverState::Open => Self::Open,
            HandoverState::Accepted => Self::Accepted,
            HandoverState::Refused => Self::Refused,
            HandoverState::Withdrawn => Self::Withdrawn,
            HandoverState::Expired => Self::Expired,
            HandoverState::Overtaken => Self::Overtaken,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct HandoverView {
    pub id: HandoverId,
    pub conversation_id: ConversationId,
    /// Its note.
    pub note_seq: i64,
    pub by: MemberRef,
    pub to: HandoverTo,
    /// What the member or the team is called.
    pub to_name: String,
    pub state: HandoverStateView,
    /// Why it was refused.
    #[schema(required)]
    pub reason: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    #[schema(required)]
    pub answered_at: Option<Timestamp>,
    #[schema(required)]
    pub answered_by: Option<MemberId>,
}

list_of!(HandoverList, HandoverView);

impl HandoverView {
    /// A reason is written by a member, and may name the customer's address.
    pub fn of(handover: Handover, exposure: Exposure) -> Self {
        let (by, name) = handover.from;
        Self {
            id: handover.id,
            conversation_id: handover.conversation_id,
            note_seq: handover.seq,
            by: MemberRef::here(by, name),
            to: handover.to.into(),
            to_name: handover.to_name,
            state: handover.state.into(),
            reason: handover.reason.map(|reason| exposure.text(&reason)),
            created_at: handover.created_at,
            expires_at: handover.expires_at,
            answered_at: handover.answered_at,
            answered_by: handover.answered_by,
        }
    }
}

/// A hand-over that was made or answered, and its conversation as it now stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandedOverView {
    pub handover: HandoverView,
    /// Null for who lost sight of it by this.
    #[schema(required)]
    pub conversation: Option<ConversationView>,
}

impl HandedOverView {
    pub fn of(handed: HandedOver, viewer: &Viewer) -> Self {
        let exposure = Exposure::beside_conversation(viewer, handed.conversation.contact);
        let seen = conversations::Visibility::of_viewer(viewer).sees(&handed.conversation.sight());
        Self {
            handover: HandoverView::of(handed.handover, exposure),
            conversation: seen.then(|| ConversationView::of(handed.conversation, viewer)),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct HandoverPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) handover_id: HandoverId,
}
