//! Permission sets: what some members may do beside their role.

pub mod create;
pub mod delete;
pub mod list;
pub mod update;
pub mod view;
