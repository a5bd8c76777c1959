//! The till by hand: a purchase is an open invoice, and what was bought is had once the operator marks it as paid
//! (INV-33). What nobody pays in time, or what the next period overtakes, is taken back.

use kernel::{CheckoutId, InvoiceId, Timestamp};
use serde_json::json;
use tenancy::{Error, Event, Operating, Row, Session, Subject, Tx, Work, args, sql};

use crate::{
    Refusal,
    catalogue::{Catalogue, Interval, known},
    checkout::{CheckoutKind, CheckoutStatus},
    cycle::{self, PAYMENT_TIME},
    dunning, effect, extra_seats,
    invoice::{self, Draft, Invoice, InvoiceState, Line, Reason},
    ledger::{self, Credits, LedgerRefusal},
    offer,
    subscription::{Period, Subscription, TillKind, held_subscription, write},
};

/// What is bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purchase {
    Plan {
        plan: String,
        interval: Interval,
    },
    /// The id of an add-on, and how many of it.
    Addon {
        addon: String,
        quantity: i64,
    },
}

/// A purchase that waits for its payment, or was had at once because nothing was due for it.
#[derive(Debug, Clone)]
pub struct Opened {
    pub checkout: CheckoutId,
    pub invoice: Invoice,
}

/// Opens a purchase for lines that were shown: an invoice over them. A purchase of a plan comes instead of an earlier
/// one. The subscription is held.
///
/// # Errors
/// An amount is too large, somebody other than a member buys, or the database cannot answer.
pub async fn open(
    work: &mut Work,
    catalogue: &Catalogue,
    subscription: &mut Subscription,
    purchase: &Purchase,
    (period, lines): (Period, Vec<Line>),
) -> Result<Opened, Refusal> {
    let member = work.viewer().member.ok_or(Error::NotFound)?;
    let (now, due_at, currency) = (work.now(), work.now().plus(PAYMENT_TIME), catalogue.currency.clone());
    let (kind, reason, plan, interval, addon, quantity) = match purchase {
        Purchase::Plan { plan, interval } => {
            (CheckoutKind::Plan, Reason::Plan, Some(plan), Some(interval.name()), None, 1)
        }
        Purchase::Addon { addon, quantity } => {
            (kind_of(catalogue, addon), Reason::Addon, None, None, Some(addon), *quantity)
        }
    };
    if reason == Reason::Plan {
        withdraw(work, |open| open.kind == CheckoutKind::Plan).await?;
    }
    let invoice = invoice::issue(work, Draft { reason, currency, period, due_at, lines }).await?;
    let checkout: CheckoutId = work.ids().next();
    let text = sql!(
        "insert into checkouts (workspace_id, id, kind, plan, billing_interval, addon, quantity, amount, currency, state,
            till, invoice_id, created_by, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10, $11, $12, $13, $14)"
    );
    let values = args![
        checkout,
        kind.name(),
        plan.map(String::as_str),
        interval,
        addon.map(String::as_str),
        quantity,
        invoice.total,
        &invoice.currency,
        TillKind::Manual.name(),
        invoice.id,
        member,
        now,
        due_at,
    ];
    work.run(text, values).await?;
    work.record(Event::new("checkout.opened", Subject::new("checkout", checkout)).payload(json!({ "kind": kind })));
    if invoice.state == InvoiceState::Paid {
        fulfil(work, catalogue, subscription, &invoice).await?;
    }
    Ok(Opened { checkout, invoice })
}

fn kind_of(catalogue: &Catalogue, addon: &str) -> CheckoutKind {
    match catalogue.addon(addon) {
        Some(addon) if !addon.recurring => CheckoutKind::Credits,
        _ => CheckoutKind::Addon,
    }
}

/// Marks an open invoice as paid. What it was for is had from this transaction on, once (INV-33); marking it again
/// changes nothing.
///
/// # Errors
/// There is no such invoice, it was taken back or is a provider's, or the database cannot answer.
pub async fn mark_paid(tx: &mut Tx<Operating>, id: InvoiceId) -> Result<Invoice, Refusal> {
    close(tx, id, InvoiceState::Paid).await
}

/// Takes an open invoice back, once; what it was for is not had, and nobody owes it any more.
///
/// # Errors
/// There is no such invoice, it was paid or is a provider's, or the database cannot answer.
pub async fn void(tx: &mut Tx<Operating>, id: InvoiceId) -> Result<Invoice, Refusal> {
    close(tx, id, InvoiceState::Void).await
}

async fn close(work: &mut Work, id: InvoiceId, state: InvoiceState) -> Result<Invoice, Refusal> {
    let mut held = held_subscription(work).await?;
    let catalogue = known(work, &held.catalogue, held.catalogue_version).await?;
    let invoice = invoice::invoice(work, id).await?;
    if invoice.state == state {
        return Ok(invoice);
    }
    // What was asked for here before the workspace went to a provider is not given beside what it has there.
    let is_of_before = held.is_mirrored() && invoice.reason != Reason::Period && state == InvoiceState::Paid;
    // What a provider collects, it also says when it has.
    if is_of_before || is_of_provider(work, id).await? || !invoice::settle(work, id, state).await? {
        return Err(Refusal::NotOpen);
    }
    match (invoice.reason, state) {
        (Reason::Period, _) if held.is_mirrored() => return Ok(invoice::invoice(work, id).await?),
        (Reason::Period, _) => dunning::settled(work, &mut held).await?,
        (Reason::Plan | Reason::Addon, InvoiceState::Paid) => fulfil(work, &catalogue, &mut held, &invoice).await?,
        (Reason::Plan | Reason::Addon, _) => end(work, id, CheckoutStatus::Expired).await?,
    }
    write(work, &held).await?;
    effect::apply(work, &held).await?;
    Ok(invoice::invoice(work, id).await?)
}

