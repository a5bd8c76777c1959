//! The browsers by which the signed-in member takes push messages.

pub mod create;
pub mod delete;
pub mod key;
pub mod list;
pub mod view;
