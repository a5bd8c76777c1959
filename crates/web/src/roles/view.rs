//! How roles are shown, and what they grant.

use std::{borrow::Cow, collections::BTreeMap};

use directory::WorkspaceRole;
use kernel::WorkspaceId;
use serde::{Deserialize, Serialize};
use tenancy::{Grants, Permission, Reach, SeatType};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::AdditionalProperties, schema::Type},
};

use crate::view::Can;

#[derive(Debug, Serialize, ToSchema)]
pub struct RoleView {
    pub key: String,
    pub label: String,
    pub description: String,
    /// The higher, the nearer to the owner.
    pub rank: i64,
    /// The seat it usually comes with.
    pub seat_type: SeatType,
    /// Whether the caller could hand it out.
    pub assignable: bool,
    /// Of the policy pack: it never changes.
    pub is_builtin: bool,
    /// The one that the workspace's owner has.
    pub is_owner_role: bool,
    /// The role it was made from; null for a built-in one, and when that role is no more.
    #[schema(required)]
    pub base: Option<String>,
    /// To be sent along with a change.
    pub version: i64,
    pub members_count: i64,
    pub grants: GrantsView,
    /// A built-in role says `builtin`, one's own `self`, one that stands above `rank`.
    pub can: Can,
}

/// There are few, so there are no pages.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleList {
    pub items: Vec<RoleView>,
}

impl From<WorkspaceRole> for RoleView {
    fn from(shown: WorkspaceRole) -> Self {
        let role = &*shown.role;
        Self {
            key: role.key.clone(),
            label: role.label.clone(),
            description: role.description.clone(),
            rank: role.rank,
            seat_type: role.seat_type,
            assignable: shown.offered,
            is_builtin: shown.own.is_none(),
            is_owner_role: shown.is_owner_role,
            base: shown.own.and_then(|own| own.base),
            version: shown.version,
            members_count: shown.members_count,
            grants: GrantsView::of(&role.grants),
            can: Can::new([(Permission::RoleManage, shown.editing)]),
        }
    }
}

/// How far each permission of the catalogue reaches.
#[derive(Debug, Serialize)]
pub struct GrantsView(BTreeMap<&'static str, &'static str>);

impl GrantsView {
    pub(crate) fn of(grants: &Grants) -> Self {
        let cell = |permission: &Permission| (permission.name(), grants.get(*permission).name());
        Self(Permission::ALL.iter().map(cell).collect())
    }
}

impl PartialSchema for GrantsView {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some("How far each permission of the catalogue reaches."))
            .additional_properties(Some(AdditionalProperties::RefOr(ReachView::schema())))
            .into()
    }
}
impl ToSchema for GrantsView {
    fn name() -> Cow<'static, str> {
        "Grants".into()
    }
}

/// How far a permission reaches: masked shows the masked form of a field, own what stands in the permission's relation
/// to oneself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Reach)]
pub enum ReachView {
    None,
    Masked,
    Own,
    Any,
}

impl From<Reach> for ReachView {
    fn from(reach: Reach) -> Self {
        match reach {
            Reach::None => Self::None,
            Reach::Masked => Self::Masked,
            Reach::Own => Self::Own,
            Reach::Any => Self::Any,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct RolePath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) role_key: String,
}
