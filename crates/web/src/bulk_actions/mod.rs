//! One action on many conversations.

pub mod create;
pub mod list;
pub mod show;
pub mod view;
