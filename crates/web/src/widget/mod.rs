//! The visitors' doors: what the chat on other people's websites speaks to. A visitor shows a token in a header, never
//! a cookie, and every door asks the channel whether the page's origin may be here.

pub mod attachments;
pub mod config;
pub mod conversations;
pub(crate) mod cors;
pub mod messages;
pub mod read;
pub mod send;
pub mod typing;
pub mod view;
pub mod visitors;
