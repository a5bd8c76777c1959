//! What somebody has to do by when.

pub mod comments;
pub mod create;
pub mod delete;
pub mod list;
pub mod show;
pub mod update;
pub mod view;
