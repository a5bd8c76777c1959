//! Making and changing a workspace.
