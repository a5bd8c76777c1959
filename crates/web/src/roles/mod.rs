//! The roles of a workspace's policy pack.

pub mod list;
