//! Signed-in browsers.

pub mod confirm;
pub mod cookie;
pub mod create;
pub mod delete;
pub mod list;
