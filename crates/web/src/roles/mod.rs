//! The roles of a workspace: its policy pack's, and its own.

pub mod create;
pub mod delete;
pub mod impact;
pub mod list;
pub mod update;
pub mod view;
