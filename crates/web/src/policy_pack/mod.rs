//! The policy pack that a workspace stands on, and switching to another one.

pub mod preview;
pub mod show;
pub mod update;
pub mod view;
