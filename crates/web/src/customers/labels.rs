use axum::Json;
use kernel::{CustomerId, LabelId, WorkspaceId};
use serde::Deserialize;
use tenancy::LabelApply;
use utoipa::IntoParams;

use super::view::CustomerView;
use crate::{Allowed, Failure, PathOf};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct CustomerLabelPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) customer_id: CustomerId,
    pub(crate) label_id: LabelId,
}

/// Puts a label on a customer.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/customers/{customer_id}/labels/{label_id}",
    operation_id = "customer_label_put", tag = "labels", params(CustomerLabelPath),
    responses((status = 200, description = "The customer", body = CustomerView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<LabelApply>,
    PathOf(path): PathOf<CustomerLabelPath>,
) -> Result<Json<CustomerView>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = customers::label::put_on_customer(&mut tx, path.customer_id, path.label_id)
        .await
        .map(|customer| CustomerView::of(customer, &viewer));
    Ok(Json(tx.settle(outcome).await?))
}

/// Takes a label off a customer.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/customers/{customer_id}/labels/{label_id}",
    operation_id = "customer_label_delete", tag = "labels", params(CustomerLabelPath),
    responses((status = 200, description = "The customer", body = CustomerView))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<LabelApply>,
    PathOf(path): PathOf<CustomerLabelPath>,
) -> Result<Json<CustomerView>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = customers::label::take_from_customer(&mut tx, path.customer_id, path.label_id)
        .await
        .map(|customer| CustomerView::of(customer, &viewer));
    Ok(Json(tx.settle(outcome).await?))
}
