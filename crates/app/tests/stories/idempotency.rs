//! The same request twice.
