use conversations::{Action, BulkAction, BulkFailure, Deed};
use kernel::{BulkActionId, ConversationId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Serialize, ToSchema)]
pub struct BulkActionView {
    pub id: BulkActionId,
    /// What is done; null where another bulk action is taken back.
    #[schema(required)]
    pub action: Option<Action>,
    /// The bulk action that this one takes back.
    #[schema(required)]
    pub takes_back: Option<BulkActionId>,
    /// How many conversations it is about; null while they are being counted.
    #[schema(required)]
    pub total: Option<i64>,
    pub done: i64,
    pub failed: i64,
    pub created_at: Timestamp,
    #[schema(required)]
    pub finished_at: Option<Timestamp>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BulkActionList {
    pub items: Vec<BulkActionView>,
}

/// A bulk action with what it left as it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkActionReport {
    #[serde(flatten)]
    pub bulk_action: BulkActionView,
    /// At most a thousand.
    pub failures: Vec<BulkFailureView>,
}

/// A conversation that was left as it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkFailureView {
    pub conversation_id: ConversationId,
    /// A problem's code.
    pub code: String,
    /// For people.
    pub detail: String,
}

impl From<BulkAction> for BulkActionView {
    fn from(bulk: BulkAction) -> Self {
        let (action, takes_back) = match bulk.deed {
            Deed::Do(action) => (Some(action), None),
            Deed::TakeBack(of) => (None, Some(of)),
        };
        Self {
            id: bulk.id,
            action,
            takes_back,
            total: bulk.total,
            done: bulk.done,
            failed: bulk.failed,
            created_at: bulk.created_at,
            finished_at: bulk.finished_at,
        }
    }
}

impl From<BulkFailure> for BulkFailureView {
    fn from(failure: BulkFailure) -> Self {
        Self { conversation_id: failure.conversation_id, code: failure.code, detail: failure.detail }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct BulkActionPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) bulk_action_id: BulkActionId,
}
