//! Routing teams and who sits in them.

pub mod create;
pub mod delete;
pub mod list;
pub mod members;
pub mod update;
pub mod view;
