//! Every workspace and what it stands on.

pub mod contract_seats;
pub mod list;
pub mod plan;
pub mod show;
pub mod view;
