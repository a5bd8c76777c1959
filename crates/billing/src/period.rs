//! Periods: calendar months and years, counted from an anchor, in UTC (E6).

use kernel::Timestamp;

use crate::catalogue::Interval;

/// The end of the period that `start` begins. Counted from the anchor, so that a month that is too short for its day
/// shortens no later one: 31 January, 28 February, 31 March.
pub fn next_end(anchor: Timestamp, start: Timestamp, interval: Interval) -> Timestamp {
    (1..).map(|count| nth(anchor, count, interval)).find(|end| *end > start).unwrap_or(start)
}

fn nth(anchor: Timestamp, count: i32, interval: Interval) -> Timestamp {
    let span = match interval {
        Interval::Month => jiff::Span::new().months(count),
        Interval::Year => jiff::Span::new().years(count),
    };
    let moment = jiff::Timestamp::from_millisecond(anchor.millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let moved = moment.to_zoned(jiff::tz::TimeZone::UTC).checked_add(span);
    moved.map_or(Timestamp::from_millis(i64::MAX), |moved| Timestamp::from_millis(moved.timestamp().as_millisecond()))
}
