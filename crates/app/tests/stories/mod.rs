//! What people do, one file per noun.

mod accounts;
mod attachments;
mod bad_input;
mod demo;
mod discretion;
mod idempotency;
mod inbox;
mod invitations;
mod jobs;
mod lists;
mod operations;
mod realtime;
mod realtime_state;
mod search;
mod widget;
mod workspaces;
