//! A catalogue as it is written: its tables, read with the place of every value, so that a refusal names its line.

use std::collections::BTreeMap;

use kernel::Line;
use serde::{Deserialize, Deserializer, de::Error as _};
use toml::Spanned;

use super::{Adds, Amount, Behaviour, Price, SeatBilling};

/// More of anything is a slip of the pen; it keeps every product of two of them far from overflow.
pub(super) const MOST: i64 = 1_000_000_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) catalogue: Head,
    pub(super) trial: Option<TrialTable>,
    #[serde(default)]
    pub(super) plan: Vec<PlanTable>,
    #[serde(default)]
    pub(super) addon: Vec<AddonTable>,
    #[serde(default)]
    pub(super) credits: Credits,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) id: Spanned<String>,
    pub(super) version: Spanned<i64>,
    pub(super) title: Line,
    pub(super) currency: Spanned<String>,
    pub(super) seat_billing: SeatBilling,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TrialTable {
    pub(super) days: Spanned<i64>,
    pub(super) reminder_days: Vec<Spanned<i64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanTable {
    pub(super) id: Spanned<String>,
    pub(super) name: Line,
    pub(super) rank: Spanned<i64>,
    #[serde(default)]
    pub(super) is_trial: bool,
    pub(super) trial_days: Option<Spanned<i64>>,
    pub(super) monthly: Spanned<Price>,
    pub(super) yearly: Spanned<Price>,
    pub(super) full_seats: Seats,
    pub(super) collaborator_seats: Spanned<Amount>,
    pub(super) businesses: Slots,
    pub(super) credits_monthly: Spanned<Amount>,
    /// Empty where nothing is to be said.
    pub(super) text: String,
    pub(super) entitlements: BTreeMap<Spanned<String>, bool>,
    #[serde(default)]
    pub(super) meters: Vec<MeterTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seats {
    pub(super) included: Spanned<Amount>,
    pub(super) max: Spanned<Amount>,
    pub(super) extra_monthly: Spanned<Price>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slots {
    pub(super) included: Spanned<Amount>,
    pub(super) max: Spanned<Amount>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeterTable {
    pub(super) name: Spanned<String>,
    pub(super) included: Spanned<Amount>,
    pub(super) behaviour: Spanned<Behaviour>,
    pub(super) overage_unit: Option<Spanned<Price>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddonTable {
    pub(super) id: Spanned<String>,
    pub(super) name: Line,
    pub(super) description: Line,
    pub(super) adds: Adds,
    pub(super) quantity: Spanned<i64>,
    pub(super) monthly: Option<Spanned<Price>>,
    pub(super) once: Option<Spanned<Price>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Credits {
    #[serde(default)]
    pub(super) low_balance_percent: Vec<Spanned<i64>>,
    #[serde(default)]
    pub(super) costs: BTreeMap<Spanned<String>, Spanned<i64>>,
}

/// A whole number, or one of the words that stand for none.
#[derive(Deserialize)]
#[serde(untagged)]
enum NumberOrWord {
    Number(i64),
    Word(String),
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match NumberOrWord::deserialize(deserializer).map_err(|_| D::Error::custom(AMOUNT))? {
            NumberOrWord::Number(amount) => Ok(Self::Of(amount)),
            NumberOrWord::Word(word) if word == "unlimited" => Ok(Self::Unlimited),
            NumberOrWord::Word(word) if word == "custom" => Ok(Self::Custom),
            NumberOrWord::Word(_) => Err(D::Error::custom(AMOUNT)),
        }
    }
}

const AMOUNT: &str = "an amount is a whole number, \"unlimited\" or \"custom\"";

impl<'de> Deserialize<'de> for Price {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match NumberOrWord::deserialize(deserializer).map_err(|_| D::Error::custom(PRICE))? {
            NumberOrWord::Number(amount) => Ok(Self::Of(amount)),
            NumberOrWord::Word(word) => match word.as_str() {
                "not_stated" => Ok(Self::NotStated),
                "negotiated" => Ok(Self::Negotiated),
                "not_sold" => Ok(Self::NotSold),
                _ => Err(D::Error::custom(PRICE)),
            },
        }
    }
}

const PRICE: &str = "a price is a whole number of minor units, \"not_stated\", \"negotiated\" or \"not_sold\"";
