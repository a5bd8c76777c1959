//! The labels of a workspace. Putting them on something stands beside what they are put on.

pub mod create;
pub mod delete;
pub mod list;
pub mod merge;
pub mod update;
pub mod view;
