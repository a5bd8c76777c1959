use axum::Json;
use kernel::{Limit, WorkspaceId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::{CustomerList, CustomerView};
use crate::{Allowed, Failure, Params};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomersQuery {
    /// Words of the name, and of contact data for those who see it.
    q: Option<String>,
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100, default = 25)]
    limit: Option<Limit>,
    cursor: Option<String>,
}

/// Customers, newest first.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/customers", operation_id = "customers_list", tag = "customers",
    params(("workspace_id" = WorkspaceId, Path), CustomersQuery),
    responses((status = 200, description = "A page of customers", body = CustomerList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<tenancy::CustomerView>,
    Params(query): Params<CustomersQuery>,
) -> Result<Json<CustomerList>, Failure> {
    let mut session = grant.read().await?;
    let filter = customers::Filter { q: query.q };
    let page = customers::list(&mut session, &filter, query.limit.unwrap_or_default(), query.cursor.as_deref()).await?;
    let viewer = session.viewer();
    Ok(Json(page.map(|customer| CustomerView::of(customer, &viewer)).into()))
}
