use axum::{Json, extract::State};
use directory::Refusal;
use kernel::MemberId;
use serde::Deserialize;
use tenancy::{MemberChangeRole, SeatType, Tx};
use utoipa::ToSchema;

use super::view::{MemberPath, MemberView};
use crate::{Allowed, App, Body, Failure, PathOf};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberRolePut {
    role_key: String,
    /// The seat they have unless said otherwise. Giving another one takes the right to invite on it.
    seat_type: Option<SeatType>,
}

/// Gives a member another role; it holds from their next request on.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/members/{member_id}/role", operation_id = "member_role_put",
    tag = "members", params(MemberPath), request_body = MemberRolePut,
    responses((status = 200, description = "The member", body = MemberView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<MemberChangeRole>,
    State(app): State<App>,
    PathOf(path): PathOf<MemberPath>,
    Body(wanted): Body<MemberRolePut>,
) -> Result<Json<MemberView>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = changed(&mut tx, &app, path.member_id, wanted).await;
    Ok(Json(tx.settle(outcome).await?))
}

async fn changed(
    tx: &mut Tx<MemberChangeRole>,
    app: &App,
    id: MemberId,
    wanted: MemberRolePut,
) -> Result<MemberView, Refusal> {
    let party = &*app.directory.on_exit;
    let member = directory::change_role(tx, party, id, &wanted.role_key, wanted.seat_type).await?;
    MemberView::shown(tx, member).await
}
