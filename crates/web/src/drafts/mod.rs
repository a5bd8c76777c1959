//! What one has begun to write: in one conversation, and all of it.

pub mod delete;
pub mod list;
pub mod put;
pub mod show;
pub mod view;
