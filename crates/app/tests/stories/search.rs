//! Finding customers and words.
