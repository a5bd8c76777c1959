//! Rate limits: token buckets by key, in memory. A limit that is reached answers 429 with the seconds to wait.

use std::{num::NonZeroU32, time::Duration};

use governor::{Quota, RateLimiter, clock::Clock as _, middleware::NoOpMiddleware, state::keyed::DashMapStateStore};
use kernel::{Clock, Problem};

use crate::Limits;

/// Every limit of the doors.
pub struct Limiters {
    /// By address and account name.
    pub sign_in: Limiter,
    /// By address, against one that tries many account names.
    pub sign_in_of_peer: Limiter,
    /// By address.
    pub sign_up: Limiter,
    /// By account name.
    pub reset: Limiter,
    /// By workspace: an invitation is a mail to anybody.
    pub invitations: Limiter,
    /// By address.
    pub visitors: Limiter,
    /// By visitor.
    pub visitor_messages: Limiter,
    /// By channel.
    pub channel_messages: Limiter,
    /// By key.
    pub api_key: Limiter,
    /// By workspace.
    pub whole_log: Limiter,
    /// By workspace.
    pub integration_test: Limiter,
}

impl Limiters {
    pub fn new(limits: Limits, clock: &Clock) -> Self {
        let per_minute = |amount| Limiter::new(amount, MINUTE, clock);
        let per_hour = |amount| Limiter::new(amount, 60 * MINUTE, clock);
        Self {
            sign_in: per_minute(limits.sign_in),
            sign_in_of_peer: per_minute(limits.sign_in_of_peer),
            sign_up: per_hour(limits.sign_up_per_hour),
            reset: per_hour(limits.reset_per_hour),
            invitations: per_hour(limits.invitations_per_hour),
            visitors: per_minute(limits.visitors),
            visitor_messages: per_minute(limits.visitor_messages),
            channel_messages: per_minute(limits.channel_messages),
            api_key: per_minute(limits.api_key),
            whole_log: per_minute(limits.whole_log),
            integration_test: per_minute(limits.integration_test),
        }
    }
}

/// One limit over many keys (an address, an account name, a visitor).
pub struct Limiter {
    buckets: RateLimiter<String, DashMapStateStore<String>, Ticking, NoOpMiddleware<Duration>>,
}

const MINUTE: Duration = Duration::from_secs(60);

/// The clock that everything here goes by, so that also a limit can be waited for without waiting.
struct Ticking(Clock);

impl governor::clock::Clock for Ticking {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Keys are forgotten once there are this many; a bucket that was idle long enough is full again anyway.
const KEYS_BEFORE_CLEANING: usize = 50_000;

impl Limiter {
    /// `amount` in each `period`, all of which may come at once.
    pub fn new(amount: u32, period: Duration, clock: &Clock) -> Self {
        let amount = NonZeroU32::new(amount).unwrap_or(NonZeroU32::MIN);
        let step = (period / amount.get()).max(Duration::from_nanos(1));
        let quota = Quota::with_period(step).unwrap_or(Quota::per_second(amount)).allow_burst(amount);
        Self { buckets: RateLimiter::dashmap_with_clock(quota, Ticking(clock.clone())) }
    }

    /// Takes one from the key's bucket.
    ///
    /// # Errors
    /// 429 `rate_limited` when it is empty.
    pub fn take(&self, key: &str) -> Result<(), Problem> {
        self.take_many(key, 1)
    }

    /// Takes so many from the key's bucket, or none.
    ///
    /// # Errors
    /// 429 `rate_limited` when it does not hold so many.
    pub fn take_many(&self, key: &str, amount: usize) -> Result<(), Problem> {
        if self.buckets.len() > KEYS_BEFORE_CLEANING {
            self.buckets.retain_recent();
        }
        let amount = u32::try_from(amount).ok().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MIN);
        let limited = Problem::new(429, "rate_limited", "Too many at once. Wait a moment.");
        match self.buckets.check_key_n(&key.to_owned(), amount) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(wait)) => Err(limited.retry_after(wait.wait_time_from(self.buckets.clock().now()).as_secs() + 1)),
            // The bucket never holds so many: fewer at a time may pass.
            Err(_) => Err(limited),
        }
    }
}
