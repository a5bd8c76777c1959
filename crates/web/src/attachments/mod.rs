//! Files: taken in as they come, handed out as downloads that no browser runs.

pub mod file;
pub mod show;
pub mod upload;
