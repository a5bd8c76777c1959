//! The demo's sample workspace: a team, its customers and six weeks of conversations, made once per data folder
//! through the product's own operations.

mod calendar;
mod corpus;
mod patron;
mod script;
mod team;
mod telling;
