//! What members of every workspace ask the operator for.

pub mod answer;
pub mod list;
pub mod view;
