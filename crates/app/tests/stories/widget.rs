//! The visitor's side.
