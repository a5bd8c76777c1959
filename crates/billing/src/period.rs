//! Periods: calendar months and years, counted from an anchor, in UTC (E6).

use kernel::Timestamp;

use crate::{catalogue::Interval, subscription::Period};

/// The end of the period that `start` begins. Counted from the anchor, so that a month that is too short for its day
/// shortens no later one: 31 January, 28 February, 31 March.
pub fn next_end(anchor: Timestamp, start: Timestamp, interval: Interval) -> Timestamp {
    (1..).map(|count| nth(anchor, count, interval)).find(|end| *end > start).unwrap_or(start)
}

/// The first period of what begins at a moment.
pub fn first(anchor: Timestamp, interval: Interval) -> Period {
    Period { start: anchor, end: next_end(anchor, anchor, interval) }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(anchor: &str, interval: Interval, count: usize) -> Vec<String> {
        let anchor = Timestamp::parse(anchor).expect("a moment");
        let mut period = first(anchor, interval);
        let mut ends = Vec::new();
        for _ in 0..count {
            ends.push(period.end.to_string().chars().take(16).collect());
            period = Period { start: period.end, end: next_end(anchor, period.end, interval) };
        }
        ends
    }

    #[test]
    fn a_short_month_shortens_no_later_one() {
        let months = ends("2027-01-31T09:30:00Z", Interval::Month, 5);
        assert_eq!(
            months,
            ["2027-02-28T09:30", "2027-03-31T09:30", "2027-04-30T09:30", "2027-05-31T09:30", "2027-06-30T09:30"]
        );
    }

    #[test]
    fn a_leap_day_is_kept_where_there_is_one() {
        assert_eq!(ends("2028-01-30T00:00:00Z", Interval::Month, 2), ["2028-02-29T00:00", "2028-03-30T00:00"]);
        let years = ends("2028-02-29T12:00:00Z", Interval::Year, 4);
        assert_eq!(years, ["2029-02-28T12:00", "2030-02-28T12:00", "2031-02-28T12:00", "2032-02-29T12:00"]);
    }
}
