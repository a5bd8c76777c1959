//! Invitations: sent by members, looked at and accepted by whoever holds the link.

pub mod accept;
pub mod create;
pub mod delete;
pub mod list;
pub mod lookup;
pub mod resend;
pub mod view;
