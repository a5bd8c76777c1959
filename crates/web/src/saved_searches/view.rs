use conversations::{ListFilter, SavedSearch};
use kernel::{MemberId, SavedSearchId, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{Permission, Reach, Viewer};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Serialize, ToSchema)]
pub struct SavedSearchView {
    pub id: SavedSearchId,
    pub name: String,
    #[schema(required)]
    pub icon: Option<String>,
    /// Everybody who searches finds it; else it is one's own.
    pub shared: bool,
    pub filter: ListFilter,
    /// The lower, the higher in the list.
    pub position: i64,
    pub created_by: MemberId,
    /// To be sent along with a change.
    pub version: i64,
    /// Whether the caller may change and delete it.
    pub can_edit: bool,
}

/// There are few, so there are no pages.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedSearchList {
    pub items: Vec<SavedSearchView>,
}

impl SavedSearchView {
    pub fn of(search: SavedSearch, viewer: &Viewer) -> Self {
        let edits = search.shared && viewer.reach(Permission::WorkspaceEditSettings) != Reach::None;
        Self {
            can_edit: viewer.member == Some(search.created_by) || edits,
            id: search.id,
            name: search.name,
            icon: search.icon,
            shared: search.shared,
            filter: search.filter,
            position: search.position,
            created_by: search.created_by,
            version: search.version,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct SavedSearchPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) saved_search_id: SavedSearchId,
}
