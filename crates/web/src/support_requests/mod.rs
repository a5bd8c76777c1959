//! What members ask the operator for, where something is not sold.

pub mod create;
pub mod list;
pub mod view;
