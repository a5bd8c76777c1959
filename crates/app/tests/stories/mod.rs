//! What people do, one file per noun.

mod accounts;
mod agency;
mod api_keys;
mod attachments;
mod audit;
mod bad_input;
mod canary;
mod demo;
mod discretion;
mod idempotency;
mod inbox;
mod intrusion;
mod invitations;
mod jobs;
mod lists;
mod members;
mod one_policy;
mod operations;
mod operator;
mod own_business;
mod ownership;
mod packs;
mod realtime;
mod realtime_state;
mod search;
mod widget;
pub(crate) mod workspaces;
