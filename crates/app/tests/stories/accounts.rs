//! Signing up, in and out; passwords, sessions, e-mail addresses.
