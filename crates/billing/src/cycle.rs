//! What the clock does to a subscription that we run ourselves, one step at a time: reminders and the end of a trial,
//! the next period or the end after a cancellation, and looking after what is owed.

use std::time::Duration;

use kernel::{Timestamp, days};
use serde_json::json;
use tenancy::{Error, Event, Housekeeping, Subject, Tx, Work};

use crate::{
    Refusal, by_hand,
    catalogue::{Catalogue, known},
    dunning, effect, extra_seats,
    invoice::{self, Draft, InvoiceState, Reason},
    period::next_end,
    pricing,
    subscription::{Period, State, Subscription, held_subscription, subscription, write},
    trial,
};

/// How long an invoice may be paid, and a purchase may wait for its payment.
pub const PAYMENT_TIME: Duration = days(14);

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// So many days before the trial ends.
    Remind(i64),
    EndTrial,
    Renew,
    /// What was cancelled ends with its period.
    End,
    LookAtPayment,
}

/// When something is to be done next about a subscription.
pub(crate) fn due_at(catalogue: &Catalogue, subscription: &Subscription) -> Option<Timestamp> {
    if subscription.is_mirrored() {
        return None;
    }
    match subscription.state {
        State::Trialing => {
            trial::next_reminder(catalogue, subscription).map(|(at, _)| at).or(subscription.trial_ends_at)
        }
        State::Active | State::PastDue => {
            let end = Some(subscription.period.end).filter(|end| *end > subscription.period.start);
            [end, subscription.next_attempt_at].into_iter().flatten().min()
        }
        State::Restricted => None,
    }
}

fn step(catalogue: &Catalogue, subscription: &Subscription, now: Timestamp) -> Option<Step> {
    due_at(catalogue, subscription).filter(|due| *due <= now)?;
    match subscription.state {
        State::Trialing if subscription.trial_ends_at.is_some_and(|end| end <= now) => Some(Step::EndTrial),
        State::Trialing => trial::newest_reminder(catalogue, subscription, now).map(Step::Remind),
        State::Active | State::PastDue if subscription.next_attempt_at.is_some_and(|at| at <= now) => {
            Some(Step::LookAtPayment)
        }
        State::Active | State::PastDue if subscription.cancel_at_period_end => Some(Step::End),
        State::Active | State::PastDue => Some(Step::Renew),
        State::Restricted => None,
    }
}

/// Does the next thing that is due, if anything is; whether it did, and so is to be asked again.
///
/// # Errors
/// An amount is too large, or the database cannot answer.
pub async fn advance(tx: &mut Tx<Housekeeping>) -> Result<bool, Refusal> {
    let now = tx.now();
    let before = subscription(tx).await?;
    let catalogue = known(tx, &before.catalogue, before.catalogue_version).await?;
    if step(&catalogue, &before, now).is_none() {
        return by_hand::expire(tx).await;
    }
    let mut held = held_subscription(tx).await?;
    let Some(step) = step(&catalogue, &held, now) else { return Ok(true) };
    match step {
        Step::Remind(days) => trial::remind(tx, &mut held, days),
        Step::EndTrial => trial::end(tx, &catalogue, &mut held).await?,
        Step::Renew => renew(tx, &catalogue, &mut held).await?,
        Step::End => end(tx, &catalogue, &mut held).await?,
        Step::LookAtPayment => dunning::look(tx, &mut held).await?,
    }
    write(tx, &held).await?;
    effect::apply(tx, &held).await?;
    Ok(true)
}

/// Closes everything but billing and export (INV-41), and records why; the subscription says so already.
pub(crate) fn restrict(work: &mut Work, subscription: &mut Subscription) {
    subscription.state = State::Restricted;
    subscription.next_attempt_at = None;
    let event = Event::new("subscription.restricted", Subject::new("workspace", work.workspace()));
    work.record(event.payload(json!({ "reason": subscription.restricted_reason() })));
}

/// The next period begins: what was scheduled takes effect, and what it costs is invoiced.
async fn renew(work: &mut Work, catalogue: &Catalogue, subscription: &mut Subscription) -> Result<(), Refusal> {
    by_hand::overtake(work).await?;
    let active = extra_seats::active(work).await?;
    let (plan, interval, items) = pricing::next_terms(catalogue, subscription, active);
    let start = subscription.period.end;
    if interval != subscription.interval {
        subscription.anchor = start;
    }
    let end = next_end(subscription.anchor, start, interval);
    subscription.period = Period { start, end };
    (subscription.plan, subscription.interval, subscription.items) = (plan, interval, items);
    subscription.next = None;
    invoice_period(work, catalogue, subscription).await?;
    let event = Event::new("subscription.renewed", Subject::new("workspace", work.workspace()));
    work.record(event.payload(json!({
        "plan": subscription.plan,
        "interval": subscription.interval,
        "period_start": start,
        "period_end": end,
    })));
    Ok(())
}

/// What was cancelled ends with its period. What was used until then and no later period will pay for is invoiced.
async fn end(work: &mut Work, catalogue: &Catalogue, subscription: &mut Subscription) -> Result<(), Refusal> {
    by_hand::overtake(work).await?;
    let is_owed = pricing::total(&invoice::pending(work).await?)? > 0;
    if subscription.is_invoiced_here() && is_owed {
        invoice_what_waits(work, &catalogue.currency, subscription.period).await?;
    }
    restrict(work, subscription);
    Ok(())
}

/// Invoices what waits now, and not with the period to come.
pub(crate) async fn invoice_what_waits(work: &mut Work, currency: &str, period: Period) -> Result<(), Refusal> {
    let lines = invoice::take_pending(work).await?;
    let (currency, due_at) = (currency.to_owned(), work.now().plus(PAYMENT_TIME));
    invoice::issue(work, Draft { reason: Reason::Period, currency, period, due_at, lines }).await?;
    Ok(())
}

/// Invoices the period that just began, with what waited for it; what costs nothing needs no invoice.
async fn invoice_period(
    work: &mut Work,
    catalogue: &Catalogue,
    subscription: &mut Subscription,
) -> Result<(), Refusal> {
    if !subscription.is_invoiced_here() {
        return Ok(());
    }
    let mut lines = period_lines(catalogue, subscription)?;
    lines.extend(invoice::take_pending(work).await?);
    if lines.iter().all(|line| line.amount == 0) {
        return Ok(());
    }
    let due_at = work.now().plus(PAYMENT_TIME);
    let (currency, period) = (catalogue.currency.clone(), subscription.period);
    let issued = invoice::issue(work, Draft { reason: Reason::Period, currency, period, due_at, lines }).await?;
    if issued.state == InvoiceState::Open && subscription.next_attempt_at.is_none() {
        subscription.next_attempt_at = Some(due_at);
    }
    Ok(())
}

fn period_lines(catalogue: &Catalogue, subscription: &Subscription) -> Result<Vec<invoice::Line>, Refusal> {
    let plan = catalogue.plan(&subscription.plan).ok_or_else(|| unknown(&subscription.plan))?;
    pricing::whole(&pricing::charges(catalogue, plan, subscription.interval, &subscription.items)?)
}

/// A plan that a subscription stands on and its catalogue lost.
pub(crate) fn unknown(plan: &str) -> Error {
    Error::Corrupt(format!("the catalogue has no plan {plan:?}"))
}
