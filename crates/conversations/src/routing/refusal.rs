//! Why a routing rule is refused.

use kernel::{Problem, RoutingRuleId};
use serde_json::json;

#[derive(Debug, thiserror::Error)]
pub enum RuleRefusal {
    /// The rule `behind` would never get a turn, because `by` takes everything that it could take.
    #[error("the rule {behind:?} would never get a turn behind {by:?}")]
    Shadows { by: (RoutingRuleId, String), behind: (RoutingRuleId, String) },
    #[error("it was changed by somebody else")]
    Changed { version: i64 },
    #[error("more rules than anybody can keep in order")]
    TooMany,
    #[error("the order names other rules than there are")]
    Order,
    /// Something that a rule names is not there.
    #[error("{0} names what is not there")]
    Unknown(&'static str),
    #[error("{field} is not valid: {detail}")]
    Invalid { field: &'static str, detail: &'static str },
    /// Whoever sees addresses masked learns nothing of them through a rule either (INV-20).
    #[error("the condition asks for what the actor sees masked")]
    Masked,
}

impl From<RuleRefusal> for Problem {
    fn from(refusal: RuleRefusal) -> Self {
        match refusal {
            RuleRefusal::Shadows { by, behind } => Self::new(
                422,
                "rule.shadows",
                "A rule would never get a turn, because an earlier one takes everything that it could take. Move the wider rule behind it.",
            )
            .with("by", json!({ "id": by.0, "name": by.1 }))
            .with("behind", json!({ "id": behind.0, "name": behind.1 })),
            RuleRefusal::Changed { version } => {
                Self::new(409, "rule.changed", "Somebody changed this rule meanwhile. Look at it again.")
                    .with("version", version)
            }
            RuleRefusal::TooMany => Self::new(422, "rule.too_many", "There are more rules than anybody can keep in order."),
            RuleRefusal::Order => {
                Self::new(422, "rule.order", "The order has to name every rule once. Look at the list again.")
            }
            RuleRefusal::Unknown(pointer) => Self::field(pointer, "unknown", "names something that is not there"),
            RuleRefusal::Invalid { field, detail } => Self::field(field, "invalid", detail),
            RuleRefusal::Masked => Self::field(
                "/conditions/customer_field",
                "masked",
                "asks for what is masked for you; somebody who sees addresses can set this",
            ),
        }
    }
}
