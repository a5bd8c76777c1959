use kernel::Problem;

/// Why something about a customer is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Vault(#[from] tenancy::Error),
    /// Contact data that one sees only masked is not one's to change (INV-20).
    #[error("contact data is masked for this member")]
    Masked,
    /// The address already belongs to another customer of the business (INV-36).
    #[error("another customer of the business has this address")]
    EmailTaken,
    #[error("the cursor belongs to another list")]
    Cursor(#[from] kernel::InvalidCursor),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Vault(error) => error.into(),
            Refusal::Masked => Self::new(
                403,
                "customer.masked",
                "You see this customer's contact data masked, so you cannot change it.",
            )
            .with("permission", "customer.view_unmasked")
            .with("required_scope", "any")
            .with("decided_by", "role"),
            Refusal::EmailTaken => {
                Self::new(409, "customer.email_taken", "Another customer of this business has this address.")
            }
            Refusal::Cursor(error) => Self::field("/cursor", "invalid_cursor", error.to_string()),
        }
    }
}
