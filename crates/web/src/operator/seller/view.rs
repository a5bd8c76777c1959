//! How it is shown who invoices are from.

use billing::seller::Seller;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SellerSetting {
    /// Null until the operator says it: invoices name nobody then.
    #[schema(required)]
    seller: Option<SellerView>,
}

#[derive(Debug, Serialize, ToSchema)]
struct SellerView {
    name: String,
    /// Lines below the name, or empty.
    details: String,
}

impl From<Option<Seller>> for SellerSetting {
    fn from(seller: Option<Seller>) -> Self {
        Self { seller: seller.map(|Seller { name, details }| SellerView { name, details }) }
    }
}
