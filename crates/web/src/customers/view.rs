//! How a customer is shown: contact data only in the form the viewer may have it.

use customers::Customer;
use kernel::{BusinessId, CustomerId, LabelId, Timestamp};
use serde::Serialize;
use tenancy::{Permission, Viewer};
use utoipa::ToSchema;

use crate::view::{Can, list_of};

#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerView {
    pub id: CustomerId,
    pub display_name: String,
    #[schema(required)]
    pub email: Option<String>,
    #[schema(required)]
    pub phone: Option<String>,
    #[schema(required)]
    pub locale: Option<String>,
    /// Fields that hold their masked form.
    pub masked_fields: Vec<&'static str>,
    /// The kind of channel the customer first wrote through.
    pub source: String,
    pub business_id: BusinessId,
    pub created_at: Timestamp,
    pub first_seen_at: Timestamp,
    #[schema(required)]
    pub last_seen_at: Option<Timestamp>,
    /// The site vouched for who this is.
    pub identified: bool,
    pub label_ids: Vec<LabelId>,
    pub version: i64,
    pub can: Can,
}

list_of!(CustomerList, CustomerView);

/// A customer inside something else.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerRef {
    pub id: CustomerId,
    pub display_name: String,
    #[schema(required)]
    pub email: Option<String>,
    pub masked_fields: Vec<&'static str>,
}

const ABILITIES: [Permission; 4] =
    [Permission::CustomerView, Permission::CustomerEdit, Permission::NoteCreate, Permission::LabelApply];

impl CustomerView {
    pub fn of(customer: Customer, viewer: &Viewer) -> Self {
        let exposure = customer.exposure(viewer);
        let shown = exposure.contact(customer.email.as_deref(), customer.phone.as_deref());
        let can = Can::new(
            ABILITIES.map(|permission| (permission, viewer.ability(permission, customer.is_own(permission, viewer)))),
        );
        Self {
            id: customer.id,
            display_name: exposure.text(&customer.display_name),
            email: shown.email,
            phone: shown.phone,
            locale: customer.locale,
            masked_fields: shown.masked_fields,
            source: customer.source,
            business_id: customer.business_id,
            created_at: customer.created_at,
            first_seen_at: customer.first_seen_at,
            last_seen_at: customer.last_seen_at,
            identified: customer.identified,
            label_ids: customer.labels,
            version: customer.version,
            can,
        }
    }
}
