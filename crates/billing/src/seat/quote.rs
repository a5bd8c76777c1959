//! What seats cost, told before anybody is invited. The same functions write the invoice, so that the price shown is the
//! price invoiced (INV-16, BIL-001 to BIL-005).

use std::sync::Arc;

use kernel::{MemberId, Timestamp};
use tenancy::{Error, Gauge, Meter, Permission, Remedy, SeatType, Session, args, sql};

use super::GRACE;
use crate::{
    Refusal,
    catalogue::{Addon, Adds, Catalogue, Plan, SeatBilling, known},
    offer,
    payer::who_may,
    price::EXTRA_SEAT,
    pricing::{self, Charge},
    subscription::{State, Subscription, TillKind, subscription},
};

/// How the seats of one type stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatMeter {
    /// Members who are active, and invitations that wait.
    pub used: i64,
    /// Of these, the invitations.
    pub pending: i64,
    /// With the plan; `None` where they are not limited or agreed with the operator.
    pub included: Option<i64>,
    /// Bought or agreed on beside them.
    pub purchased: i64,
    pub cap: Option<i64>,
    pub over_since: Option<Timestamp>,
    /// What helps when none is left.
    pub remedies: Vec<Remedy>,
}

impl SeatMeter {
    /// Until when everybody keeps their seat although there are too many.
    pub fn grace_until(&self) -> Option<Timestamp> {
        self.over_since.map(|since| since.plus(GRACE))
    }
}

/// What some more seats of a type cost. Money is in minor units; `None` where nobody stated a price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatQuote {
    pub wanted: i64,
    /// How many of them are billed beside the plan, each at `unit_monthly`.
    pub extra: i64,
    pub unit_monthly: Option<i64>,
    /// What every month costs more.
    pub monthly: Option<i64>,
    /// For the rest of the period that runs (E6).
    pub charge_now: Option<i64>,
    /// What has to be bought first: an add-on, and how many of it.
    pub buy: Option<(String, i64)>,
    /// How many cannot be had like this; `remedies` help.
    pub missing: i64,
    pub remedies: Vec<Remedy>,
}

/// What a workspace's seats cost at a moment.
#[derive(Debug, Clone)]
pub struct Terms {
    catalogue: Arc<Catalogue>,
    plan: Plan,
    subscription: Subscription,
    pub full: SeatMeter,
    pub collaborator: SeatMeter,
    now: Timestamp,
}

/// How the workspace's seats stand, and under which terms there are more.
///
/// # Errors
/// The database cannot answer.
pub async fn terms(session: &mut Session) -> Result<Terms, Error> {
    let subscription = subscription(session).await?;
    let catalogue = known(session, &subscription.catalogue, subscription.catalogue_version).await?;
    let plan = catalogue.plan(&subscription.plan);
    let plan =
        plan.ok_or_else(|| Error::Corrupt(format!("the catalogue has no plan {:?}", subscription.plan)))?.clone();
    let full = meter(session, SeatType::Full, plan.included_full_seats.cap()).await?;
    let collaborator = meter(session, SeatType::Collaborator, plan.max_collaborator_seats.cap()).await?;
    let now = session.now();
    Ok(Terms { catalogue, plan, subscription, full, collaborator, now })
}

/// Members who could buy or arrange for more, the first of them.
///
/// # Errors
/// The database cannot answer.
pub async fn buyers(session: &mut Session, terms: &Terms) -> Result<Vec<(MemberId, String)>, Error> {
    let takes = match terms.billed() {
        SeatBilling::Slots => Permission::BillingPurchaseAddons,
        _ => Permission::BillingManage,
    };
    who_may(session, takes).await
}

async fn meter(session: &mut Session, seat: SeatType, included: Option<i64>) -> Result<SeatMeter, Error> {
    let Gauge { used, cap, over_since, remedies, .. } = session.gauge(Meter::of(seat)).await?;
    let text = sql!(
        "select count(*), coalesce(sum(case when expires_at > $3 then 1 else 0 end), 0) from invitations
         where workspace_id = $1 and seat_type = $2 and holds_seat = 1"
    );
    let now = session.now();
    let (holding, pending): (i64, i64) = match session.first(text, args![seat.name(), now]).await? {
        Some(mut row) => (row.take(0)?, row.take(1)?),
        None => (0, 0),
    };
    // Those that ran out hold none any more, whether or not somebody let them go already.
    let used = used - (holding - pending);
    let purchased = cap.zip(included).map_or(0, |(cap, included)| (cap - included).max(0));
    Ok(SeatMeter { used, pending, included, purchased, cap, over_since, remedies })
}

