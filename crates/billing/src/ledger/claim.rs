//! What credits are to be kept for, and for how long.

use std::time::Duration;

use kernel::MemberId;
use serde::Deserialize;
use tenancy::Subject;

use super::Credits;

/// What credits are to be kept for.
#[derive(Debug, Clone)]
pub struct Claim<'a> {
    pub amount: Credits,
    /// Whose consumption it is going to be.
    pub member: Option<MemberId>,
    pub cause: &'a str,
    pub subject: Option<Subject>,
    pub time: ReservationTime,
    /// Names the work where it may begin again: what is reserved for it already is kept on, what was given back is
    /// reserved anew. `None` for work that begins once.
    pub key: Option<&'a str>,
}

/// What kind of work it is: a short word of the program's, as `ai_answer`. Small letters, digits and `_`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Cause(String);

impl Cause {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Cause {
    type Error = &'static str;
    fn try_from(word: String) -> Result<Self, Self::Error> {
        let is_plain = |letter: u8| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'_');
        let begins = word.starts_with(|letter: char| letter.is_ascii_lowercase());
        match begins && word.len() <= 40 && word.bytes().all(is_plain) {
            true => Ok(Self(word)),
            false => Err("is not a word of small letters, digits and _, at most 40 of them"),
        }
    }
}

/// How long credits are kept unless they are settled: 1 second to an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u64")]
pub struct ReservationTime(u64);

impl TryFrom<u64> for ReservationTime {
    type Error = &'static str;
    fn try_from(seconds: u64) -> Result<Self, Self::Error> {
        if (1..=3600).contains(&seconds) { Ok(Self(seconds)) } else { Err("is not between 1 and 3600 seconds") }
    }
}

impl From<ReservationTime> for Duration {
    fn from(time: ReservationTime) -> Self {
        Self::from_secs(time.0)
    }
}

impl Default for ReservationTime {
    fn default() -> Self {
        Self(5 * 60)
    }
}
