//! Proving an e-mail address, by a link in a mail.

pub mod complete;
pub mod create;
