//! Rows for the measured databases, written straight into the schema: people, channels, visitors, conversations.

pub mod conversations;
pub mod house;
mod random;
mod script;
pub mod words;

pub use random::Random;
pub use script::{Engine, Script};
