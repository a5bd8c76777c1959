//! How a request to the operator is shown to who made it.

use billing::support_request::{RequestKind, RequestState, SupportRequest};
use kernel::{OperatorRequestId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::view::list_of;

#[derive(Debug, Serialize, ToSchema)]
pub struct SupportRequestView {
    id: OperatorRequestId,
    kind: RequestKind,
    text: String,
    state: RequestState,
    /// The operator's; empty until they decide.
    answer: String,
    created_at: Timestamp,
    #[schema(required)]
    decided_at: Option<Timestamp>,
}

list_of!(SupportRequestList, SupportRequestView);

impl From<SupportRequest> for SupportRequestView {
    fn from(request: SupportRequest) -> Self {
        let SupportRequest { id, kind, text, state, answer, created_at, decided_at, .. } = request;
        Self { id, kind, text, state, answer, created_at, decided_at }
    }
}
