use conversations::{Merge, MergeKind};
use kernel::{MergeId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::conversations::view::MemberRef;

/// Something that became part of something else of its kind, or was split off it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergeView {
    pub id: MergeId,
    pub kind: MergeKind,
    /// What became part of the other, or came before what the other goes on with.
    pub source_id: Uuid,
    pub target_id: Uuid,
    pub merged_by: MemberRef,
    pub merged_at: Timestamp,
}

/// At most a hundred, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergeList {
    pub items: Vec<MergeView>,
}

/// The merge that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergedView {
    pub id: MergeId,
}

impl From<Merge> for MergeView {
    fn from(merge: Merge) -> Self {
        Self {
            id: merge.id,
            kind: merge.kind,
            source_id: merge.source,
            target_id: merge.target,
            merged_by: MemberRef::here(merge.merged_by, merge.merged_by_name),
            merged_at: merge.merged_at,
        }
    }
}

impl From<Vec<Merge>> for MergeList {
    fn from(merges: Vec<Merge>) -> Self {
        Self { items: merges.into_iter().map(MergeView::from).collect() }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct MergePath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) merge_id: MergeId,
}
