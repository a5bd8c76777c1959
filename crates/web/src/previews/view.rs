use directory::{Preview, PreviewKind};
use kernel::{PreviewId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// A preview; requests that name it in the header `Guildhall-Preview` see the workspace through it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Preview)]
pub struct PreviewView {
    pub id: PreviewId,
    pub kind: PreviewKind,
    /// The role's or the member's name.
    pub label: String,
    pub expires_at: Timestamp,
}

impl From<Preview> for PreviewView {
    fn from(preview: Preview) -> Self {
        Self { id: preview.id, kind: preview.kind, label: preview.label, expires_at: preview.expires_at }
    }
}
