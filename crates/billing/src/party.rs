use serde::Serialize;

/// Whom an invoice is from, or whom it is for, as it stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    pub name: String,
    /// An address, a tax number: lines below the name, or empty.
    pub details: String,
}

impl Party {
    /// `None` where nobody was named.
    pub(crate) fn named(name: String, details: String) -> Option<Self> {
        (!name.is_empty()).then_some(Self { name, details })
    }
}
