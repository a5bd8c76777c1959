use axum::{Json, http::StatusCode};
use conversations::MergeKind;
use kernel::CustomerId;
use serde::Deserialize;
use tenancy::CustomerEdit;
use utoipa::ToSchema;

use super::view::{MergeList, MergedView};
use crate::{Allowed, Body, Failure, PathOf, customers::show::CustomerPath, undo::Undoable};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomerMerge {
    /// The customer that stays, of the same business.
    into: CustomerId,
}

/// Makes a customer part of another one of the same business: members see one, with the conversations, notes, labels
/// and tasks of both. On their own side each stays who they are.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/customers/{customer_id}/merge", operation_id = "customer_merge",
    tag = "merges", params(CustomerPath), request_body = CustomerMerge,
    responses((status = 201, description = "The two are one", body = MergedView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<CustomerEdit>,
    PathOf(path): PathOf<CustomerPath>,
    Body(body): Body<CustomerMerge>,
) -> Result<Undoable<(StatusCode, Json<MergedView>)>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::merge_customers(&mut tx, path.customer_id, body.into).await;
    let undo = tx.undo_offer();
    let merged = tx.settle_created(outcome.map(|id| MergedView { id })).await?;
    Ok(Undoable(undo, (StatusCode::CREATED, Json(merged))))
}

/// What became part of a customer.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/customers/{customer_id}/merges",
    operation_id = "customer_merges_list", tag = "merges", params(CustomerPath),
    responses((status = 200, description = "The merges", body = MergeList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<tenancy::CustomerView>,
    PathOf(path): PathOf<CustomerPath>,
) -> Result<Json<MergeList>, Failure> {
    let (kind, id) = (MergeKind::Customer, path.customer_id.into());
    Ok(Json(conversations::merges(&mut grant.read().await?, kind, id).await?.into()))
}
