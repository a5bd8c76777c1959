//! Buying: a plan, what is had beside it, credits; and the provider's page for cards.

pub mod create;
pub mod portal;
pub mod show;
pub mod view;
