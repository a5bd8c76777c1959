//! Where services outside tell us something, with signatures of their own.

pub mod stripe;
