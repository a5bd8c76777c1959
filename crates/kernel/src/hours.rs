//! Hours by the clock on the wall: weekly stretches, half-open, in a time zone with its summer time.
//!
//! An edge is the first moment at which the wall clock has reached it. Where clocks jump ahead, every edge in the gap
//! is the moment of the jump; where they go back, it is the first of the two. So edges keep their order, stretches that
//! meet leave neither gap nor overlap, and one that spans a change is as much shorter or longer as the night is.

use std::{fmt, str::FromStr};

use jiff::{
    ToSpan,
    civil::{self, Weekday},
    tz::{AmbiguousOffset, TimeZone},
};
use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

use crate::Timestamp;

const MINUTES_OF_DAY: u16 = 24 * 60;
const MINUTES_OF_WEEK: i32 = 7 * MINUTES_OF_DAY as i32;

/// Types that are read from and written as one text.
macro_rules! as_text {
    ($name:ident, $schema:expr) => {
        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                text.parse()
            }
        }
        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                $schema(ObjectBuilder::new().schema_type(Type::String)).into()
            }
        }
        impl ToSchema for $name {}
    };
}

/// A time on the wall clock to the minute, `00:00` to `24:00`, which is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u16);

as_text!(TimeOfDay, |text: ObjectBuilder| text.pattern(Some("^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")));

impl TimeOfDay {
    /// From minutes since midnight, at most 1440.
    pub fn from_minutes(minutes: i64) -> Option<Self> {
        u16::try_from(minutes).ok().filter(|minutes| *minutes <= MINUTES_OF_DAY).map(Self)
    }

    /// Minutes since midnight.
    pub const fn minutes(self) -> i64 {
        self.0 as i64
    }
}

impl FromStr for TimeOfDay {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let digits =
            |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>());
        let parts = text.split_once(':').and_then(|(hour, minute)| Some((digits(hour)?, digits(minute)?)));
        match parts {
            Some((Ok(hour), Ok(minute))) if (hour < 24 && minute < 60) || (hour == 24 && minute == 0) => {
                Ok(Self(hour * 60 + minute))
            }
            _ => Err("is not a time such as 09:00".into()),
        }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// A day of the week: 1 is Monday, 7 is Sunday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct DayOfWeek(u8);

impl TryFrom<i64> for DayOfWeek {
    type Error = String;
    fn try_from(number: i64) -> Result<Self, String> {
        match u8::try_from(number) {
            Ok(day @ 1..=7) => Ok(Self(day)),
            _ => Err("is not a day from 1, Monday, to 7, Sunday".into()),
        }
    }
}
impl From<DayOfWeek> for i64 {
    fn from(day: DayOfWeek) -> Self {
        Self::from(day.0)
    }
}
impl DayOfWeek {
    pub fn of(date: Date) -> Self {
        date.0.weekday().into()
    }
}
impl From<Weekday> for DayOfWeek {
    fn from(day: Weekday) -> Self {
        Self(day.to_monday_one_offset().unsigned_abs())
    }
}
impl PartialSchema for DayOfWeek {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(7)).into()
    }
}
impl ToSchema for DayOfWeek {}

/// A day of the calendar, `2026-12-25`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(civil::Date);

as_text!(Date, |text: ObjectBuilder| text.pattern(Some("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")));

impl FromStr for Date {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let date = (text.len() == 10).then(|| text.parse().ok()).flatten();
        date.map(Self).ok_or_else(|| "is not a day such as 2026-12-25".into())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A time zone by its IANA name, such as `Europe/Madrid`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(TimeZone);

as_text!(Zone, |text: ObjectBuilder| text.max_length(Some(64)));

impl Default for Zone {
    fn default() -> Self {
        Self(TimeZone::UTC)
    }
}

impl FromStr for Zone {
    type Err = String;
    fn from_str(name: &str) -> Result<Self, String> {
        let zone = if name == "UTC" { Ok(TimeZone::UTC) } else { TimeZone::get(name) };
        let known = zone.ok().filter(|zone| zone.iana_name().is_some());
        known.map(Self).ok_or_else(|| "is not a time zone such as Europe/Madrid".into())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.iana_name().unwrap_or("UTC"))
    }
}

impl Zone {
    /// The day on the wall calendar.
    pub fn date(&self, at: Timestamp) -> Date {
        Date(self.0.to_datetime(moment(at)).date())
    }

    /// When this day begins; where midnight is skipped, at the jump.
    pub fn start_of(&self, date: Date) -> Option<Timestamp> {
        self.reached(date.0, TimeOfDay(0))
    }

