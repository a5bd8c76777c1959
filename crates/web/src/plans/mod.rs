//! What can be had here and for how much.

pub mod list;
