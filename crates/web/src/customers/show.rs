use axum::Json;
use kernel::{CustomerId, WorkspaceId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::CustomerView;
use crate::{Allowed, Failure, PathOf};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomerPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) customer_id: CustomerId,
}

/// One customer.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/customers/{customer_id}", operation_id = "customer_show",
    tag = "customers", params(CustomerPath),
    responses((status = 200, description = "The customer", body = CustomerView))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<tenancy::CustomerView>,
    PathOf(path): PathOf<CustomerPath>,
) -> Result<Json<CustomerView>, Failure> {
    let mut session = grant.read().await?;
    let customer = customers::show(&mut session, path.customer_id).await?;
    Ok(Json(CustomerView::of(customer, &session.viewer())))
}
