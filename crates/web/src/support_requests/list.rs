use axum::Json;
use billing::support_request;
use kernel::WorkspaceId;
use tenancy::{BillingView, MemberInvite};

use super::view::SupportRequestList;
use crate::{AllowedEither, Failure, Params, view::PageQuery};

/// What one asked the operator for, newest first.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/billing/support-requests", operation_id = "support_requests_list",
    tag = "billing", params(("workspace_id" = WorkspaceId, Path), PageQuery),
    responses((status = 200, description = "A page of requests", body = SupportRequestList))
)]
pub(crate) async fn list(
    either: AllowedEither<MemberInvite, BillingView>,
    Params(query): Params<PageQuery>,
) -> Result<Json<SupportRequestList>, Failure> {
    let mut session = either.read().await?;
    let limit = query.limit.unwrap_or_default();
    let page = support_request::requests(&mut session, limit, query.cursor.as_deref()).await?;
    Ok(Json(page.map(Into::into).into()))
}
