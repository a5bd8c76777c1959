//! The outside world behind the ports that lower floors own: mail, files, push messages, Slack and the till.
//!
//! Invariant: nothing here decides; a connector carries what it was given and says whether that worked.

mod email;
mod files;
mod outgoing;
mod slack;
mod stripe;
mod web_push;

pub use email::{KeptMail, Outbox, SmtpPostman};
pub use files::LocalFiles;
pub use outgoing::Outgoing;
pub use slack::SlackWebhooks;
pub use stripe::StripeTill;
pub use web_push::WebPush;
