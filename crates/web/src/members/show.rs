use axum::Json;

use super::view::{MemberPath, MemberView};
use crate::{Allowed, Failure, PathOf};

/// One member, also one who has gone.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/members/{member_id}", operation_id = "member_show", tag = "members",
    params(MemberPath), responses((status = 200, description = "The member", body = MemberView))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<tenancy::MemberView>,
    PathOf(path): PathOf<MemberPath>,
) -> Result<Json<MemberView>, Failure> {
    let mut session = grant.read().await?;
    let member = directory::member(&mut session, path.member_id).await?;
    Ok(Json(MemberView::shown(&mut session, member).await?))
}
