//! Notifications: who is told of what, where and when. Nobody is told of what they cannot open, and what is masked for
//! them stays masked.
