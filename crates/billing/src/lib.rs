//! Billing: what a workspace may use, what it pays for that, and what of it is left.
//!
//! Invariants: nothing is granted unpaid and nothing charged twice (INV-33); invoices add up and every prorated line can
//! be computed again from what stands in it (INV-34); the pool of credits is what its entries add up to (INV-30), and
//! nobody spends more of it than there is (INV-31).

mod assign;
pub mod buyer;
pub mod by_hand;
pub mod catalogue;
pub mod change;
pub mod checkout;
mod contract;
mod cycle;
pub mod desk;
mod dunning;
pub mod effect;
mod extra_seats;
mod founding;
pub mod invoice;
pub mod ledger;
mod month;
pub mod offer;
mod overage;
pub mod overview;
mod party;
mod payer;
pub mod period;
pub mod price;
pub mod pricing;
mod proration;
mod refusal;
pub mod seat;
pub mod seller;
pub mod subscription;
pub mod support_request;
pub mod sync;
pub mod till;
mod trial;
pub mod trouble;
pub mod usage;

pub use assign::{Assignment, assign};
pub use catalogue::of_workspace as catalogue_of;
pub use contract::{CONTRACT_SEATS, agree_on_seats};
pub use cycle::{PAYMENT_TIME, advance};
pub use extra_seats::seats_changed;
pub use founding::begin;
pub use party::Party;
pub use payer::{owner_changed, who_may};
pub use proration::prorate;
pub use refusal::Refusal;
