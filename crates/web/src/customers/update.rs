use axum::Json;
use kernel::{EmailAddress, Line};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{show::CustomerPath, view::CustomerView};
use crate::{Allowed, Body, Failure, PathOf, body::given};

/// What to change; a field that is left out stays, null takes the value away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomerUpdate {
    #[schema(nullable = false)]
    display_name: Option<Line>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<EmailAddress>)]
    email: Option<Option<EmailAddress>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Line>)]
    phone: Option<Option<Line>>,
}

/// Changes a customer.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/customers/{customer_id}", operation_id = "customer_update",
    tag = "customers", params(CustomerPath), request_body = CustomerUpdate,
    responses((status = 200, description = "The customer", body = CustomerView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<tenancy::CustomerEdit>,
    PathOf(path): PathOf<CustomerPath>,
    Body(update): Body<CustomerUpdate>,
) -> Result<Json<CustomerView>, Failure> {
    let mut tx = grant.begin().await?;
    let change = customers::Change { display_name: update.display_name, email: update.email, phone: update.phone };
    let viewer = tx.viewer();
    let outcome =
        customers::update(&mut tx, path.customer_id, change).await.map(|customer| CustomerView::of(customer, &viewer));
    Ok(Json(tx.settle(outcome).await?))
}
