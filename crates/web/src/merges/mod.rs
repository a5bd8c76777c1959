//! Conversations and customers that become one, and part again.

pub mod conversations;
pub mod customers;
pub mod delete;
pub mod view;
