//! Why an operation of this crate was refused.

use kernel::Problem;

use crate::till::TillTrouble;

#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is no catalogue {0:?}")]
    UnknownCatalogue(String),
    #[error("the catalogue has no plan {0:?}")]
    UnknownPlan(String),
    /// Its price is not stated: the operator can assign it, nobody can buy it.
    #[error("the plan {0:?} is not for sale")]
    NotForSale(String),
    #[error("the workspace has this plan already")]
    CurrentPlan,
    #[error("nothing is sold here")]
    NoTill,
    #[error("the catalogue has no add-on {0:?}")]
    UnknownAddon(String),
    /// It would be bought: that takes a payment first.
    #[error("there is less of it than that")]
    NotLess,
    #[error("the workspace is about to be deleted")]
    Deleting,
    /// The plan can have no more of it, whatever is paid.
    #[error("the plan has no room for so many")]
    NoRoom,
    #[error("an amount is too large to be one")]
    TooMuch,
    #[error("an invoice is due first")]
    PaymentDue,
    /// A plan that was paid while the trial runs.
    #[error("a plan that was paid begins when the trial ends")]
    PlanPaid,
    #[error("nothing runs that could be cancelled")]
    NotRunning,
    #[error("the invoice is not open")]
    NotOpen,
    /// The workspace has a subscription at the provider: its plan is changed, not bought again.
    #[error("the workspace pays for a plan already")]
    PaysAlready,
    /// What runs at the provider ends there before the operator decides about the plan.
    #[error("the workspace pays for its plan at the payment provider: end that subscription first")]
    AtProvider,
    /// Its next invoice takes it, and cannot be in another currency.
    #[error("credit waits for the next invoice")]
    CreditWaits,
    #[error("seats are not agreed on in this catalogue")]
    NoContract,
    /// A plan is bought on the provider's page first; only then there is something to change.
    #[error("nothing was bought yet")]
    NotBought,
    /// Somebody else buys the same at this moment, or it was just paid.
    #[error("a purchase is just being settled")]
    CheckoutPending,
    /// The card was refused; the code is the provider's.
    #[error("the payment was declined: {0}")]
    Declined(String),
    /// The provider cannot do that.
    #[error("the till does not do that")]
    NotOffered,
    /// The provider cannot be asked, for a cause that is the operator's to read.
    #[error("the payment provider: {0}")]
    Till(String),
    #[error("many requests wait for the operator already")]
    RequestsWait,
    #[error("the request is answered already")]
    RequestAnswered,
    #[error(transparent)]
    Cursor(#[from] kernel::InvalidCursor),
    #[error(transparent)]
    Vault(#[from] tenancy::Error),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let (status, code, detail) = match refusal {
            Refusal::Vault(error) => return error.into(),
            Refusal::Cursor(error) => return Self::field("/cursor", "invalid_cursor", error.to_string()),
            Refusal::Till(cause) => {
                return Self::new(503, "till.unavailable", "The payment provider does not answer. Try again.")
                    .retry_after(5)
                    .because(cause);
            }
            Refusal::Declined(code) => {
                return Self::new(402, "payment.declined", "The card was declined.").with("decline_code", code);
            }
            Refusal::PaysAlready => {
                (409, "checkout.subscribed", "The workspace pays for a plan already: change that one.")
            }
            Refusal::AtProvider => (
                409,
                "subscription.at_provider",
                "The workspace pays for its plan at the payment provider: end that subscription first.",
            ),
            Refusal::CreditWaits => (
                409,
                "subscription.credit_waits",
                "The workspace has credit that its next invoice takes: until then it stays with its currency.",
            ),
            Refusal::NoContract => (
                409,
                "seat.no_contract",
                "The seats of this catalogue are not agreed on: the plan says how many there are.",
            ),
            Refusal::NotBought => (409, "plan.not_bought", "The plan is bought on the payment page first."),
            Refusal::CheckoutPending => {
                (409, "checkout.pending", "A purchase is just being settled. Try again shortly.")
            }
            Refusal::NotOffered => (409, "till.not_offered", "The payment provider cannot do that."),
            Refusal::UnknownAddon(_) => (422, "addon.unknown", "There is no such add-on."),
            Refusal::NotLess => (409, "addon.not_less", "More of an add-on is bought; here it only becomes less."),
            Refusal::Deleting => (
                409,
                "workspace.deleting",
                "The workspace is about to be deleted: take that back before anything is bought for it.",
            ),
            Refusal::NoRoom => (409, "addon.no_room", "This plan can have no more of it: a larger plan can."),
            Refusal::TooMuch => (422, "amount.too_large", "That comes to more than can be invoiced."),
            Refusal::PaymentDue => (409, "invoice.due", "An invoice is overdue: pay it first."),
            Refusal::PlanPaid => (409, "plan.paid", "The plan that was paid begins when the trial ends."),
            Refusal::NotRunning => (409, "subscription.not_running", "There is nothing to cancel."),
            Refusal::NotOpen => (409, "invoice.not_open", "The invoice is paid or taken back already."),
            Refusal::UnknownCatalogue(_) => (422, "catalogue.unknown", "There is no such plan catalogue."),
            Refusal::RequestsWait => {
                (409, "support_request.many_wait", "Many requests wait already. Let the operator answer them first.")
            }
            Refusal::RequestAnswered => (409, "support_request.answered", "This request has another answer already."),
            Refusal::UnknownPlan(_) => (422, "plan.unknown", "There is no such plan."),
            Refusal::NotForSale(_) => (409, "plan.not_for_sale", "This plan has no price: ask the operator for it."),
            Refusal::CurrentPlan => (409, "plan.current", "The workspace has this plan already."),
            Refusal::NoTill => (409, "till.none", "Nothing is sold here: the operator decides about plans."),
        };
        Self::new(status, code, detail)
    }
}

impl From<TillTrouble> for Refusal {
    fn from(trouble: TillTrouble) -> Self {
        match trouble {
            TillTrouble::Declined { code } => Self::Declined(code),
            TillTrouble::NotOffered => Self::NotOffered,
            TillTrouble::Unavailable(_)
            | TillTrouble::Refused { .. }
            | TillTrouble::Gone
            | TillTrouble::BadSignature => Self::Till(trouble.to_string()),
        }
    }
}
