use axum::{Json, http::StatusCode};
use directory::TransferWish;
use kernel::{MemberId, WorkspaceId};
use serde::Deserialize;
use tenancy::WorkspaceTransferOwnership;
use utoipa::ToSchema;

use super::view::{OwnershipTransferView, TransferMechanism};
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnershipTransferCreate {
    to_member_id: MemberId,
    /// The workspace's name, typed to confirm.
    workspace_name: String,
    /// The simplest that the policy pack offers unless said otherwise.
    #[schema(inline)]
    mechanism: Option<TransferMechanism>,
}

/// Offers the workspace to another member. Ownership moves when they accept; where the policy pack asks for it, the
/// server's operator approves first.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/ownership-transfers", operation_id = "ownership_transfer_create",
    tag = "workspaces", params(("workspace_id" = WorkspaceId, Path)), request_body = OwnershipTransferCreate,
    responses((status = 201, description = "The offer", body = OwnershipTransferView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<WorkspaceTransferOwnership>,
    Body(wish): Body<OwnershipTransferCreate>,
) -> Result<(StatusCode, Json<OwnershipTransferView>), Failure> {
    let mut tx = grant.begin().await?;
    let me = tx.viewer().member;
    let wish = TransferWish {
        to: wish.to_member_id,
        confirmation: &wish.workspace_name,
        mechanism: wish.mechanism.map(Into::into),
    };
    let outcome = directory::request_transfer(&mut tx, &wish).await;
    let offered = tx.settle_created(outcome.map(|transfer| OwnershipTransferView::of(transfer, me))).await?;
    Ok((StatusCode::CREATED, Json(offered)))
}
