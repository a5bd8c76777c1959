//! Why a catalogue was refused.

use kernel::{FaultAt, NO_KEY};

/// A line of the catalogue, and what is wrong there. A catalogue with one fault is refused whole.
pub type CatalogueError = FaultAt<CatalogueFault>;

/// What is wrong with a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueFault {
    /// It is no TOML, a key is unknown or missing, or a value is none of the words that exist.
    #[error("{0}")]
    Text(String),
    #[error("{0:?} {NO_KEY}")]
    BadKey(String),
    #[error("versions start at 1")]
    BadVersion,
    #[error("{0:?} is no currency: it takes the three capital letters of ISO 4217")]
    BadCurrency(String),
    #[error("{0:?} appears twice")]
    Double(String),
    #[error("two plans have the rank {0}")]
    DoubleRank(i64),
    #[error("there is no plan")]
    NoPlan,
    #[error("{value} is not between {least} and {most}")]
    OutOfRange { value: i64, least: i64, most: i64 },
    #[error("{max} is less than the {included} that are included")]
    MaxBelowIncluded { included: i64, max: i64 },
    #[error("there is no entitlement {0:?}")]
    UnknownEntitlement(String),
    #[error("there is no meter {0:?}: it is one of messages, sms, agents and phone_numbers")]
    UnknownMeter(String),
    /// An add-on is paid every month or once: one of both, not none and not both.
    #[error("an add-on has either a monthly price or a price to pay once")]
    PriceOfAddon,
    #[error("seats and slots are paid every month, credits once")]
    PriceDoesNotFit,
    #[error("units over the allowance are billed, but they have no price")]
    NoOveragePrice,
    #[error("shares to warn at fall from the first to the last and lie between 0 and 100")]
    BadShares,
}
