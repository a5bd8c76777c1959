//! Routing rules: where conversations go, rehearsed on what came in, and set up by recipe.

pub mod create;
pub mod delete;
pub mod list;
pub mod order;
pub mod recipes;
pub mod rehearsal;
pub mod update;
pub mod view;
