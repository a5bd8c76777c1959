//! The subscription of a workspace, and its invoices.

pub mod addon_preview;
pub mod addons;
pub mod buyer;
pub mod cancellation;
pub mod document;
pub mod invoices;
pub mod party;
pub mod plan;
pub mod plan_preview;
pub mod show;
pub mod view;
mod words;
