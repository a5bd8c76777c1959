//! When the workspace is open.

pub mod show;
pub mod update;
pub mod view;
