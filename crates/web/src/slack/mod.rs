//! The team's channel in Slack.

pub mod delete;
pub mod show;
pub mod test;
pub mod update;
pub mod view;
