//! How it is shown who invoices are from.

use billing::Party;
use serde::Serialize;
use utoipa::ToSchema;

use crate::billing::party::PartyView;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SellerSetting {
    /// Null until the operator says it: invoices name nobody then.
    #[schema(required)]
    seller: Option<PartyView>,
}

impl From<Option<Party>> for SellerSetting {
    fn from(seller: Option<Party>) -> Self {
        Self { seller: seller.map(PartyView::from) }
    }
}
