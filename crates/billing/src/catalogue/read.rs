//! From the written catalogue to the checked one. Nothing is implied: what is left out or unknown refuses the whole, a
//! price that is not known has to be written as one.

use std::{collections::BTreeSet, ops::Range};

use kernel::TomlSource;
use toml::Spanned;

use super::{
    Addon, Adds, Allowance, Amount, Behaviour, Catalogue, CatalogueError, CatalogueFault, Plan, Price, Trial,
    file::{AddonTable, Credits, File, MOST, MeterTable, PlanTable},
};

/// What a plan can say that it has; the ceilings say what each of them caps.
const ENTITLEMENTS: [&str; 4] = ["crm", "collaboration", "collaborator_seats", "cross_product"];
/// What a plan can say how much of it includes.
const METERS: [&str; 4] = ["messages", "sms", "agents", "phone_numbers"];
const MOST_DAYS: i64 = 366;

pub(super) fn catalogue(text: &str) -> Result<Catalogue, CatalogueError> {
    let source = Source(TomlSource(text));
    let file: File = source.0.read(CatalogueFault::Text)?;
    let head = &file.catalogue;
    source.must_be_key(&head.id)?;
    if *head.version.get_ref() < 1 {
        return Err(source.fault(head.version.span(), CatalogueFault::BadVersion));
    }
    let currency = head.currency.get_ref();
    if currency.len() != 3 || !currency.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return Err(source.fault(head.currency.span(), CatalogueFault::BadCurrency(currency.clone())));
    }
    let (low_balance_percent, credit_costs) = source.credits(&file.credits)?;
    Ok(Catalogue {
        id: head.id.get_ref().clone(),
        version: *head.version.get_ref(),
        title: head.title.clone().into(),
        currency: currency.clone(),
        seat_billing: head.seat_billing,
        trial: source.trial(&file)?,
        plans: source.plans(&file)?,
        addons: source.addons(&file)?,
        credit_costs,
        low_balance_percent,
    })
}

/// The text of a catalogue, as it is checked.
#[derive(Clone, Copy)]
struct Source<'a>(TomlSource<'a>);

