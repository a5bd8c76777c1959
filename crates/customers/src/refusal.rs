use kernel::Problem;

use crate::label::{MOST_IN_WORKSPACE, MOST_LABELS};

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
    #[error("the workspace has a label of this name")]
    LabelNameTaken,
    #[error("the workspace has as many labels as it can")]
    TooManyLabels,
    #[error("a label's colour is no hue")]
    LabelColor,
    #[error("the label was changed by somebody else")]
    LabelChanged { version: i64 },
    #[error("a label is merged into another one")]
    LabelIntoItself,
    #[error("nothing carries more labels")]
    TooManyLabelsHere,
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
            Refusal::LabelNameTaken => Self::new(409, "label.name_taken", "There is a label of this name already."),
            Refusal::TooManyLabels => {
                let told = format!("A workspace has at most {MOST_IN_WORKSPACE} labels. Merge or delete some first.");
                Self::new(409, "label.too_many", told)
            }
            Refusal::LabelColor => Self::field("/color", "invalid_value", "is no hue from 0 to 359"),
            Refusal::LabelChanged { version } => {
                Self::new(409, "label.changed", "Somebody changed this meanwhile. Look at it again.")
                    .with("version", version)
            }
            Refusal::LabelIntoItself => Self::field("/into", "invalid_value", "is the label itself"),
            Refusal::TooManyLabelsHere => {
                Self::new(422, "label.too_many_here", format!("Nothing carries more than {MOST_LABELS} labels."))
            }
            Refusal::Cursor(error) => Self::field("/cursor", "invalid_cursor", error.to_string()),
        }
    }
}
