//! Files on both sides of a conversation.
