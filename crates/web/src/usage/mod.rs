//! What a workspace uses up in a month.

pub mod show;
