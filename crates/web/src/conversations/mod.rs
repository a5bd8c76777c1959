//! Conversations and their messages: one file per operation.

pub mod assignment;
pub mod assignment_decisions;
pub mod claim;
pub mod export;
pub mod hold;
pub mod labels;
pub mod list;
pub mod messages;
pub mod mode;
pub mod notes;
pub mod presence;
pub mod read;
pub mod reply;
pub mod scheduled;
pub mod show;
pub mod snooze;
pub mod split;
pub mod status;
pub mod typing;
pub mod view;
