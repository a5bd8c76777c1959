use std::collections::BTreeSet;

use axum::{Json, extract::State};
use directory::{MOST_SETS, Refusal};
use kernel::{MemberId, PermissionSetId, Problem};
use serde::Deserialize;
use tenancy::{MemberChangeRole, Tx};
use utoipa::ToSchema;

use super::view::{MemberPath, MemberView};
use crate::{Allowed, App, Body, Failure, PathOf};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberSetsPut {
    /// All that the member is to hold; the others are taken away.
    #[schema(max_items = 50)]
    permission_set_ids: Vec<PermissionSetId>,
}

/// Gives a member exactly these permission sets beside their role.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/members/{member_id}/permission-sets",
    operation_id = "member_sets_put", tag = "members", params(MemberPath), request_body = MemberSetsPut,
    responses((status = 200, description = "The member", body = MemberView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<MemberChangeRole>,
    State(app): State<App>,
    PathOf(path): PathOf<MemberPath>,
    Body(wanted): Body<MemberSetsPut>,
) -> Result<Json<MemberView>, Failure> {
    let wanted: BTreeSet<_> = wanted.permission_set_ids.into_iter().collect();
    if wanted.len() > MOST_SETS {
        return Err(Problem::field("/permission_set_ids", "too_many", "are more than fifty").into());
    }
    let mut tx = grant.begin().await?;
    let outcome = changed(&mut tx, &app, path.member_id, &wanted).await;
    Ok(Json(tx.settle(outcome).await?))
}

async fn changed(
    tx: &mut Tx<MemberChangeRole>,
    app: &App,
    id: MemberId,
    wanted: &BTreeSet<PermissionSetId>,
) -> Result<MemberView, Refusal> {
    let member = directory::set_permission_sets(tx, &*app.directory.on_exit, id, wanted).await?;
    MemberView::shown(tx, member).await
}
