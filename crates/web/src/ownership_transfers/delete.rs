use axum::http::StatusCode;
use tenancy::MemberSelf;

use super::view::TransferPath;
use crate::{Allowed, Failure, PathOf};

/// The receiver declines, or the owner takes the offer back.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/ownership-transfers/{transfer_id}",
    operation_id = "ownership_transfer_delete", tag = "workspaces", params(TransferPath),
    responses((status = 204, description = "Nothing changes hands"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<MemberSelf>,
    PathOf(path): PathOf<TransferPath>,
) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::end_transfer(&mut tx, path.transfer_id).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
