use axum::{Json, extract::State};
use tenancy::MemberRemove;

use super::view::{ExitReceiptView, MemberPath};
use crate::{Allowed, App, Failure, PathOf};

/// Removes a member; their access ends at once, what they wrote stays.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/members/{member_id}", operation_id = "member_delete",
    tag = "members", params(MemberPath),
    responses((status = 200, description = "What it ended and moved", body = ExitReceiptView))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<MemberRemove>,
    State(app): State<App>,
    PathOf(path): PathOf<MemberPath>,
) -> Result<Json<ExitReceiptView>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::remove_member(&mut tx, &*app.directory.on_exit, path.member_id).await;
    Ok(Json(tx.settle(outcome.map(ExitReceiptView::from)).await?))
}