impl Terms {
    pub fn currency(&self) -> &str {
        &self.catalogue.currency
    }

    pub fn billed(&self) -> SeatBilling {
        self.catalogue.seat_billing
    }

    /// What so many further full seats cost.
    ///
    /// # Errors
    /// An amount is too large to be one.
    pub fn full_seats(&self, wanted: i64) -> Result<SeatQuote, Refusal> {
        let free = plain(&self.full, wanted);
        let unit = |price: Option<i64>| if self.subscription.till == TillKind::None { Some(0) } else { price };
        match self.billed() {
            SeatBilling::Metered => self.metered(free, unit(self.plan.extra_seat_monthly.stated())),
            SeatBilling::Slots if free.remedies.contains(&Remedy::Buy) => self.slots(free),
            SeatBilling::Slots | SeatBilling::Unlimited | SeatBilling::Contract | SeatBilling::HardCap => Ok(free),
        }
    }

    /// What so many further collaborator seats cost: nothing, where there are any.
    pub fn collaborator_seats(&self, wanted: i64) -> SeatQuote {
        plain(&self.collaborator, wanted)
    }

    /// Beyond the included ones each is billed; what was paid until the end of the period is used first.
    fn metered(&self, free: SeatQuote, unit_monthly: Option<i64>) -> Result<SeatQuote, Refusal> {
        let Some(included) = self.full.included else { return Ok(free) };
        let beyond = |used: i64| used.saturating_sub(included).max(0);
        let (before, after) = (beyond(self.full.used), beyond(self.full.used.saturating_add(free.wanted)));
        let extra = after - before;
        if extra == 0 {
            return Ok(free);
        }
        let Some(unit) = unit_monthly else {
            return Ok(SeatQuote { extra, unit_monthly, monthly: None, charge_now: None, ..free });
        };
        let paid = self.subscription.items.iter().find(|item| item.item == EXTRA_SEAT).map_or(0, |item| item.quantity);
        let monthly = Some(unit.checked_mul(extra).ok_or(Refusal::TooMuch)?);
        let charge_now = Some(self.charged_now(unit, before.max(paid), after)?);
        Ok(SeatQuote { extra, unit_monthly, monthly, charge_now, ..free })
    }

    /// What so many metered seats instead of the paid ones cost until the period ends.
    fn charged_now(&self, unit: i64, paid: i64, seats: i64) -> Result<i64, Refusal> {
        if seats <= paid {
            return Ok(0);
        }
        if !self.subscription.is_mirrored() {
            return self.rest_of_period(unit, seats - paid);
        }
        // The provider gives back what was paid and charges all of it anew, each rounded; with a smaller plan ahead it
        // charges for more seats only from then on.
        match self.subscription.next {
            None => Ok(self.rest_of_period(unit, seats)? - self.rest_of_period(unit, paid)?),
            Some(_) => Ok(0),
        }
    }

    /// What is missing is bought before it is used.
    fn slots(&self, free: SeatQuote) -> Result<SeatQuote, Refusal> {
        let Some(addon) = self.slot().filter(|_| free.missing > 0) else { return Ok(free) };
        let quantity = free.missing.saturating_add(addon.quantity - 1) / addon.quantity.max(1);
        let unit_monthly = addon.price.stated();
        let monthly = unit_monthly.map(|unit| unit.checked_mul(quantity).ok_or(Refusal::TooMuch)).transpose()?;
        let charge_now = match offer::addon_lines(&self.catalogue, &self.subscription, addon, quantity, self.now) {
            Ok(lines) => Some(pricing::total(&lines)?),
            // The plan can have no more: what helps is what helps where none are sold.
            Err(Refusal::NoRoom) => return Ok(free),
            // It is not to be had while nothing runs or something is owed.
            Err(_) => None,
        };
        let buy = Some((addon.id.clone(), quantity));
        Ok(SeatQuote { extra: free.missing, missing: 0, unit_monthly, monthly, charge_now, buy, ..free })
    }

    fn slot(&self) -> Option<&Addon> {
        self.catalogue.addons.iter().find(|addon| addon.recurring && addon.adds == Adds::FullSeat)
    }

