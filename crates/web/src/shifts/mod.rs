//! Shifts: the weekly hours in which a member takes work of their teams.

pub mod create;
pub mod delete;
pub mod list;
pub mod update;
pub mod view;
