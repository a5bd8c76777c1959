use axum::Json;
use directory::{MemberChange, Refusal};
use kernel::{Line, MemberId, Timestamp};
use serde::Deserialize;
use tenancy::{MemberEdit, Tx};
use utoipa::ToSchema;

use super::view::{MemberPath, MemberView};
use crate::{Allowed, Body, Failure, PathOf, body::given};

/// What to change; a field that is left out stays, null takes the value away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberUpdate {
    /// A name for this workspace alone.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Line>)]
    display_name: Option<Option<Line>>,
    /// When the membership ends by itself; setting it takes `member.remove` as well.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Timestamp>)]
    ends_on: Option<Option<Timestamp>>,
}

/// Changes what the workspace says of a member.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/members/{member_id}", operation_id = "member_update",
    tag = "members", params(MemberPath), request_body = MemberUpdate,
    responses((status = 200, description = "The member", body = MemberView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<MemberEdit>,
    PathOf(path): PathOf<MemberPath>,
    Body(update): Body<MemberUpdate>,
) -> Result<Json<MemberView>, Failure> {
    let mut tx = grant.begin().await?;
    let change = MemberChange { display_name: update.display_name, ends_on: update.ends_on };
    let outcome = changed(&mut tx, path.member_id, change).await;
    Ok(Json(tx.settle(outcome).await?))
}

async fn changed(tx: &mut Tx<MemberEdit>, id: MemberId, change: MemberChange) -> Result<MemberView, Refusal> {
    let member = directory::edit_member(tx, id, change).await?;
    MemberView::shown(tx, member).await
}
