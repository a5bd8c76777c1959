//! Joining a workspace.
