//! When things happen in the sample workspace: customers write when they live, the team answers when it works.
//! Hours are UTC, so that one seed makes one history everywhere.

use std::time::Duration;

use kernel::{DAY, DAY_MILLIS, Timestamp};
use rand::{Rng, distr::weighted::WeightedIndex, prelude::Distribution, rngs::StdRng};

pub(crate) const MINUTE: Duration = Duration::from_secs(60);
pub(crate) const HOUR: Duration = Duration::from_secs(60 * 60);

/// The team works from Monday to Friday between these hours.
const OPENS: i64 = 8;
const CLOSES: i64 = 18;

/// How many customers write in each hour of the day, relatively.
const BY_HOUR: [u32; 24] = [1, 1, 0, 0, 0, 1, 3, 6, 10, 14, 15, 13, 10, 11, 13, 14, 13, 11, 9, 9, 10, 9, 6, 3];
/// The same from Sunday to Saturday.
const BY_WEEKDAY: [u32; 7] = [4, 11, 10, 10, 9, 9, 5];

/// A moment in the `days` before `now`, as customers choose them.
pub(crate) fn writing_moment(rng: &mut StdRng, now: Timestamp, days: u32) -> Timestamp {
    let Ok(hours) = WeightedIndex::new(BY_HOUR) else { return now };
    loop {
        let day = start_of_day(now.minus(DAY * rng.random_range(0..=days)));
        if rng.random_range(0..12) >= BY_WEEKDAY[weekday(day)] {
            continue;
        }
        let hour = u32::try_from(hours.sample(rng)).unwrap_or_default();
        let moment = day.plus(HOUR * hour + between(rng, Duration::ZERO, HOUR));
        if moment < now && moment > now.minus(DAY * days) {
            return moment;
        }
    }
}

/// The first moment at or after `moment` at which the team is there; somebody who comes in has other things to do
/// first.
pub(crate) fn at_work(rng: &mut StdRng, moment: Timestamp) -> Timestamp {
    let mut day = start_of_day(moment);
    let opens = |day: Timestamp| day.plus(HOUR * OPENS as u32);
    let is_working_day = |day: Timestamp| (1..=5).contains(&weekday(day));
    if is_working_day(day) && moment >= opens(day) && moment < day.plus(HOUR * CLOSES as u32) {
        return moment;
    }
    if moment >= opens(day) {
        day = day.plus(DAY);
    }
    while !is_working_day(day) {
        day = day.plus(DAY);
    }
    opens(day).plus(between(rng, MINUTE * 4, HOUR))
}

/// A span between the two; short ones are more likely.
pub(crate) fn between(rng: &mut StdRng, least: Duration, most: Duration) -> Duration {
    let draw: f64 = rng.random();
    least + (most.saturating_sub(least)).mul_f64(draw * draw)
}

fn start_of_day(moment: Timestamp) -> Timestamp {
    Timestamp::from_millis(moment.millis().div_euclid(DAY_MILLIS) * DAY_MILLIS)
}

/// Sunday is 0. 1970-01-01 was a Thursday.
fn weekday(moment: Timestamp) -> usize {
    usize::try_from((moment.millis().div_euclid(DAY_MILLIS) + 4).rem_euclid(7)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    fn moment(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("a moment")
    }

    #[test]
    fn the_team_answers_when_it_works() {
        let mut rng = StdRng::seed_from_u64(1);
        let busy = moment("2026-11-20T15:30:00Z");
        assert_eq!(at_work(&mut rng, busy), busy);
        for (written, day) in [
            ("2026-11-20T05:00:00Z", "2026-11-20"),
            ("2026-11-19T21:00:00Z", "2026-11-20"),
            ("2026-11-20T18:00:00Z", "2026-11-23"),
            ("2026-11-21T10:00:00Z", "2026-11-23"),
        ] {
            let answered = at_work(&mut rng, moment(written)).to_string();
            assert!(answered.starts_with(day) && answered[11..13] >= *"08", "{written} → {answered}");
        }
    }

    #[test]
    fn customers_write_in_the_past_and_mostly_by_day() {
        let mut rng = StdRng::seed_from_u64(1);
        let now = moment("2026-11-21T18:20:00Z");
        let moments: Vec<Timestamp> = (0..500).map(|_| writing_moment(&mut rng, now, 42)).collect();
        assert!(moments.iter().all(|moment| *moment < now && *moment > now.minus(DAY * 42)));
        let at_night = moments.iter().filter(|moment| moment.to_string()[11..13] < *"06").count();
        assert!(at_night < 50, "{at_night} of 500 at night");
    }
}
