//! Signed-in browsers.

pub mod cookie;
pub mod create;
pub mod delete;
pub mod list;
