//! What an owner changes about the subscription: the plan, whether it goes on, and how much is had beside it.

use serde_json::json;
use tenancy::{BillingManage, BillingPurchaseAddons, Error, Event, Meter, Session, Subject, Tx, Work};

use crate::{
    Refusal,
    by_hand::{self, Purchase},
    catalogue::{Interval, known},
    effect, extra_seats,
    invoice::{Invoice, InvoiceState},
    offer::{self, AddonOffer, Begins, Offer, offer},
    pricing,
    subscription::{State, Subscription, TillKind, held_subscription, subscription, write},
};

/// What came of asking for a plan.
#[derive(Debug, Clone)]
pub struct Changed {
    pub offer: Offer,
    /// What is to be paid first, where anything is.
    pub invoice: Option<Invoice>,
}

/// What a plan would cost and when it would begin; nothing changes.
///
/// # Errors
/// As [`offer`]; nothing is sold here; or the database cannot answer.
pub async fn preview_plan(session: &mut Session, plan: &str, interval: Interval) -> Result<Offer, Refusal> {
    let current = subscription(session).await?;
    if current.till == TillKind::None {
        return Err(Refusal::NoTill);
    }
    let catalogue = known(session, &current.catalogue, current.catalogue_version).await?;
    let (active, now) = (extra_seats::active(session).await?, session.now());
    offer(&catalogue, &current, (plan, interval), active, now)
}

/// A meter of which more is held than a plan has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany {
    pub meter: Meter,
    pub used: i64,
    pub cap: i64,
}

/// What the workspace holds more of than it could under another plan: what follows from that is told before (INV-17).
///
/// # Errors
/// There is no such plan, or the database cannot answer.
pub async fn too_many_under(session: &mut Session, plan: &str) -> Result<Vec<TooMany>, Refusal> {
    let current = subscription(session).await?;
    let catalogue = known(session, &current.catalogue, current.catalogue_version).await?;
    let plan = catalogue.plan(plan).ok_or_else(|| Refusal::UnknownPlan(plan.to_owned()))?;
    let mut too_many = Vec::new();
    for (meter, cap) in effect::caps(&catalogue, plan, &current) {
        let used = session.gauge(meter).await?.used;
        too_many.extend(cap.filter(|cap| used > *cap).map(|cap| TooMany { meter, used, cap }));
    }
    Ok(too_many)
}

/// What so many of an add-on would cost now and in every period from then on; nothing changes.
///
/// # Errors
/// There is no such add-on, as [`offer::addon_offer`], nothing is sold here, or the database cannot answer.
pub async fn preview_addon(session: &mut Session, addon: &str, quantity: i64) -> Result<AddonOffer, Refusal> {
    let current = subscription(session).await?;
    if current.till == TillKind::None {
        return Err(Refusal::NoTill);
    }
    let catalogue = known(session, &current.catalogue, current.catalogue_version).await?;
    let sold = catalogue.addon(addon).ok_or_else(|| Refusal::UnknownAddon(addon.to_owned()))?;
    offer::addon_offer(&catalogue, &current, sold, quantity, session.now())
}

