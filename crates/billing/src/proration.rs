//! What a part of a period costs (E6): `⌊(2·unit·quantity·remaining + period) / (2·period)⌋`, in minor units and seconds.

use kernel::Timestamp;

use crate::subscription::Period;

/// What `quantity` of `unit` cost for the rest of a period. A negative quantity is a credit of exactly what the same
/// quantity costs, so that whatever is charged and given back at one moment comes to nothing. `remaining` is taken as at
/// least nothing and at most the period.
///
/// `None` where the period has no length, a unit is negative, or the amount is too large to be one.
pub fn prorate(unit: i64, quantity: i64, remaining_seconds: i64, period_seconds: i64) -> Option<i64> {
    if period_seconds <= 0 || unit < 0 {
        return None;
    }
    let period = i128::from(period_seconds);
    let remaining = i128::from(remaining_seconds.clamp(0, period_seconds));
    let whole = i128::from(unit).checked_mul(i128::from(quantity).abs())?;
    let rounded = whole.checked_mul(remaining)?.checked_mul(2)?.checked_add(period)? / period.checked_mul(2)?;
    let amount = i64::try_from(rounded).ok()?;
    Some(if quantity < 0 { -amount } else { amount })
}

/// Seconds from one moment to another, each taken as the second it lies in; negative when it has passed.
pub fn seconds(from: Timestamp, to: Timestamp) -> i64 {
    to.millis().div_euclid(1000).saturating_sub(from.millis().div_euclid(1000))
}

impl Period {
    /// Its length.
    pub fn seconds(self) -> i64 {
        seconds(self.start, self.end)
    }

    /// What is left of it at a moment.
    pub fn remaining(self, at: Timestamp) -> i64 {
        seconds(at, self.end).clamp(0, self.seconds().max(0))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Vectors {
        prorate: Vec<Vector>,
    }

    #[derive(Deserialize)]
    struct Vector {
        name: String,
        unit: i64,
        qty: i64,
        rem: i64,
        period: i64,
        charge: i64,
    }

    #[test]
    fn bil_003_bil_004_bil_005_every_written_example_comes_out_exactly() {
        let vectors: Vectors = toml::from_str(include_str!("../vectors.toml")).expect("vectors");
        assert!(vectors.prorate.len() >= 10);
        for Vector { name, unit, qty, rem, period, charge } in vectors.prorate {
            assert_eq!(prorate(unit, qty, rem, period), Some(charge), "{name}");
        }
    }

    #[test]
    fn inv_34_what_is_charged_and_given_back_at_one_moment_comes_to_nothing() {
        for remaining in [0, 1, 86_399, 1_296_001, 2_591_999, 2_592_000] {
            let charged = prorate(1_999, 3, remaining, 2_592_000).expect("an amount");
            assert_eq!(prorate(1_999, -3, remaining, 2_592_000), Some(-charged), "{remaining}");
        }
    }

    #[test]
    fn what_is_too_large_or_has_no_period_is_no_amount() {
        assert_eq!(prorate(i64::MAX, 10_000, 60, 60), None);
        assert_eq!(prorate(i64::MAX, i64::MAX, i64::MAX, i64::MAX), None);
        assert_eq!(prorate(1_500, i64::MIN, 1, 1), None);
        assert_eq!(prorate(1_500, 1, 1, 0), None);
        assert_eq!(prorate(-1, 1, 1, 1), None);
    }

    #[test]
    fn what_is_left_is_never_less_than_nothing_or_more_than_all() {
        let moment = Timestamp::from_millis;
        let period = Period { start: moment(0), end: moment(10_500) };
        assert_eq!(period.seconds(), 10);
        assert_eq!([-5_000, 0, 9_600, 10_500, 99_000].map(|at| period.remaining(moment(at))), [10, 10, 1, 0, 0]);
    }
}
