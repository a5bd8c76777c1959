//! Conversations: reading, claiming, assigning, replying, snoozing, closing.
