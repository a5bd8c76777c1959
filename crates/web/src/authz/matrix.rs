use axum::Json;
use directory::{RoleMatrix, role_matrix};
use kernel::WorkspaceId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Allowed, Failure, roles::view::ReachView};

/// Roles × permissions, and why a cell cannot be changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatrixView {
    /// The columns, highest first.
    pub roles: Vec<MatrixRole>,
    /// The rows, in the catalogue's order.
    pub permissions: Vec<MatrixRow>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MatrixRole {
    pub key: String,
    pub label: String,
    /// Why nothing in the column can be changed: `builtin`, `self`, `rank`, or what denies `role.manage`; null when
    /// something can.
    #[schema(required)]
    pub locked: Option<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MatrixRow {
    pub permission: &'static str,
    /// How far the caller could let somebody else reach.
    pub within: ReachView,
    /// One for each role, in their order.
    pub cells: Vec<MatrixCell>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MatrixCell {
    pub reach: ReachView,
    /// What it could be set to instead.
    pub choices: Vec<ReachView>,
    /// Why there is no choice: the column's reason, `seat_type` for what the seat never holds, or `above_own` for what
    /// the caller does not hold.
    #[schema(required)]
    pub locked: Option<&'static str>,
}

impl From<RoleMatrix> for MatrixView {
    fn from(matrix: RoleMatrix) -> Self {
        let column = |(role, locked): (std::sync::Arc<tenancy::Role>, _)| MatrixRole {
            key: role.key.clone(),
            label: role.label.clone(),
            locked,
        };
        let cell = |cell: directory::MatrixCell| MatrixCell {
            reach: cell.reach.into(),
            choices: cell.choices.into_iter().map(ReachView::from).collect(),
            locked: cell.locked,
        };
        let row = |row: directory::MatrixRow| MatrixRow {
            permission: row.permission.name(),
            within: row.within.into(),
            cells: row.cells.into_iter().map(cell).collect(),
        };
        Self {
            roles: matrix.roles.into_iter().map(column).collect(),
            permissions: matrix.rows.into_iter().map(row).collect(),
        }
    }
}

/// What every role grants, cell by cell, with what the caller could change.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/authz/matrix", operation_id = "authz_matrix", tag = "rights",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The matrix", body = MatrixView))
)]
pub(crate) async fn show(Allowed(grant): Allowed<tenancy::RoleView>) -> Result<Json<MatrixView>, Failure> {
    Ok(Json(role_matrix(&mut grant.read().await?).await?.into()))
}
