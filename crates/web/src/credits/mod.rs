//! The pool of credits: what is left of it, its ledger, and what is kept for work under way.

pub mod caps;
pub mod entries;
pub mod export;
pub mod reservations;
pub mod show;
pub mod view;
