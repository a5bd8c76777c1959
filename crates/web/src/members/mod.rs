//! Who belongs to a workspace.

pub mod list;