    fn rest_of_period(&self, unit_monthly: i64, quantity: i64) -> Result<i64, Refusal> {
        let Subscription { interval, period, state, .. } = &self.subscription;
        if !matches!(state, State::Active | State::PastDue) || quantity == 0 {
            return Ok(0);
        }
        let unit = unit_monthly.checked_mul(interval.months()).ok_or(Refusal::TooMuch)?;
        let charge = Charge { item: EXTRA_SEAT.to_owned(), name: String::new(), quantity, unit };
        Ok(pricing::part(&charge, quantity, period.remaining(self.now), period.seconds())?.amount)
    }
}

/// Seats that cost nothing, as far as there are any.
fn plain(meter: &SeatMeter, wanted: i64) -> SeatQuote {
    let missing = meter.cap.map_or(0, |cap| meter.used.saturating_add(wanted).saturating_sub(cap).clamp(0, i64::MAX));
    let nothing = Some(0);
    SeatQuote {
        wanted,
        extra: 0,
        unit_monthly: nothing,
        monthly: nothing,
        charge_now: nothing,
        buy: None,
        missing: if wanted == 0 { 0 } else { missing },
        remedies: meter.remedies.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::{
        catalogue::Interval,
        effect::caps,
        period,
        seat::remedies,
        subscription::{Item, Period},
    };

    fn terms(text: &str, plan: &str, used: i64, items: Vec<Item>) -> Terms {
        let catalogue = Arc::new(Catalogue::parse(text).expect("a shipped catalogue"));
        let plan = catalogue.plan(plan).expect("its plan").clone();
        let start = Timestamp::parse("2026-04-01T00:00:00Z").expect("a moment");
        let subscription = subscription_to(&catalogue, &plan, start, items);
        let [(_, full), (_, collaborator), _] = caps(&catalogue, &plan, &subscription);
        let gauge = |meter, used, cap: Option<i64>, included: Option<i64>| SeatMeter {
            used,
            pending: 0,
            included,
            purchased: cap.zip(included).map_or(0, |(cap, included)| cap - included),
            cap,
            over_since: None,
            remedies: remedies(&catalogue, &plan, meter),
        };
        let full = gauge(Meter::FullSeats, used, full, plan.included_full_seats.cap());
        let collaborator = gauge(Meter::CollaboratorSeats, 0, collaborator, plan.max_collaborator_seats.cap());
        Terms { catalogue, plan, subscription, full, collaborator, now: start }
    }

    fn subscription_to(catalogue: &Catalogue, plan: &Plan, start: Timestamp, items: Vec<Item>) -> Subscription {
        Subscription {
            catalogue: catalogue.id.clone(),
            catalogue_version: catalogue.version,
            plan: plan.id.clone(),
            interval: Interval::Month,
            state: State::Active,
            anchor: start,
            period: period::first(start, Interval::Month),
            trial_ends_at: None,
            cancel_at_period_end: false,
            next: None,
            past_due_since: None,
            attempts: 0,
            next_attempt_at: None,
            reminded: None,
            till: TillKind::Manual,
            provider_customer: None,
            provider_subscription: None,
            provider_version: 0,
            payment_method: None,
            payer: None,
            items,
            version: 1,
        }
    }

    const INTERLINKED: &str = include_str!("../../../../plans/interlinked.toml");
    const ASKUSERS: &str = include_str!("../../../../plans/askusers.toml");
    const AISOULE: &str = include_str!("../../../../plans/aisoule.toml");

    fn item(name: &str, quantity: i64) -> Item {
        Item { item: name.to_owned(), quantity, unit_monthly: 0, next_quantity: None, provider_item: None }
    }

    #[test]
    fn bil_003_three_included_and_two_more_cost_thirty_dollars_a_month() {
        let quote = terms(INTERLINKED, "pro", 3, Vec::new()).full_seats(2).expect("a price");
        assert_eq!((quote.extra, quote.unit_monthly, quote.monthly), (2, Some(1500), Some(3000)));
        assert_eq!(quote.charge_now, Some(3000), "the whole period is left");
    }

    #[test]
    fn bil_004_five_included_and_three_more_cost_thirty_dollars_a_month() {
        let quote = terms(INTERLINKED, "ultra", 5, Vec::new()).full_seats(3).expect("a price");
        assert_eq!((quote.extra, quote.unit_monthly, quote.monthly), (3, Some(1000), Some(3000)));
        assert_eq!(quote.charge_now, Some(3000));
    }

    #[test]
    fn bil_005_the_rest_of_the_period_is_what_is_charged_now() {
        let mut pro = terms(INTERLINKED, "pro", 3, Vec::new());
        pro.now = Timestamp::parse("2026-04-11T00:00:00Z").expect("a moment");
        assert_eq!(pro.full_seats(1).expect("a price").charge_now, Some(1000));
        // What was paid until the end of the period is used first.
        pro.subscription.items.push(item(EXTRA_SEAT, 1));
        let again = pro.full_seats(2).expect("a price");
        assert_eq!((again.extra, again.monthly, again.charge_now), (2, Some(3000), Some(1000)));
        // A year costs twelve months, and so does the rest of it.
        pro.subscription.interval = Interval::Year;
        pro.subscription.period = Period { end: period::next_end(pro.now, pro.now, Interval::Year), start: pro.now };
        assert_eq!(pro.full_seats(2).expect("a price").charge_now, Some(18_000));
    }

    #[test]
    fn seats_within_the_plan_cost_nothing_and_a_till_that_takes_nothing_charges_nothing() {
        let mut pro = terms(INTERLINKED, "pro", 1, Vec::new());
        assert_eq!(pro.full_seats(2).expect("a price").monthly, Some(0));
        pro.subscription.till = TillKind::None;
        let quote = pro.full_seats(5).expect("a price");
        assert_eq!((quote.extra, quote.monthly, quote.charge_now), (3, Some(0), Some(0)));
    }

    #[test]
    fn an_amount_that_is_too_large_is_refused() {
        let mut pro = terms(INTERLINKED, "pro", 3, Vec::new());
        pro.plan.extra_seat_monthly = crate::catalogue::Price::Of(i64::MAX);
        assert!(matches!(pro.full_seats(10_000), Err(Refusal::TooMuch)));
    }

    #[test]
    fn bil_033_beyond_the_included_slots_are_bought_first() {
        let enterprise = terms(ASKUSERS, "enterprise", 5, Vec::new());
        let quote = enterprise.full_seats(2).expect("a price");
        assert_eq!(quote.buy, Some(("extra_member_seat".to_owned(), 2)));
        assert_eq!((quote.extra, quote.monthly, quote.missing), (2, Some(3800), 0));
        let bought = terms(ASKUSERS, "enterprise", 5, vec![item("extra_member_seat", 1)]);
        assert_eq!((bought.full.cap, bought.full.purchased), (Some(6), 1));
        assert_eq!(bought.full_seats(1).expect("a price").buy, None);
    }

    #[test]
    fn plan_026_where_none_is_sold_a_larger_plan_or_the_operator_helps() {
        let growth = terms(AISOULE, "growth", 5, Vec::new()).full_seats(1).expect("a quote");
        assert_eq!((growth.missing, growth.remedies), (1, vec![Remedy::Upgrade, Remedy::Contact]));
        let scale = terms(AISOULE, "scale", 10, Vec::new()).full_seats(1).expect("a quote");
        assert_eq!((scale.missing, scale.remedies), (1, vec![Remedy::Contact]));
    }

    #[derive(Deserialize)]
    struct Vectors {
        seats: Vec<Vector>,
    }

    #[derive(Deserialize)]
    struct Vector {
        name: String,
        included: i64,
        purchased: i64,
        active_full: i64,
        pending_full: i64,
        deactivated: i64,
        active_collaborator: i64,
        may_invite_full: bool,
    }

    #[test]
    fn inv_14_inv_15_every_written_example_of_seats_comes_out_exactly() {
        let vectors: Vectors = toml::from_str(include_str!("../../vectors.toml")).expect("vectors");
        assert_eq!(vectors.seats.len(), 3);
        for Vector { name, included, purchased, active_full, pending_full, may_invite_full, .. } in &vectors.seats {
            let (used, cap) = (active_full + pending_full, Some(included + purchased));
            let gauge = Gauge { meter: Meter::FullSeats, used, cap, over_since: None, remedies: Vec::new() };
            assert_eq!(gauge.has_room_for(1), *may_invite_full, "{name}");
        }
        assert!(vectors.seats.iter().any(|vector| vector.deactivated > 0 && vector.active_collaborator > 0));
    }
}
