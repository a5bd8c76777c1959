//! Billing: what a workspace may use, what it pays for that, and what of it is left.
//!
//! Invariants: nothing is granted unpaid and nothing charged twice (INV-33); invoices add up and every prorated line can
//! be computed again from what stands in it (INV-34); the pool of credits is what its entries add up to (INV-30), and
//! nobody spends more of it than there is (INV-31).

pub mod catalogue;
pub mod effect;
mod founding;
pub mod period;
pub mod price;
mod refusal;
pub mod subscription;
pub mod till;

pub use founding::begin;
pub use refusal::Refusal;
