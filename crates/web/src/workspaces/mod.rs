//! Workspaces: the containers of everything a team works on.

pub mod create;
pub mod show;
pub mod update;
pub mod view;
