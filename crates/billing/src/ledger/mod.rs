//! The credit ledger (OWN-7): one pool for a workspace, moved by entries that are written once, and kept for work under
//! way by reservations.
//!
//! Invariants: the balance is what the entries add up to, and consumption is what the members and nobody in particular
//! consumed (INV-30). What is reserved is there; two never spend the same credit (INV-31). One workspace's credits never
//! change another's (INV-32).
//!
//! A pool without limit keeps reservations, so that work is the same everywhere, and posts nothing: what counts against
//! nothing is counted under nobody.

mod account;
mod balance;
mod claim;
mod consumption;
mod entry;
mod grant;
mod purchase;
mod refusal;
mod reservation;
#[cfg(test)]
mod tests;
mod verify;

pub use account::{Account, Credits, EntryKind, account};
pub use balance::{Balance, MemberUse, balance};
pub use claim::{Cause, Claim, ReservationTime};
pub use consumption::{Cap, remove_cap, set_cap};
pub use entry::{Entry, EntryFilter, LedgerMember, entries};
pub use grant::{grant_period, look_after};
pub use purchase::{adjust, dispute, purchase, refund};
pub use refusal::LedgerRefusal;
pub use reservation::{Reservation, ReservationState, commit, commit_key, cost, release, release_work, reserve};
pub use verify::{LedgerVerdict, verify};
