use axum::Json;
use kernel::WorkspaceId;
use tenancy::MemberView;

use super::view::{OwnershipTransferList, OwnershipTransferView};
use crate::{Allowed, Failure, Params, view::PageQuery};

/// Offers of the workspace, open and settled, newest first.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/ownership-transfers", operation_id = "ownership_transfers_list",
    tag = "workspaces", params(("workspace_id" = WorkspaceId, Path), PageQuery),
    responses((status = 200, description = "A page of transfers", body = OwnershipTransferList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<MemberView>,
    Params(query): Params<PageQuery>,
) -> Result<Json<OwnershipTransferList>, Failure> {
    let mut session = grant.read().await?;
    let page = directory::transfers(&mut session, query.limit.unwrap_or_default(), query.cursor.as_deref()).await?;
    let me = session.viewer().member;
    Ok(Json(page.map(|transfer| OwnershipTransferView::of(transfer, me)).into()))
}
