//! Every workspace and what it stands on.

pub mod list;
pub mod plan;
pub mod show;
pub mod view;
