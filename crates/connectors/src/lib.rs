//! The outside world behind the ports that lower floors own: mail and files.
//!
//! Invariant: nothing here decides; a connector carries what it was given and says whether that worked.

mod email;
mod files;

pub use email::{KeptMail, Outbox, SmtpPostman};
pub use files::LocalFiles;
