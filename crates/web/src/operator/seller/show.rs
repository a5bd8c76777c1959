use axum::Json;
use billing::seller::seller;
use tenancy::Operator;

use super::view::SellerSetting;
use crate::Failure;

/// Who the next invoice is from. Those that were issued keep who they are from.
#[utoipa::path(
    get, path = "/api/v1/operator/seller", operation_id = "operator_seller_show", tag = "operator",
    responses((status = 200, description = "Who it is", body = SellerSetting))
)]
pub(crate) async fn show(operator: Operator) -> Result<Json<SellerSetting>, Failure> {
    Ok(Json(seller(&mut operator.read().await?).await?.into()))
}
