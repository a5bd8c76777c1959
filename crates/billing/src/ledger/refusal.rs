//! Why the ledger refused.

use kernel::{InvalidCursor, Problem};
use tenancy::Error;

use super::ReservationState;

#[derive(Debug, thiserror::Error)]
pub enum LedgerRefusal {
    #[error("there are {available} credits")]
    Insufficient { available: i64 },
    /// The member has spent what they may in this month.
    #[error("the member may spend {left} more credits this month")]
    CapReached { left: i64 },
    #[error("more is to be spent than was reserved")]
    ExceedsReservation,
    /// It was committed or released before.
    #[error("the reservation is {}", .state.name())]
    Settled { state: ReservationState },
    #[error("more credits than can be counted")]
    Overflow,
    #[error(transparent)]
    InvalidCursor(#[from] InvalidCursor),
    #[error(transparent)]
    Vault(#[from] Error),
}

impl LedgerRefusal {
    /// As a failure, where there is nobody who could be refused.
    pub(crate) fn unexpected(self) -> Error {
        match self {
            Self::Vault(error) => error,
            refusal => Error::Corrupt(refusal.to_string()),
        }
    }
}

impl From<LedgerRefusal> for Problem {
    fn from(refusal: LedgerRefusal) -> Self {
        match refusal {
            LedgerRefusal::Vault(error) => error.into(),
            LedgerRefusal::InvalidCursor(error) => Self::field("/cursor", "invalid_cursor", error.to_string()),
            LedgerRefusal::Insufficient { available } => {
                Self::new(409, "credit.insufficient", "There are not enough credits left.").with("available", available)
            }
            LedgerRefusal::CapReached { left } => {
                Self::new(409, "credit.cap_reached", "You have spent the credits that you may spend this month.")
                    .with("available", left)
            }
            LedgerRefusal::ExceedsReservation => {
                Self::new(422, "credit.exceeds_reservation", "No more can be spent than was reserved.")
            }
            LedgerRefusal::Settled { state } => {
                Self::new(409, "credit.reservation_settled", "This reservation was settled before.")
                    .with("state", state.name())
            }
            LedgerRefusal::Overflow => Self::new(422, "credit.overflow", "That is more than can be counted."),
        }
    }
}
