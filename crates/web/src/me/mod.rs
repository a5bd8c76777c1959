//! The signed-in person: its account, the places it belongs to, its password.

pub mod password;
pub mod show;
pub mod update;
pub mod view;
