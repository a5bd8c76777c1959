//! API keys: how programs enter a workspace.

pub mod create;
pub mod delete;
pub mod list;
pub mod scopes;
pub mod view;
