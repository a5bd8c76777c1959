use axum::Json;

use super::view::{ExitReceiptList, ExitReceiptView, MemberPath};
use crate::{Allowed, Failure, Params, PathOf, view::PageQuery};

/// What a member's exits ended and moved, newest first.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/members/{member_id}/exit-receipts",
    operation_id = "exit_receipts_list", tag = "members", params(MemberPath, PageQuery),
    responses((status = 200, description = "A page of receipts", body = ExitReceiptList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<tenancy::MemberView>,
    PathOf(path): PathOf<MemberPath>,
    Params(query): Params<PageQuery>,
) -> Result<Json<ExitReceiptList>, Failure> {
    let (limit, cursor) = (query.limit.unwrap_or_default(), query.cursor.as_deref());
    let page = directory::exit_receipts(&mut grant.read().await?, path.member_id, limit, cursor).await?;
    Ok(Json(page.map(ExitReceiptView::from).into()))
}
