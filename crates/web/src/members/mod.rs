//! Who belongs to a workspace: shown, created, changed, reviewed, and how they go.

pub mod access_review;
pub mod activity;
pub mod availability;
pub mod create;
pub mod deactivation;
pub mod delete;
pub mod exit_receipts;
pub mod list;
pub mod password_reset;
pub mod permission_sets;
pub mod review;
pub mod role;
pub mod sessions;
pub mod show;
pub mod update;
pub mod view;
