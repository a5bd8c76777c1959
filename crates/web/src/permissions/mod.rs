//! The permission catalogue.

mod group;
pub mod list;
