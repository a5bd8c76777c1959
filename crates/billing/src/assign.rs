//! The operator puts a workspace on a plan: also on one that nobody can buy (D4).

use serde_json::json;
use tenancy::{Event, Operating, Subject, Tx, Work};

use crate::{
    Refusal, by_hand,
    catalogue::{Interval, known, newest},
    checkout::{CheckoutStatus, expire, unsettled},
    contract::CONTRACT_SEATS,
    cycle::invoice_what_waits,
    effect, extra_seats,
    invoice::pending,
    period, pricing,
    subscription::{State, Subscription, TillKind, held_subscription, write},
};

/// What the operator decides.
#[derive(Debug, Clone, Copy)]
pub struct Assignment<'a> {
    /// Its newest version is taken; `None` is the workspace's own, as it is.
    pub catalogue: Option<&'a str>,
    pub plan: &'a str,
    /// Another one than before begins now.
    pub interval: Option<Interval>,
    /// Who takes the money from now on: whoever does on this server. `None` leaves that as it is.
    pub till: Option<TillKind>,
}

/// Puts the workspace on a plan of its own catalogue, or of the newest version of another. Nothing is charged, what was
/// bought beside the old plan stays only where the catalogue does and still has it, and what was priced for the old plan
/// waits for no payment any more. Into another currency nothing is carried.
///
/// # Errors
/// There is no such catalogue or plan; the workspace pays at the payment provider, or may just be doing so; it has credit
/// in another currency.
pub async fn assign(tx: &mut Tx<Operating>, wanted: Assignment<'_>) -> Result<Subscription, Refusal> {
    let mut subscription = held_subscription(tx).await?;
    // What runs at the provider is taken over from there again and again: it would undo this, and go on charging.
    if subscription.is_mirrored() {
        return Err(Refusal::AtProvider);
    }
    let catalogue = match wanted.catalogue {
        Some(id) => newest(tx, id).await?.ok_or_else(|| Refusal::UnknownCatalogue(id.to_owned()))?,
        None => known(tx, &subscription.catalogue, subscription.catalogue_version).await?,
    };
    let plan = catalogue.plan(wanted.plan).ok_or_else(|| Refusal::UnknownPlan(wanted.plan.to_owned()))?;
    leave_currency(tx, &subscription, &catalogue.currency).await?;
    take_till(tx, &mut subscription, wanted.till).await?;
    by_hand::overtake(tx).await?;
    let from = subscription.plan.clone();
    let stays = catalogue.id == subscription.catalogue;
    subscription.items.retain(|item| stays && (item.item == CONTRACT_SEATS || catalogue.addon(&item.item).is_some()));
    subscription.catalogue.clone_from(&catalogue.id);
    subscription.catalogue_version = catalogue.version;
    subscription.plan.clone_from(&plan.id);
    // Metered seats are counted anew, at this plan's price: the next period pays for them.
    let active = extra_seats::active(tx).await?;
    subscription.items = pricing::items_under(&catalogue, plan, &subscription.items, active);
    let interval = wanted.interval.unwrap_or(subscription.interval);
    let runs = matches!(subscription.state, State::Active | State::PastDue) && subscription.period.seconds() > 0;
    if !runs || interval != subscription.interval {
        // Nothing ran before, or something else: the plan's own periods are counted from now.
        subscription.interval = interval;
        subscription.anchor = tx.now();
        subscription.period = period::first(tx.now(), subscription.interval);
    }
    subscription.past_due_since = None;
    (subscription.attempts, subscription.next_attempt_at) = (0, None);
    subscription.state = State::Active;
    subscription.trial_ends_at = None;
    subscription.cancel_at_period_end = false;
    subscription.next = None;
    write(tx, &subscription).await?;
    effect::apply(tx, &subscription).await?;
    let subject = Subject::new("workspace", tx.workspace());
    let payload = json!({
        "from": from,
        "to": plan.id,
        "catalogue": catalogue.id,
        "till": subscription.till,
        "cause": "assigned",
    });
    tx.record(Event::new("subscription.changed", subject).payload(payload));
    Ok(subscription)
}

/// One invoice has one currency: what waits for the next one is invoiced now, before another currency begins.
async fn leave_currency(work: &mut Work, subscription: &Subscription, to: &str) -> Result<(), Refusal> {
    let from = known(work, &subscription.catalogue, subscription.catalogue_version).await?;
    let waiting = pending(work).await?;
    if from.currency == to || waiting.is_empty() {
        return Ok(());
    }
    if pricing::total(&waiting)? < 0 {
        return Err(Refusal::CreditWaits);
    }
    invoice_what_waits(work, &from.currency, subscription.period).await
}

/// Puts the workspace under another till. The provider's is left only once nobody can pay on a page of it any more.
async fn take_till(work: &mut Work, subscription: &mut Subscription, till: Option<TillKind>) -> Result<(), Refusal> {
    let Some(till) = till.filter(|till| *till != subscription.till) else { return Ok(()) };
    let now = work.now();
    let may_be_paid = |status, expires_at| status == CheckoutStatus::Settling || expires_at > now;
    let pages = unsettled(work).await?;
    if pages.iter().any(|page| may_be_paid(page.status, page.expires_at)) {
        return Err(Refusal::CheckoutPending);
    }
    // The others would be in the way of what is bought from now on.
    for page in pages {
        expire(work, page.id).await?;
    }
    subscription.till = till;
    // The card is known to the provider only.
    subscription.payment_method = None;
    Ok(())
}
