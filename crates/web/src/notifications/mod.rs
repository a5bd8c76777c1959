//! What the signed-in member was told of, and what of it they have read.

pub mod count;
pub mod list;
pub mod read;
pub mod read_all;
pub mod view;
