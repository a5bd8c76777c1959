//! Hand-overs: a conversation on its way from one to another, until it is taken or sent back.

pub mod accept;
pub mod create;
pub mod delete;
pub mod list;
pub mod refuse;
pub mod view;
