//! Canned responses: texts that are written once and sent often.

pub mod create;
pub mod delete;
pub mod import;
pub mod list;
pub mod rendering;
pub mod update;
pub mod view;
