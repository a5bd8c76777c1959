//! Seats: how many there are, and what more of them cost, told before anybody is invited.

pub mod quote;
pub mod show;
pub mod view;
