//! Why an operation of this crate was refused.

use kernel::Problem;

#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("the catalogue has no plan {0:?}")]
    UnknownPlan(String),
    /// Its price is not stated: the operator can assign it, nobody can buy it.
    #[error("the plan {0:?} is not for sale")]
    NotForSale(String),
    #[error("the workspace has this plan already")]
    CurrentPlan,
    #[error("nothing is sold here")]
    NoTill,
    #[error("the payment provider does not answer")]
    TillUnavailable,
    #[error(transparent)]
    Vault(#[from] tenancy::Error),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let (status, code, detail) = match refusal {
            Refusal::Vault(error) => return error.into(),
            Refusal::UnknownPlan(_) => (422, "plan.unknown", "There is no such plan."),
            Refusal::NotForSale(_) => (409, "plan.not_for_sale", "This plan has no price: ask the operator for it."),
            Refusal::CurrentPlan => (409, "plan.current", "The workspace has this plan already."),
            Refusal::NoTill => (409, "till.none", "Nothing is sold here: the operator decides about plans."),
            Refusal::TillUnavailable => (503, "till.unavailable", "The payment provider does not answer. Try again."),
        };
        Self::new(status, code, detail)
    }
}
