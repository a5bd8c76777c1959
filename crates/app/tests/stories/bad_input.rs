//! What the doors refuse before any rule is asked.
