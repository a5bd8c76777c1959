//! Whom an invoice is from, or for: as it is said and shown.

use billing::Party;
use kernel::{AddressLines, Line};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartyPut {
    pub(crate) name: Line,
    /// An address, a tax number: at most 10 lines below the name, or empty.
    pub(crate) details: AddressLines,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartyView {
    name: String,
    /// Lines below the name, or empty.
    details: String,
}

impl From<Party> for PartyView {
    fn from(Party { name, details }: Party) -> Self {
        Self { name, details }
    }
}
