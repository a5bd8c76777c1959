use conversations::{Draft, DraftMode};
use kernel::{ConversationId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// One's own draft in a conversation: a reply and a note side by side.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftView {
    pub conversation_id: ConversationId,
    pub reply: String,
    pub note: String,
    /// The one that was being written.
    pub mode: DraftMode,
    /// To be sent along with the next change; 0 where nothing was written yet.
    pub version: i64,
    #[schema(required)]
    pub updated_at: Option<Timestamp>,
}

/// There are at most a hundred, so there are no pages.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftList {
    pub items: Vec<DraftView>,
}

impl From<Draft> for DraftView {
    fn from(draft: Draft) -> Self {
        Self {
            conversation_id: draft.conversation_id,
            reply: draft.reply,
            note: draft.note,
            mode: draft.mode,
            version: draft.version,
            updated_at: draft.updated_at,
        }
    }
}
