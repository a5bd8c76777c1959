//! How the signed-in member wants to be told.

pub mod show;
pub mod update;
