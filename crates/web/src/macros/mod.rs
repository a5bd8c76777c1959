//! Macros: several actions on a conversation in one.

pub mod create;
pub mod delete;
pub mod list;
pub mod run;
pub mod update;
pub mod view;
