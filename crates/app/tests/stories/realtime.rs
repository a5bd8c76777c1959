//! What open pages see as it happens.
