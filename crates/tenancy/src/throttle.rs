//! At most so many a minute of what anybody can cause to be written; the rest is counted.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use kernel::Timestamp;

const MINUTE: Duration = Duration::from_secs(60);
/// Keys whose minute is over are forgotten once there are this many.
const KEYS_BEFORE_CLEANING: usize = 10_000;

/// Windows of a minute by key, in memory: every server has its own.
#[derive(Default)]
pub(crate) struct Throttle(Mutex<HashMap<String, Window>>);

struct Window {
    since: Timestamp,
    admitted: u32,
    suppressed: i64,
}

impl Throttle {
    /// Admits one more of this key, and tells how many were suppressed since the last that was admitted; `None`
    /// suppresses it.
    pub(crate) fn admit(&self, key: &str, most: u32, now: Timestamp) -> Option<i64> {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() > KEYS_BEFORE_CLEANING {
            windows.retain(|_, window| now < window.since.plus(MINUTE));
        }
        let fresh = || Window { since: now, admitted: 0, suppressed: 0 };
        let window = windows.entry(key.to_owned()).or_insert_with(fresh);
        if now >= window.since.plus(MINUTE) {
            *window = Window { suppressed: window.suppressed, ..fresh() };
        }
        if window.admitted >= most {
            window.suppressed += 1;
            return None;
        }
        window.admitted += 1;
        Some(std::mem::take(&mut window.suppressed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_suppressed_is_told_with_the_next_one() {
        let (throttle, start) = (Throttle::default(), Timestamp::from_millis(1_000));
        let admitted = |after: u64| throttle.admit("ann", 2, start.plus(Duration::from_secs(after)));
        assert_eq!([admitted(0), admitted(1), admitted(2), admitted(59)], [Some(0), Some(0), None, None]);
        assert_eq!(throttle.admit("bo", 2, start), Some(0), "everybody has their own");
        assert_eq!([admitted(60), admitted(61), admitted(62)], [Some(2), Some(0), None]);
    }
}
