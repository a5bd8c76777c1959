//! Customers.

pub mod list;
pub mod show;
pub mod update;
pub mod view;