impl Source<'_> {
    fn fault(self, place: Range<usize>, fault: CatalogueFault) -> CatalogueError {
        self.0.fault(place, fault)
    }

    fn must_be_key(self, key: &Spanned<String>) -> Result<String, CatalogueError> {
        self.0.key(key, CatalogueFault::BadKey)
    }

    fn within(self, value: &Spanned<i64>, least: i64, most: i64) -> Result<i64, CatalogueError> {
        let found = *value.get_ref();
        if (least..=most).contains(&found) {
            Ok(found)
        } else {
            Err(self.fault(value.span(), CatalogueFault::OutOfRange { value: found, least, most }))
        }
    }

    fn amount(self, amount: &Spanned<Amount>) -> Result<Amount, CatalogueError> {
        match *amount.get_ref() {
            Amount::Of(value) => self.within(&Spanned::new(amount.span(), value), 0, MOST).map(Amount::Of),
            word => Ok(word),
        }
    }

    fn price(self, price: &Spanned<Price>) -> Result<Price, CatalogueError> {
        match *price.get_ref() {
            Price::Of(value) => self.within(&Spanned::new(price.span(), value), 0, MOST).map(Price::Of),
            word => Ok(word),
        }
    }

    /// What is included, and the most there can be.
    fn range(self, included: &Spanned<Amount>, max: &Spanned<Amount>) -> Result<(Amount, Amount), CatalogueError> {
        let (low, high) = (self.amount(included)?, self.amount(max)?);
        match (low, high) {
            (Amount::Of(included), Amount::Of(most)) if most < included => {
                Err(self.fault(max.span(), CatalogueFault::MaxBelowIncluded { included, max: most }))
            }
            range => Ok(range),
        }
    }

    fn trial(self, file: &File) -> Result<Option<Trial>, CatalogueError> {
        let Some(table) = &file.trial else { return Ok(None) };
        let days = self.within(&table.days, 1, MOST_DAYS)?;
        let mut reminder_days =
            table.reminder_days.iter().map(|before| self.within(before, 1, days)).collect::<Result<Vec<_>, _>>()?;
        reminder_days.sort_by_key(|before| std::cmp::Reverse(*before));
        Ok(Some(Trial { days, reminder_days }))
    }

    fn plans(self, file: &File) -> Result<Vec<Plan>, CatalogueError> {
        let (mut ids, mut ranks) = (BTreeSet::new(), BTreeSet::new());
        let mut plans = Vec::new();
        for table in &file.plan {
            let plan = self.plan(table)?;
            if !ids.insert(plan.id.clone()) {
                return Err(self.fault(table.id.span(), CatalogueFault::Double(plan.id)));
            }
            if !ranks.insert(plan.rank) {
                return Err(self.fault(table.rank.span(), CatalogueFault::DoubleRank(plan.rank)));
            }
            plans.push(plan);
        }
        if plans.is_empty() {
            return Err(self.fault(file.catalogue.id.span(), CatalogueFault::NoPlan));
        }
        plans.sort_by_key(|plan| plan.rank);
        Ok(plans)
    }

    fn plan(self, table: &PlanTable) -> Result<Plan, CatalogueError> {
        let seats = &table.full_seats;
        let (included_full_seats, max_full_seats) = self.range(&seats.included, &seats.max)?;
        let (included_businesses, max_businesses) = self.range(&table.businesses.included, &table.businesses.max)?;
        let unknown = |name: &&Spanned<String>| !ENTITLEMENTS.contains(&name.get_ref().as_str());
        if let Some(name) = table.entitlements.keys().find(unknown) {
            return Err(self.fault(name.span(), CatalogueFault::UnknownEntitlement(name.get_ref().clone())));
        }
        let trial_days = table.trial_days.as_ref().map(|days| self.within(days, 1, MOST_DAYS)).transpose()?;
        Ok(Plan {
            id: self.must_be_key(&table.id)?,
            name: table.name.clone().into(),
            rank: self.within(&table.rank, 0, 1000)?,
            monthly: self.price(&table.monthly)?,
            yearly: self.price(&table.yearly)?,
            included_full_seats,
            max_full_seats,
            max_collaborator_seats: self.amount(&table.collaborator_seats)?,
            extra_seat_monthly: self.price(&seats.extra_monthly)?,
            included_businesses,
            max_businesses,
            credits_monthly: self.amount(&table.credits_monthly)?,
            entitlements: table.entitlements.iter().map(|(name, has)| (name.get_ref().clone(), *has)).collect(),
            allowances: self.allowances(&table.meters)?,
            is_trial: table.is_trial,
            trial_days,
            text: table.text.clone(),
        })
    }

    fn allowances(self, tables: &[MeterTable]) -> Result<Vec<Allowance>, CatalogueError> {
        let mut names = BTreeSet::new();
        let mut allowances = Vec::new();
        for table in tables {
            let meter = table.name.get_ref().clone();
            if !METERS.contains(&meter.as_str()) {
                return Err(self.fault(table.name.span(), CatalogueFault::UnknownMeter(meter)));
            }
            if !names.insert(meter.clone()) {
                return Err(self.fault(table.name.span(), CatalogueFault::Double(meter)));
            }
            let overage_unit = match &table.overage_unit {
                Some(price) => self.price(price)?,
                None => Price::NotSold,
            };
            let behaviour = *table.behaviour.get_ref();
            if behaviour == Behaviour::Overage && overage_unit.stated().is_none() {
                return Err(self.fault(table.behaviour.span(), CatalogueFault::NoOveragePrice));
            }
            allowances.push(Allowance { meter, included: self.amount(&table.included)?, behaviour, overage_unit });
        }
        Ok(allowances)
    }

    fn addons(self, file: &File) -> Result<Vec<Addon>, CatalogueError> {
        let mut ids: BTreeSet<_> = file.plan.iter().map(|plan| plan.id.get_ref().clone()).collect();
        let mut addons = Vec::new();
        for table in &file.addon {
            let addon = self.addon(table)?;
            if !ids.insert(addon.id.clone()) {
                return Err(self.fault(table.id.span(), CatalogueFault::Double(addon.id)));
            }
            addons.push(addon);
        }
        Ok(addons)
    }

    fn addon(self, table: &AddonTable) -> Result<Addon, CatalogueError> {
        let (price, recurring) = match (&table.monthly, &table.once) {
            (Some(monthly), None) => (self.price(monthly)?, true),
            (None, Some(once)) => (self.price(once)?, false),
            _ => return Err(self.fault(table.id.span(), CatalogueFault::PriceOfAddon)),
        };
        if recurring == (table.adds == Adds::Credits) {
            return Err(self.fault(table.id.span(), CatalogueFault::PriceDoesNotFit));
        }
        Ok(Addon {
            id: self.must_be_key(&table.id)?,
            name: table.name.clone().into(),
            description: table.description.clone().into(),
            adds: table.adds,
            quantity: self.within(&table.quantity, 1, MOST)?,
            recurring,
            price,
        })
    }

    fn credits(self, table: &Credits) -> Result<(Vec<i64>, std::collections::BTreeMap<String, i64>), CatalogueError> {
        let mut shares: Vec<i64> = Vec::new();
        for share in &table.low_balance_percent {
            let value = *share.get_ref();
            if !(0..=100).contains(&value) || shares.last().is_some_and(|before| *before <= value) {
                return Err(self.fault(share.span(), CatalogueFault::BadShares));
            }
            shares.push(value);
        }
        let cost = |(cause, cost): (&Spanned<String>, &Spanned<i64>)| {
            Ok((self.must_be_key(cause)?, self.within(cost, 0, MOST)?))
        };
        Ok((shares, table.costs.iter().map(cost).collect::<Result<_, CatalogueError>>()?))
    }
}
