//! Handing the workspace over to another member.

pub mod accept;
pub mod create;
pub mod delete;
pub mod list;
pub mod view;
