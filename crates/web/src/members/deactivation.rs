use axum::{Json, extract::State};
use directory::Refusal;
use kernel::MemberId;
use serde::Serialize;
use tenancy::{MemberDeactivate, Tx};
use utoipa::ToSchema;

use super::view::{ExitReceiptView, MemberPath, MemberView};
use crate::{Allowed, App, Failure, PathOf};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeactivationView {
    member: MemberView,
    /// What it ended and moved; null when the member was deactivated already.
    #[schema(required)]
    receipt: Option<ExitReceiptView>,
}

/// Deactivates a member: they keep their place, role and keys, and may not enter until they are let in again.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/members/{member_id}/deactivation",
    operation_id = "deactivation_put", tag = "members", params(MemberPath),
    responses((status = 200, description = "Deactivated", body = DeactivationView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<MemberDeactivate>,
    State(app): State<App>,
    PathOf(path): PathOf<MemberPath>,
) -> Result<Json<DeactivationView>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = deactivated(&mut tx, &app, path.member_id).await;
    Ok(Json(tx.settle(outcome).await?))
}

async fn deactivated(tx: &mut Tx<MemberDeactivate>, app: &App, id: MemberId) -> Result<DeactivationView, Refusal> {
    let receipt = directory::deactivate_member(tx, &*app.directory.on_exit, id).await?;
    let member = directory::member(tx, id).await?;
    Ok(DeactivationView { member: MemberView::shown(tx, member).await?, receipt: receipt.map(ExitReceiptView::from) })
}

/// Lets a deactivated member in again.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/members/{member_id}/deactivation",
    operation_id = "deactivation_delete", tag = "members", params(MemberPath),
    responses((status = 200, description = "Active again", body = DeactivationView))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<MemberDeactivate>,
    PathOf(path): PathOf<MemberPath>,
) -> Result<Json<DeactivationView>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = reactivated(&mut tx, path.member_id).await;
    Ok(Json(tx.settle(outcome).await?))
}

async fn reactivated(tx: &mut Tx<MemberDeactivate>, id: MemberId) -> Result<DeactivationView, Refusal> {
    let member = directory::reactivate_member(tx, id).await?;
    Ok(DeactivationView { member: MemberView::shown(tx, member).await?, receipt: None })
}