async fn is_of_provider(session: &mut Session, id: InvoiceId) -> Result<bool, Error> {
    let text = sql!("select 1 from invoices where workspace_id = $1 and id = $2 and provider_id is not null");
    Ok(session.first(text, args![id]).await?.is_some())
}

/// Gives what was paid.
async fn fulfil(
    work: &mut Work,
    catalogue: &Catalogue,
    subscription: &mut Subscription,
    invoice: &Invoice,
) -> Result<(), Refusal> {
    let Some(bought) = open_purchases(work).await?.into_iter().find(|open| open.invoice == invoice.id) else {
        return Ok(());
    };
    end(work, invoice.id, CheckoutStatus::Complete).await?;
    work.record(Event::new("checkout.completed", Subject::new("checkout", bought.id)));
    match bought.purchase {
        Purchase::Plan { plan: id, interval } => {
            let plan = catalogue.plan(&id).ok_or_else(|| cycle::unknown(&id))?;
            let now = work.now();
            offer::take_plan(catalogue, subscription, (plan, interval), &invoice.lines, now);
            let event = Event::new("subscription.changed", Subject::new("workspace", work.workspace()));
            work.record(event.payload(json!({ "plan": id, "interval": interval })));
            extra_seats::settle(work, catalogue, subscription, now).await?;
        }
        Purchase::Addon { addon: id, quantity } => {
            let addon = catalogue.addon(&id).ok_or_else(|| Refusal::UnknownAddon(id.clone()))?;
            if addon.recurring {
                offer::take_addon(subscription, addon, quantity);
                let event = Event::new("subscription.changed", Subject::new("workspace", work.workspace()));
                work.record(event.payload(json!({ "item": id, "quantity": quantity })));
            } else {
                let credits = addon.quantity.checked_mul(quantity).ok_or(Refusal::TooMuch)?;
                let credits = Credits::try_from(credits).map_err(|_| Refusal::TooMuch)?;
                let bought = ledger::purchase(work, credits, &bought.id.to_string()).await;
                bought.map_err(LedgerRefusal::unexpected)?;
            }
        }
    }
    Ok(())
}

/// Takes back what waited for its payment for too long; whether there was any.
pub(crate) async fn expire(work: &mut Work) -> Result<bool, Refusal> {
    let now = work.now();
    let expired = withdraw(work, |open| open.expires_at <= now).await?;
    Ok(expired > 0)
}

/// Takes back purchases that were priced for a period which is over.
pub(crate) async fn overtake(work: &mut Work) -> Result<(), Error> {
    withdraw(work, |open| open.kind != CheckoutKind::Credits).await.map(drop)
}

/// Takes back the plan that waits for its payment; whether there was one.
pub(crate) async fn withdraw_plan(work: &mut Work) -> Result<bool, Error> {
    Ok(withdraw(work, |open| open.kind == CheckoutKind::Plan).await? > 0)
}

/// Gives up every open invoice of a workspace that is erased: there is nobody left to say that it was paid.
pub(crate) async fn give_up(work: &mut Work) -> Result<(), Error> {
    for open in invoice::open(work).await? {
        let state = if open.reason == Reason::Period { InvoiceState::Uncollectible } else { InvoiceState::Void };
        invoice::settle(work, open.id, state).await?;
    }
    Ok(())
}

async fn withdraw(work: &mut Work, is_meant: impl Fn(&Open) -> bool) -> Result<usize, Error> {
    let meant: Vec<_> = open_purchases(work).await?.into_iter().filter(is_meant).collect();
    for open in &meant {
        invoice::settle(work, open.invoice, InvoiceState::Void).await?;
        end(work, open.invoice, CheckoutStatus::Expired).await?;
    }
    Ok(meant.len())
}

/// A purchase that waits for its payment.
struct Open {
    id: CheckoutId,
    kind: CheckoutKind,
    purchase: Purchase,
    invoice: InvoiceId,
    expires_at: Timestamp,
}

async fn open_purchases(session: &mut Session) -> Result<Vec<Open>, Error> {
    let text = sql!(
        "select id, kind, plan, billing_interval, addon, quantity, invoice_id, expires_at from checkouts
         where workspace_id = $1 and state = 'open' and invoice_id is not null order by id"
    );
    session.all(text, &[]).await?.into_iter().map(read).collect()
}

fn read(mut row: Row) -> Result<Open, Error> {
    let purchase = match (row.take::<Option<String>>(2)?, row.take::<Option<String>>(3)?, row.take(4)?) {
        (Some(plan), Some(interval), _) => Purchase::Plan { plan, interval: Interval::read(&interval)? },
        (_, _, Some(addon)) => Purchase::Addon { addon, quantity: row.take(5)? },
        _ => return Err(Error::Corrupt("a purchase of nothing".into())),
    };
    let kind = CheckoutKind::read(&row.take::<String>(1)?)?;
    Ok(Open { id: row.take(0)?, kind, purchase, invoice: row.take(6)?, expires_at: row.take(7)? })
}

async fn end(work: &mut Work, invoice: InvoiceId, status: CheckoutStatus) -> Result<(), Error> {
    let text = sql!(
        "update checkouts set state = $3, settled_at = $4 where workspace_id = $1 and invoice_id = $2 and state = 'open'"
    );
    let now = work.now();
    work.run(text, args![invoice, status.name(), now]).await.map(drop)
}
