//! The plan catalogues of the instance: those that come with the program and those that were loaded.

pub mod create;
pub mod list;
pub mod show;
pub mod view;
