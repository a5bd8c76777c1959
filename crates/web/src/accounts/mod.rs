//! Signing up.

pub mod create;