/// Asks for a plan. A larger one begins once what is due was paid, a smaller one with the next period; asking for the
/// plan that runs takes back what was scheduled or waits for its payment.
///
/// # Errors
/// As [`preview_plan`].
pub async fn change_plan(tx: &mut Tx<BillingManage>, plan: &str, interval: Interval) -> Result<Changed, Refusal> {
    let mut held = sold_to(held_subscription(tx).await?)?;
    let catalogue = known(tx, &held.catalogue, held.catalogue_version).await?;
    let (active, now) = (extra_seats::active(tx).await?, tx.now());
    let withdrawn = offer::is_current(&held, plan, interval) && by_hand::withdraw_plan(tx).await?;
    let offer = match offer(&catalogue, &held, (plan, interval), active, now) {
        Err(Refusal::CurrentPlan) if withdrawn => {
            let current = catalogue.plan(plan).ok_or(Refusal::CurrentPlan)?;
            let goes_on = pricing::whole(&pricing::charges(&catalogue, current, interval, &held.items)?)?;
            offer::unchanged(&held, pricing::total(&goes_on)?, now)
        }
        offer => offer?,
    };
    let mut invoice = None;
    match offer.begins {
        Begins::PeriodEnd => {
            held.next = Some((plan.to_owned(), interval));
            held.cancel_at_period_end = false;
            record(tx, json!({ "next_plan": plan, "next_interval": interval }));
        }
        Begins::Now if offer::is_current(&held, plan, interval) => {
            held.next = None;
            held.cancel_at_period_end = false;
            record(tx, json!({ "plan": plan, "interval": interval }));
        }
        Begins::Now | Begins::TrialEnd => {
            let purchase = Purchase::Plan { plan: plan.to_owned(), interval };
            let lines = (offer.period, offer.lines.clone());
            let opened = by_hand::open(tx, &catalogue, &mut held, &purchase, lines).await?;
            invoice = Some(opened.invoice).filter(|invoice| invoice.state == InvoiceState::Open);
        }
    }
    write(tx, &held).await?;
    effect::apply(tx, &held).await?;
    Ok(Changed { offer, invoice })
}

/// Lets the subscription end with its period; until then everything stays.
///
/// # Errors
/// Nothing runs, nothing is sold here, or the database cannot answer.
pub async fn cancel(tx: &mut Tx<BillingManage>) -> Result<Subscription, Refusal> {
    go_on(tx, false).await
}

/// Takes a cancellation back before it took effect.
///
/// # Errors
/// As [`cancel`].
pub async fn resume(tx: &mut Tx<BillingManage>) -> Result<Subscription, Refusal> {
    go_on(tx, true).await
}

async fn go_on(work: &mut Work, goes_on: bool) -> Result<Subscription, Refusal> {
    let mut held = sold_to(held_subscription(work).await?)?;
    if !matches!(held.state, State::Active | State::PastDue) {
        return Err(Refusal::NotRunning);
    }
    held.cancel_at_period_end = !goes_on;
    if !goes_on {
        held.next = None;
        by_hand::withdraw_plan(work).await?;
    }
    record(work, json!({ "cancel_at_period_end": held.cancel_at_period_end }));
    write(work, &held).await?;
    Ok(held)
}

/// Has less of an add-on from the next period on; asking for what there is takes that back.
///
/// # Errors
/// The workspace has no such add-on or not so many of it, nothing is sold here, or the database cannot answer.
pub async fn reduce_addon(
    tx: &mut Tx<BillingPurchaseAddons>,
    addon: &str,
    quantity: i64,
) -> Result<Subscription, Refusal> {
    let held = held_subscription(tx).await?;
    if !held.items.iter().any(|item| item.item == addon) {
        return Err(Error::NotFound.into());
    }
    let mut held = sold_to(held)?;
    let catalogue = known(tx, &held.catalogue, held.catalogue_version).await?;
    let item = held.items.iter_mut().find(|item| item.item == addon && catalogue.addon(addon).is_some());
    let item = item.ok_or_else(|| Refusal::UnknownAddon(addon.to_owned()))?;
    if quantity > item.quantity {
        return Err(Refusal::NotLess);
    }
    item.next_quantity = (quantity < item.quantity).then_some(quantity);
    record(tx, json!({ "item": addon, "next_quantity": quantity }));
    write(tx, &held).await?;
    Ok(held)
}

/// A subscription that its workspace can change here: somebody takes money, and it is us who write the invoices.
fn sold_to(subscription: Subscription) -> Result<Subscription, Refusal> {
    match subscription.till {
        TillKind::None => Err(Refusal::NoTill),
        TillKind::Manual => Ok(subscription),
        TillKind::Stripe => Err(Refusal::NotBought),
    }
}

fn record(work: &mut Work, payload: serde_json::Value) {
    let event = Event::new("subscription.changed", Subject::new("workspace", work.workspace()));
    work.record(event.payload(payload));
}
