//! Who may do what, and why.

pub mod explain;
pub mod matrix;
pub mod object;