    /// When the wall clock last reached this time of a day, `at` itself included.
    pub fn last(&self, time: TimeOfDay, at: Timestamp) -> Option<Timestamp> {
        let today = self.date(at).0;
        // Where clocks go back over midnight, tomorrow has begun before.
        let days = [today.tomorrow(), Ok(today), today.yesterday()];
        days.into_iter().flatten().filter_map(|date| self.reached(date, time)).find(|reached| *reached <= at)
    }

    /// When the wall clock reaches this time of a day next, after `at`.
    pub fn next(&self, time: TimeOfDay, at: Timestamp) -> Option<Timestamp> {
        let today = self.date(at).0;
        let days = [today.yesterday(), Ok(today), today.tomorrow()];
        days.into_iter().flatten().filter_map(|date| self.reached(date, time)).find(|reached| *reached > at)
    }

    /// The first moment at which the wall clock has reached a time of a day.
    fn reached(&self, date: civil::Date, time: TimeOfDay) -> Option<Timestamp> {
        let wall = date.to_datetime(civil::Time::midnight()).checked_add(i64::from(time.0).minutes()).ok()?;
        let ambiguous = self.0.to_ambiguous_timestamp(wall);
        let reached = match ambiguous.offset() {
            // Read with the offset after the jump, a time of the gap lies before it.
            AmbiguousOffset::Gap { after, .. } => {
                self.0.following(after.to_timestamp(wall).ok()?).next().map(|jump| jump.timestamp())
            }
            AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => ambiguous.earlier().ok(),
        };
        reached.map(|moment| Timestamp::from_millis(moment.as_millisecond()))
    }
}

fn moment(at: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(at.millis()).unwrap_or(jiff::Timestamp::MAX)
}

/// From a time of a weekday up to, not including, another one; a `to` that is not after `from` is of the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    pub day: DayOfWeek,
    pub from: TimeOfDay,
    pub to: TimeOfDay,
}

impl Stretch {
    fn is_empty(self) -> bool {
        self.from == self.to || self.from.0 == MINUTES_OF_DAY
    }

    /// Minutes since Monday began, where it starts and ends.
    fn in_week(self) -> (i32, i32) {
        let midnight = (i32::from(self.day.0) - 1) * i32::from(MINUTES_OF_DAY);
        let next_day = if self.to <= self.from { i32::from(MINUTES_OF_DAY) } else { 0 };
        (midnight + i32::from(self.from.0), midnight + i32::from(self.to.0) + next_day)
    }

    fn overlaps(self, other: Self) -> bool {
        let ((start, end), (first, last)) = (self.in_week(), other.in_week());
        [-MINUTES_OF_WEEK, 0, MINUTES_OF_WEEK].into_iter().any(|week| start < last + week && first + week < end)
    }
}

/// Why stretches make no week; the numbers are their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeekFault {
    /// It ends where it starts.
    Empty(usize),
    /// It overlaps an earlier one.
    Overlap(usize),
}

/// Weekly stretches that do not overlap, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Week(Vec<Stretch>);

impl Week {
    /// # Errors
    /// A stretch is empty or overlaps another one.
    pub fn new(mut stretches: Vec<Stretch>) -> Result<Self, WeekFault> {
        for (place, stretch) in stretches.iter().enumerate() {
            if stretch.is_empty() {
                return Err(WeekFault::Empty(place));
            }
            if stretches.iter().take(place).any(|earlier| earlier.overlaps(*stretch)) {
                return Err(WeekFault::Overlap(place));
            }
        }
        stretches.sort_unstable();
        Ok(Self(stretches))
    }

    pub fn stretches(&self) -> &[Stretch] {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        self.0.iter().any(|one| other.0.iter().any(|another| one.overlaps(*another)))
    }

    /// Whether the moment lies in a stretch that did not begin on a closed day.
    pub fn holds(&self, zone: &Zone, at: Timestamp, is_closed: impl Fn(Date) -> bool) -> bool {
        let today = zone.date(at).0;
        // What began yesterday may go on, and where clocks go back over midnight tomorrow has begun before.
        [today.yesterday(), Ok(today), today.tomorrow()].into_iter().flatten().any(|date| {
            let day = DayOfWeek::from(date.weekday());
            !is_closed(Date(date))
                && self.0.iter().filter(|stretch| stretch.day == day).any(|stretch| stretch.holds_on(zone, date, at))
        })
    }
}

