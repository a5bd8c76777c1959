//! Forgotten passwords, by a link in a mail.

pub mod complete;
pub mod create;
