//! Workspaces: the containers of everything a team works on.

pub mod create;
pub mod delete;
pub mod leave;
pub mod show;
pub mod undelete;
pub mod update;
pub mod view;
