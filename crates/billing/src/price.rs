//! How our prices are named at the payment provider, so that an item of a subscription there says what it is here.

use std::fmt;

use crate::{catalogue::Interval, pricing::PLAN};

/// Names one price for ever: another amount is another name, so that what somebody pays never changes under them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceKey {
    pub catalogue: String,
    pub version: i64,
    pub thing: Thing,
    pub interval: Interval,
    /// Minor units.
    pub unit: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    Plan(String),
    /// A full seat beyond those that the plan includes.
    ExtraSeat,
    Addon(String),
}

impl Thing {
    /// What an item of a subscription on this plan is.
    pub fn of(item: &str, plan: &str) -> Self {
        match item {
            PLAN => Self::Plan(plan.to_owned()),
            EXTRA_SEAT => Self::ExtraSeat,
            addon => Self::Addon(addon.to_owned()),
        }
    }

    /// The item that it is.
    pub fn item(&self) -> &str {
        match self {
            Self::Plan(_) => PLAN,
            Self::ExtraSeat => EXTRA_SEAT,
            Self::Addon(addon) => addon,
        }
    }
}

/// The item of a subscription that counts full seats beyond the included ones.
pub const EXTRA_SEAT: &str = "extra_seat";

impl PriceKey {
    /// Reads a name; `None` when it is none of ours.
    pub fn parse(name: &str) -> Option<Self> {
        let mut parts = name.strip_prefix("guildhall:")?.split(':');
        let (catalogue, version) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?);
        let thing = match parts.next()? {
            "plan" => Thing::Plan(parts.next()?.to_owned()),
            "addon" => Thing::Addon(parts.next()?.to_owned()),
            EXTRA_SEAT => Thing::ExtraSeat,
            _ => return None,
        };
        let interval = match parts.next()? {
            "month" => Interval::Month,
            "year" => Interval::Year,
            _ => return None,
        };
        let unit = parts.next()?.parse().ok()?;
        parts.next().is_none().then_some(Self { catalogue, version, thing, interval, unit })
    }
}

impl fmt::Display for PriceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { catalogue, version, thing, interval, unit } = self;
        let interval = interval.name();
        match thing {
            Thing::Plan(id) => write!(f, "guildhall:{catalogue}:{version}:plan:{id}:{interval}:{unit}"),
            Thing::ExtraSeat => write!(f, "guildhall:{catalogue}:{version}:{EXTRA_SEAT}:{interval}:{unit}"),
            Thing::Addon(id) => write!(f, "guildhall:{catalogue}:{version}:addon:{id}:{interval}:{unit}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_was_bought_and_nothing_else_does() {
        let things = [Thing::Plan("pro".into()), Thing::ExtraSeat, Thing::Addon("extra_member_seat".into())];
        for thing in things {
            let key =
                PriceKey { catalogue: "askusers".into(), version: 2, thing, interval: Interval::Year, unit: 22_800 };
            assert_eq!(PriceKey::parse(&key.to_string()), Some(key));
        }
        for foreign in
            ["", "pro", "guildhall:a:1:plan", "guildhall:a:x:extra_seat:month:1", "guildhall:a:1:seat:month:1"]
        {
            assert_eq!(PriceKey::parse(foreign), None, "{foreign}");
        }
        assert_eq!(PriceKey::parse("guildhall:a:1:extra_seat:month:1:2"), None);
    }
}
