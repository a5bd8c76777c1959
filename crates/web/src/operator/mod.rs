//! The console of whoever operates the instance: plans, catalogues, money that is collected by hand, and what members
//! asked for, over all workspaces. Who operates nothing finds none of it (404).

pub mod catalogues;
pub mod invoices;
pub mod seller;
pub mod support_requests;
pub mod troubles;
pub mod workspaces;
