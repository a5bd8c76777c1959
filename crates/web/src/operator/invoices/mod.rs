//! Invoices of every workspace, and those that are collected by hand.

pub mod list;
pub mod payment;
pub mod view;
pub mod void;
