//! Brands or products inside a workspace.

pub mod list;