impl Stretch {
    fn holds_on(self, zone: &Zone, date: civil::Date, at: Timestamp) -> bool {
        let last = if self.to <= self.from { date.tomorrow() } else { Ok(date) };
        let (start, end) = (zone.reached(date, self.from), last.ok().and_then(|last| zone.reached(last, self.to)));
        start.is_some_and(|start| start <= at) && end.is_some_and(|end| at < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().expect("a zone")
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("a moment")
    }

    /// `7 01:00-02:30` is Sunday from one to half past two.
    fn week(stretches: &[&str]) -> Week {
        Week::new(stretches.iter().map(|text| stretch(text)).collect()).expect("a week")
    }

    fn stretch(text: &str) -> Stretch {
        let (day, hours) = text.split_once(' ').expect("a day");
        let (from, to) = hours.split_once('-').expect("from and to");
        let day = DayOfWeek::try_from(day.parse::<i64>().expect("a number")).expect("a day");
        Stretch { day, from: from.parse().expect("a time"), to: to.parse().expect("a time") }
    }

    /// Minute by minute: when the week holds within these moments, as runs of `[first, end)`.
    fn runs(week: &Week, zone: &Zone, from: &str, to: &str) -> Vec<(String, String)> {
        const MINUTE: std::time::Duration = std::time::Duration::from_secs(60);
        let (mut now, end, mut runs, mut open) = (at(from), at(to), Vec::new(), None);
        while now <= end {
            let holds = now < end && week.holds(zone, now, |_| false);
            match (holds, open) {
                (true, None) => open = Some(now),
                (false, Some(first)) => {
                    runs.push((short(first), short(now)));
                    open = None;
                }
                _ => {}
            }
            now = now.plus(MINUTE);
        }
        runs
    }

    fn short(at: Timestamp) -> String {
        at.to_string()[11..16].to_owned()
    }

    fn run(from: &str, to: &str) -> (String, String) {
        (from.to_owned(), to.to_owned())
    }

    #[test]
    fn texts_are_read_strictly_and_written_back() {
        for good in ["00:00", "09:05", "23:59", "24:00"] {
            assert_eq!(good.parse::<TimeOfDay>().expect("a time").to_string(), good);
        }
        for bad in ["9:00", "24:01", "12:60", "+1:00", "12:00:00", "", "noon"] {
            assert!(bad.parse::<TimeOfDay>().is_err(), "{bad}");
        }
        assert_eq!("2026-02-28".parse::<Date>().expect("a day").to_string(), "2026-02-28");
        for bad in ["2026-02-29", "2026-2-28", "20260228", "2026-02-28T00:00"] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
        assert_eq!(zone("Europe/Madrid").to_string(), "Europe/Madrid");
        assert_eq!((zone("UTC"), Zone::default().to_string()), (Zone::default(), "UTC".into()));
        for bad in ["Europe/Atlantis", "", "+02:00", "../../etc/passwd"] {
            assert!(bad.parse::<Zone>().is_err(), "{bad}");
        }
        assert!(DayOfWeek::try_from(0).is_err() && DayOfWeek::try_from(8).is_err());
    }

    #[test]
    fn a_time_of_day_is_found_before_and_after_a_moment_and_in_a_gap_at_the_jump() {
        let (zone, half_past_two) = (zone("Europe/Madrid"), "02:30".parse().expect("a time"));
        let around = |moment: &str| [zone.last(half_past_two, at(moment)), zone.next(half_past_two, at(moment))];
        let expected = |texts: [&str; 2]| texts.map(|text| Some(at(text)));
        let jump = "2026-03-29T01:00:00Z";
        assert_eq!(around("2026-03-29T00:59:59Z"), expected(["2026-03-28T01:30:00Z", jump]));
        assert_eq!(around(jump), expected([jump, "2026-03-30T00:30:00Z"]));
        assert_eq!(around("2026-03-30T00:30:00Z"), expected(["2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z"]));
    }

    #[test]
    fn stretches_are_half_open_and_may_meet_but_not_overlap() {
        assert!(Week::new(vec![stretch("1 09:00-13:00"), stretch("1 13:00-18:00")]).is_ok());
        let overlap = Week::new(vec![stretch("1 09:00-13:00"), stretch("2 09:00-10:00"), stretch("1 12:59-18:00")]);
        assert_eq!(overlap, Err(WeekFault::Overlap(2)));
        assert_eq!(Week::new(vec![stretch("1 09:00-09:00")]), Err(WeekFault::Empty(0)));
        assert_eq!(Week::new(vec![stretch("1 24:00-08:00")]), Err(WeekFault::Empty(0)));
        // Sunday's night runs into Monday.
        assert_eq!(Week::new(vec![stretch("1 05:00-09:00"), stretch("7 22:00-06:00")]), Err(WeekFault::Overlap(1)));
        assert!(Week::new(vec![stretch("1 06:00-09:00"), stretch("7 22:00-06:00")]).is_ok());
        let halves = [week(&["1 09:00-13:00"]), week(&["1 13:00-18:00"])];
        let exactly = |moment: &str| halves.each_ref().map(|half| half.holds(&Zone::default(), at(moment), |_| false));
        assert_eq!(exactly("2026-03-02T12:59:59.999Z"), [true, false]);
        assert_eq!(exactly("2026-03-02T13:00:00Z"), [false, true]);
        assert_eq!(exactly("2026-03-02T18:00:00Z"), [false, false]);
    }

    #[test]
    fn a_closed_day_takes_what_begins_on_it() {
        let night = week(&["4 22:00-06:00", "5 22:00-06:00"]);
        let holds = |moment: &str| night.holds(&Zone::default(), at(moment), |date| date.to_string() == "2026-12-25");
        assert!(holds("2026-12-25T05:59:00Z"), "began the evening before");
        assert!(!holds("2026-12-25T22:30:00Z") && !holds("2026-12-26T05:00:00Z"));
    }

    /// Madrid, 29 March 2026: 01:00 UTC is 02:00 and becomes 03:00. 25 October: 01:00 UTC is 03:00 and becomes 02:00.
    #[test]
    fn asg_006_shifts_in_madrid_keep_to_the_wall_clock_over_both_changes() {
        let zone = zone("Europe/Madrid");
        let (early, late) = (week(&["7 00:00-02:30"]), week(&["7 02:30-06:00"]));
        let spring = ("2026-03-28T20:00:00Z", "2026-03-29T12:00:00Z");
        assert_eq!(runs(&early, &zone, spring.0, spring.1), [run("23:00", "01:00")]);
        assert_eq!(runs(&late, &zone, spring.0, spring.1), [run("01:00", "04:00")]);
        let autumn = ("2026-10-24T20:00:00Z", "2026-10-25T12:00:00Z");
        assert_eq!(runs(&early, &zone, autumn.0, autumn.1), [run("22:00", "00:30")]);
        assert_eq!(runs(&late, &zone, autumn.0, autumn.1), [run("00:30", "05:00")]);
        let skipped = week(&["7 02:00-03:00"]);
        assert!(runs(&skipped, &zone, spring.0, spring.1).is_empty(), "the hour that is not");
        assert_eq!(runs(&skipped, &zone, autumn.0, autumn.1), [run("00:00", "02:00")], "the hour that is twice");
    }

    /// New York, 8 March 2026: 07:00 UTC is 02:00 and becomes 03:00. 1 November: 06:00 UTC is 02:00 and becomes 01:00.
    #[test]
    fn asg_006_a_night_shift_in_new_york_is_an_hour_shorter_and_longer() {
        let (zone, night) = (zone("America/New_York"), week(&["6 22:00-06:00"]));
        assert_eq!(runs(&night, &zone, "2026-03-07T12:00:00Z", "2026-03-09T00:00:00Z"), [run("03:00", "10:00")]);
        assert_eq!(runs(&night, &zone, "2026-10-31T12:00:00Z", "2026-11-02T00:00:00Z"), [run("02:00", "11:00")]);
    }

    /// Santiago, 6 September 2026: midnight is skipped, the day begins at 01:00, 04:00 UTC. 5 April: midnight comes
    /// twice, Saturday has 25 hours and Sunday begins at 04:00 UTC.
    #[test]
    fn asg_006_days_in_santiago_begin_where_midnight_is_skipped_or_comes_twice() {
        let (zone, sunday) = (zone("America/Santiago"), week(&["7 00:00-24:00"]));
        assert_eq!(runs(&sunday, &zone, "2026-09-05T12:00:00Z", "2026-09-07T12:00:00Z"), [run("04:00", "03:00")]);
        assert_eq!(runs(&sunday, &zone, "2026-04-04T12:00:00Z", "2026-04-06T12:00:00Z"), [run("04:00", "04:00")]);
        let saturday = week(&["6 00:00-24:00"]);
        assert_eq!(runs(&saturday, &zone, "2026-04-03T12:00:00Z", "2026-04-06T00:00:00Z"), [run("03:00", "04:00")]);
        assert_eq!(zone.start_of("2026-09-06".parse().expect("a day")), Some(at("2026-09-06T04:00:00Z")));
    }

    #[test]
    fn whatever_the_zone_and_the_change_days_leave_neither_gap_nor_overlap() {
        let days = [1, 2, 3, 4, 5, 6, 7].map(|day| week(&[&format!("{day} 00:00-24:00")]));
        for (zone, from, to) in [
            ("Australia/Lord_Howe", "2026-04-03T00:00:00Z", "2026-04-06T00:00:00Z"),
            ("America/Havana", "2026-10-31T00:00:00Z", "2026-11-03T00:00:00Z"),
            ("America/St_Johns", "2006-10-27T00:00:00Z", "2006-10-31T00:00:00Z"),
        ] {
            let (zone, mut now, end) = (self::zone(zone), at(from), at(to));
            while now < end {
                let holding = days.iter().filter(|day| day.holds(&zone, now, |_| false)).count();
                assert_eq!(holding, 1, "{zone} {now}");
                now = now.plus(std::time::Duration::from_secs(60));
            }
        }
    }
}
