//! Who invoices are from.

pub mod put;
pub mod show;
pub mod view;
