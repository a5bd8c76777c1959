//! How the inbox works: the pack's policies, and what the workspace decides otherwise.

pub mod show;
pub mod update;
pub mod view;
