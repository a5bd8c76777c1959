use axum::Json;
use directory::Refusal;
use kernel::MemberId;
use serde::Deserialize;
use tenancy::{MemberRemove, Tx};
use utoipa::ToSchema;

use super::view::{MemberPath, MemberView};
use crate::{Allowed, Body, Failure, PathOf};

/// Saying so is all there is to say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewPut {}

/// Says that a member still should be here.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/members/{member_id}/review", operation_id = "review_put",
    tag = "members", params(MemberPath), request_body = ReviewPut,
    responses((status = 200, description = "The member", body = MemberView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<MemberRemove>,
    PathOf(path): PathOf<MemberPath>,
    Body(ReviewPut {}): Body<ReviewPut>,
) -> Result<Json<MemberView>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = kept(&mut tx, path.member_id).await;
    Ok(Json(tx.settle(outcome).await?))
}

async fn kept(tx: &mut Tx<MemberRemove>, id: MemberId) -> Result<MemberView, Refusal> {
    let member = directory::keep_member(tx, id).await?;
    MemberView::shown(tx, member).await
}
