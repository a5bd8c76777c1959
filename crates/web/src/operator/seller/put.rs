use axum::Json;
use billing::seller;
use kernel::{AddressLines, Line};
use serde::Deserialize;
use tenancy::Operator;
use utoipa::ToSchema;

use super::view::SellerSetting;
use crate::{Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SellerPut {
    name: Line,
    /// An address, a tax number: at most 10 lines below the name, or empty.
    details: AddressLines,
}

/// Says who invoices are from that the server writes itself, from the next one on.
#[utoipa::path(
    put, path = "/api/v1/operator/seller", operation_id = "operator_seller_put", tag = "operator",
    request_body = SellerPut, responses((status = 200, description = "Who it is", body = SellerSetting))
)]
pub(crate) async fn put(
    operator: Operator,
    Body(SellerPut { name, details }): Body<SellerPut>,
) -> Result<Json<SellerSetting>, Failure> {
    let mut tx = operator.begin().await?;
    let said = seller::put(&mut tx, operator.actor(), name, details).await;
    Ok(Json(Some(tx.settle(said).await?).into()))
}
