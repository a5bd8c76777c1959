//! How labels are shown.

use customers::label::{Label, LabelKind};
use kernel::{LabelId, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{Permission, Viewer};
use utoipa::{IntoParams, ToSchema};

use crate::view::Can;

#[derive(Debug, Serialize, ToSchema)]
pub struct LabelView {
    /// A member's label has the member's id.
    pub id: LabelId,
    pub name: String,
    /// A hue, 0 to 359.
    #[schema(minimum = 0, maximum = 359)]
    pub color: i64,
    /// A sign beside the name, such as an emoji.
    #[schema(required)]
    pub icon: Option<String>,
    /// What it tells the team.
    pub purpose: String,
    pub kind: LabelKind,
    /// What a label that came with the workspace is known by: `priority`, `follow_up`, `escalated`, `waiting`.
    #[schema(required)]
    pub key: Option<String>,
    /// It stands on things and can be put on no more: its member is gone.
    pub archived: bool,
    /// To be sent along with a change.
    pub version: i64,
    /// Empty for a member's label, which follows its member.
    pub can: Can,
}

/// There are few, so there are no pages. An id that is not here is of a label that was deleted.
#[derive(Debug, Serialize, ToSchema)]
pub struct LabelList {
    pub items: Vec<LabelView>,
}

impl LabelView {
    pub fn of(label: Label, viewer: &Viewer) -> Self {
        let manage = (label.kind != LabelKind::Member)
            .then(|| (Permission::LabelManage, viewer.ability(Permission::LabelManage, label.is_own(viewer))));
        Self {
            can: Can::new(manage),
            id: label.id,
            name: label.name,
            color: label.color,
            icon: label.icon,
            purpose: label.purpose,
            kind: label.kind,
            key: label.key,
            archived: label.archived,
            version: label.version,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct LabelPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) label_id: LabelId,
}
