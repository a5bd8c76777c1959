//! The first steps of a workspace.

pub mod show;
