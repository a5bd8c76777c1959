//! How a transfer is shown to the members.

use directory::{Mechanism, Party, Transfer, TransferState};
use kernel::{MemberId, OwnershipTransferId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{conversations::view::MemberRef, view::list_of};

#[derive(Debug, Serialize, ToSchema)]
pub struct OwnershipTransferView {
    pub id: OwnershipTransferId,
    pub from: MemberRef,
    pub to: MemberRef,
    #[schema(inline)]
    pub mechanism: TransferMechanism,
    #[schema(inline)]
    pub state: TransferStateView,
    pub requested_at: Timestamp,
    /// When it dies unanswered.
    pub expires_at: Timestamp,
    #[schema(required)]
    pub settled_at: Option<Timestamp>,
    pub can: TransferAnswers,
}

list_of!(OwnershipTransferList, OwnershipTransferView);

/// What the caller can answer now.
#[derive(Debug, Serialize, ToSchema)]
pub struct TransferAnswers {
    pub accept: bool,
    pub decline: bool,
    pub cancel: bool,
}

/// How a transfer begins.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TransferMechanism {
    /// The owner offers, the receiver accepts.
    SelfServe,
    /// The operator of the server approves first.
    SupportRequest,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TransferStateView {
    AwaitingOperator,
    AwaitingAcceptance,
    Accepted,
    /// By the receiver.
    Declined,
    /// By the owner, or because one of the two is active no longer.
    Cancelled,
    /// By the operator.
    Refused,
    Expired,
}

impl OwnershipTransferView {
    pub fn of(transfer: Transfer, viewer: Option<MemberId>) -> Self {
        let receives = viewer == Some(transfer.to.id);
        Self {
            can: TransferAnswers {
                accept: receives && transfer.state == TransferState::AwaitingAcceptance,
                decline: receives && transfer.state.is_open(),
                cancel: viewer == Some(transfer.from.id) && transfer.state.is_open(),
            },
            id: transfer.id,
            from: party(transfer.from),
            to: party(transfer.to),
            mechanism: transfer.mechanism.into(),
            state: transfer.state.into(),
            requested_at: transfer.requested_at,
            expires_at: transfer.expires_at,
            settled_at: transfer.settled_at,
        }
    }
}

fn party(party: Party) -> MemberRef {
    MemberRef { id: party.id, name: party.name, former: party.former }
}

impl From<Mechanism> for TransferMechanism {
    fn from(mechanism: Mechanism) -> Self {
        match mechanism {
            Mechanism::SelfServe => Self::SelfServe,
            Mechanism::SupportRequest => Self::SupportRequest,
        }
    }
}

impl From<TransferMechanism> for Mechanism {
    fn from(mechanism: TransferMechanism) -> Self {
        match mechanism {
            TransferMechanism::SelfServe => Self::SelfServe,
            TransferMechanism::SupportRequest => Self::SupportRequest,
        }
    }
}

impl From<TransferState> for TransferStateView {
    fn from(state: TransferState) -> Self {
        match state {
            TransferState::AwaitingOperator => Self::AwaitingOperator,
            TransferState::AwaitingAcceptance => Self::AwaitingAcceptance,
            TransferState::Accepted => Self::Accepted,
            TransferState::Declined => Self::Declined,
            TransferState::Cancelled => Self::Cancelled,
            TransferState::Refused => Self::Refused,
            TransferState::Expired => Self::Expired,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TransferPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) transfer_id: OwnershipTransferId,
}
