use axum::Json;
use billing::seller;
use tenancy::Operator;

use super::view::SellerSetting;
use crate::{Body, Failure, billing::party::PartyPut};

/// Says who invoices are from that the server writes itself, from the next one on.
#[utoipa::path(
    put, path = "/api/v1/operator/seller", operation_id = "operator_seller_put", tag = "operator",
    request_body = PartyPut, responses((status = 200, description = "Who it is", body = SellerSetting))
)]
pub(crate) async fn put(
    operator: Operator,
    Body(PartyPut { name, details }): Body<PartyPut>,
) -> Result<Json<SellerSetting>, Failure> {
    let mut tx = operator.begin().await?;
    let said = seller::put(&mut tx, operator.actor(), name, details).await;
    Ok(Json(Some(tx.settle(said).await?).into()))
}
