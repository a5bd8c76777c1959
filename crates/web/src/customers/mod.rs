//! Customers.

pub mod conversations;
pub mod labels;
pub mod list;
pub mod notes;
pub mod show;
pub mod update;
pub mod view;
