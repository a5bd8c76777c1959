//! Calling colleagues and teams to a note.

pub mod check;
pub mod view;
