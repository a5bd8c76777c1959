use axum::{Json, extract::State};
use tenancy::MemberSelf;

use super::view::{OwnershipTransferView, TransferPath};
use crate::{Allowed, App, Failure, PathOf};

/// Takes the workspace over: from now on the receiver owns it.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/ownership-transfers/{transfer_id}/acceptance",
    operation_id = "ownership_transfer_accept", tag = "workspaces", params(TransferPath),
    responses((status = 200, description = "Taken over", body = OwnershipTransferView))
)]
pub(crate) async fn accept(
    Allowed(grant): Allowed<MemberSelf>,
    State(app): State<App>,
    PathOf(path): PathOf<TransferPath>,
) -> Result<Json<OwnershipTransferView>, Failure> {
    let mut tx = grant.begin().await?;
    let me = tx.viewer().member;
    let outcome = directory::accept_transfer(&mut tx, &app.directory, path.transfer_id).await;
    Ok(Json(tx.settle(outcome.map(|transfer| OwnershipTransferView::of(transfer, me))).await?))
}
