//! Plan catalogues: what can be sold, as data (D4). A workspace stands on one version of one catalogue.
//!
//! A price that a catalogue does not state is no price: such a plan can be assigned by the operator, never sold.

mod fault;
mod file;
mod read;
mod store;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use tenancy::words;

use crate::subscription::TillKind;

pub use fault::{CatalogueError, CatalogueFault};
pub use store::{CatalogueRefusal, KnownCatalogue, Shelf, known, newest, of_workspace};

/// A whole catalogue. Money is in minor units of `currency`.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    pub id: String,
    /// Versions of one id count up from 1; a workspace keeps the one it stands on.
    pub version: i64,
    pub title: String,
    /// ISO 4217, upper case.
    pub currency: String,
    pub seat_billing: SeatBilling,
    pub trial: Option<Trial>,
    /// From the lowest rank to the highest.
    pub plans: Vec<Plan>,
    pub addons: Vec<Addon>,
    /// What each kind of work costs in credits, by its cause (`ai_answer`).
    pub credit_costs: BTreeMap<String, i64>,
    /// Shares of the period's grant in percent at which is warned, highest first (E7).
    pub low_balance_percent: Vec<i64>,
}

words! {
    /// How seats beyond the included ones are had.
    SeatBilling {
        /// Whoever is active beyond the included is billed (INV-16).
        Metered = "metered",
        Unlimited = "unlimited",
        /// As agreed with the operator.
        Contract = "contract",
        /// Not at all: only a larger plan has more.
        HardCap = "hard_cap",
        /// They are bought before they are used.
        Slots = "slots",
    }
}

/// What a new workspace may try before it pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    pub days: i64,
    /// Days before its end at which is reminded, the most first.
    pub reminder_days: Vec<i64>,
}

/// How many of something a plan has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    Of(i64),
    Unlimited,
    /// As agreed with the operator; caps nothing until that is entered.
    Custom,
}

impl Amount {
    /// The cap it means: `None` caps nothing.
    pub const fn cap(self) -> Option<i64> {
        match self {
            Self::Of(amount) => Some(amount),
            Self::Unlimited | Self::Custom => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Price {
    /// Minor units.
    Of(i64),
    NotStated,
    Negotiated,
    /// There is none to be had.
    NotSold,
}

impl Price {
    pub const fn stated(self) -> Option<i64> {
        match self {
            Self::Of(amount) => Some(amount),
            Self::NotStated | Self::Negotiated | Self::NotSold => None,
        }
    }
}

words! {
    /// How often is paid.
    Interval {
        Month = "month",
        Year = "year",
    }
}

words! {
    /// What happens to more than the plan has.
    Behaviour {
        /// It is refused.
        Hard = "hard",
        /// It is warned of.
        Soft = "soft",
        /// It is billed.
        Overage = "overage",
    }
}

/// What a plan has of something that is used up within a period (messages, texts).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    pub meter: String,
    pub included: Amount,
    pub behaviour: Behaviour,
    /// Of one unit beyond the included, where `behaviour` bills it.
    pub overage_unit: Price,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub id: String,
    pub name: String,
    pub rank: i64,
    pub monthly: Price,
    pub yearly: Price,
    pub included_full_seats: Amount,
    pub max_full_seats: Amount,
    pub max_collaborator_seats: Amount,
    /// Of one full seat beyond the included ones, for a month.
    pub extra_seat_monthly: Price,
    pub included_businesses: Amount,
    pub max_businesses: Amount,
    /// Granted at the start of every period, spent first, never carried over; `Unlimited` counts nothing.
    pub credits_monthly: Amount,
    /// Entitlement → whether the plan has it; what is not named caps nothing (ruling 20).
    pub entitlements: BTreeMap<String, bool>,
    pub allowances: Vec<Allowance>,
    /// Whether it is a trial itself, and for how many days; without a number it goes on.
    pub is_trial: bool,
    pub trial_days: Option<i64>,
    /// What the comparison says of colleagues in the source's own words.
    pub text: String,
}

words! {
    /// What one unit of an add-on raises.
    Adds {
        FullSeat = "full_seat",
        BusinessSlot = "business_slot",
        Credits = "credits",
    }
}

/// What is sold beside a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addon {
    pub id: String,
    pub name: String,
    pub description: String,
    pub adds: Adds,
    /// How much of it one unit adds.
    pub quantity: i64,
    /// Paid every month of the plan's own cycle, or once.
    pub recurring: bool,
    pub price: Price,
}

impl Catalogue {
    /// Reads and checks a written catalogue.
    ///
    /// # Errors
    /// A [`CatalogueError`] that names the line; a catalogue with one fault is refused whole.
    pub fn parse(text: &str) -> Result<Self, CatalogueError> {
        read::catalogue(text)
    }

    pub fn plan(&self, id: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.id == id)
    }

    pub fn addon(&self, id: &str) -> Option<&Addon> {
        self.addons.iter().find(|addon| addon.id == id)
    }
}

impl Plan {
    /// Whether it can be bought, for an interval at least, where this is who takes the money. What is used beyond a plan
    /// goes onto the next invoice of ours; who pays at a provider gets none of those.
    pub fn is_sold_by(&self, till: TillKind) -> bool {
        let is_priced = self.monthly.stated().is_some() || self.yearly.stated().is_some();
        match till {
            TillKind::None => false,
            TillKind::Manual => is_priced,
            TillKind::Stripe => is_priced && !self.bills_usage(),
        }
    }

    /// Whether nobody has it before it was paid, where this is who takes the money: it is sold, and costs something
    /// however often is paid.
    pub fn is_paid_first(&self, till: TillKind) -> bool {
        let prices = [Interval::Month, Interval::Year].map(|interval| self.price(interval).stated());
        let costs = prices.into_iter().flatten().all(|price| price > 0);
        !self.is_trial && costs && self.is_sold_by(till)
    }

    /// Whether more of something than it includes is billed.
    pub fn bills_usage(&self) -> bool {
        self.allowances.iter().any(|allowance| allowance.behaviour == Behaviour::Overage)
    }

    /// What it costs for an interval; a year without a price of its own is twelve months (E6).
    pub fn price(&self, interval: Interval) -> Price {
        match (interval, self.yearly, self.monthly) {
            (Interval::Month, _, monthly) => monthly,
            (Interval::Year, yearly @ Price::Of(_), _) => yearly,
            (Interval::Year, _, Price::Of(monthly)) => monthly.checked_mul(12).map_or(Price::NotStated, Price::Of),
            (Interval::Year, _, monthly) => monthly,
        }
    }
}
