//! Saved searches: filters of the inbox under a name.

pub mod create;
pub mod delete;
pub mod list;
pub mod update;
pub mod view;
