//! Channels: what customers write through.

pub mod create;
pub mod identity_secret;
pub mod list;
pub mod show;
pub mod update;
pub mod view;
