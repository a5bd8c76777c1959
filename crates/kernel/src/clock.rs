//! Time as integer milliseconds, and the clock that tells it.

use std::{
    fmt,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, schema::Type},
};

/// A day of 24 hours, whatever the wall clock does in it.
pub const DAY: Duration = days(1);

pub const DAY_MILLIS: i64 = DAY.as_millis() as i64;

/// So many of them.
pub const fn days(count: u32) -> Duration {
    Duration::from_secs(count as u64 * 24 * 60 * 60)
}

/// A moment: milliseconds since 1970-01-01 UTC. RFC 3339 with milliseconds in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    pub const fn millis(self) -> i64 {
        self.0
    }

    #[must_use]
    pub const fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration.as_millis() as i64))
    }

    #[must_use]
    pub const fn minus(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(duration.as_millis() as i64))
    }

    /// Its day in UTC: year, month and day, both counted from 1.
    pub fn date(self) -> (i16, usize, i8) {
        let moment = jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::MAX);
        let date = moment.to_zoned(jiff::tz::TimeZone::UTC).date();
        (date.year(), usize::from(date.month().unsigned_abs()), date.day())
    }

    /// # Errors
    /// The text is not an RFC 3339 moment.
    pub fn parse(text: &str) -> Result<Self, jiff::Error> {
        Ok(Self(text.parse::<jiff::Timestamp>()?.as_millisecond()))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(moment) => write!(f, "{moment:.3}"),
            Err(_) => write!(f, "{}ms", self.0),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|_| D::Error::custom("is not an RFC 3339 moment"))
    }
}

impl PartialSchema for Timestamp {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .into()
    }
}
impl ToSchema for Timestamp {}

/// Where time comes from. Clones share one clock; [`Clock::movable`] stands still until it is moved.
#[derive(Debug, Clone, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that shows `start` until [`Clock::advance`] or [`Clock::set`] moves it.
    pub fn movable(start: Timestamp) -> Self {
        Self(Some(Arc::new(AtomicI64::new(start.0))))
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Some(held) => Timestamp(held.load(Ordering::SeqCst)),
            None => Timestamp(jiff::Timestamp::now().as_millisecond()),
        }
    }

    /// How long it has been since a moment that stays the same, and never less than it was: for what is counted over
    /// seconds or minutes, to whatever somebody sets the machine's clock.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
    pub fn elapsed(&self) -> Duration {
        static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
        match &self.0 {
            Some(held) => Duration::from_millis(held.load(Ordering::SeqCst).try_into().unwrap_or_default()),
            None => BEGUN.elapsed(),
        }
    }

    /// Moves a movable clock forward; the system clock stays as it is.
    pub fn advance(&self, by: Duration) {
        if let Some(held) = &self.0 {
            held.fetch_add(by.as_millis() as i64, Ordering::SeqCst);
        }
    }

    /// Sets a movable clock; the system clock stays as it is.
    pub fn set(&self, to: Timestamp) {
        if let Some(held) = &self.0 {
            held.store(to.0, Ordering::SeqCst);
        }
    }
}

/// Measures how long something takes, for the figures of a running server. It tells no moment: whatever depends on the
/// time asks the [`Clock`].
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "a span is measured, no moment is asked for")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    pub fn seconds(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_milliseconds() {
        let moment = Timestamp::parse("2026-11-21T18:20:00.120Z").expect("a moment");
        assert_eq!(moment.to_string(), "2026-11-21T18:20:00.120Z");
        assert_eq!(moment.date(), (2026, 11, 21));
    }

    #[test]
    fn a_movable_clock_is_shared_by_its_clones() {
        let clock = Clock::movable(Timestamp::from_millis(1_000));
        clock.clone().advance(Duration::from_millis(5));
        assert_eq!(clock.now().millis(), 1_005);
    }
}
