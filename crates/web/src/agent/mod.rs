//! The AI of a workspace: whether it answers, and what it does.

pub mod show;
pub mod update;
pub mod view;
