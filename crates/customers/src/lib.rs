//! Customers: who writes to a workspace, and how much of them a member may see.
//!
//! Invariant (INV-19, INV-20): contact data leaves this crate's records only through [`masking`], which decides by
//! the viewer's own reach. A customer belongs to one business (INV-36); an address that somebody merely typed is a
//! claim and never ties two customers together (ruling 25).

mod assignee;
mod customer;
mod edit;
mod identity;
pub mod label;
mod list;
pub mod masking;
pub mod merge;
pub mod note;
mod refusal;

pub use assignee::{assigned, contact_again, contacts, released, released_all};
pub use customer::{Customer, NewCustomer, among, create, is_nameless, show, snapshot};
pub use edit::{Change, claim, update};
pub use identity::{SITE_USER, identified_by, identify};
pub use list::{Filter, list};
pub use refusal::Refusal;
