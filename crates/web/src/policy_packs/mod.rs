//! The policy packs that a new workspace can stand on.

pub mod list;
