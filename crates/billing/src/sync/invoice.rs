//! Invoices of the provider's, kept here too: with lines that add up, and that can be computed again where our formula made
//! them (INV-34).

use kernel::InvoiceId;
use serde_json::json;
use tenancy::{Error, Event, Grant, Right, Subject, Tx, Work, args, sql};

use super::{SyncError, take_over};
use crate::{
    checkout::checkout,
    invoice::{InvoiceState, Line, LineKind, Reason, workspace_name},
    price::PriceKey,
    proration::prorate,
    subscription::{Period, subscription},
    till::{ProviderInvoice, ProviderLine, Till},
};

/// Fetches an invoice and keeps it; what it was for is looked at as well, since it may have been paid with it.
pub(crate) async fn take_invoice<P: Right>(grant: &Grant<P>, till: &dyn Till, id: &str) -> Result<(), SyncError> {
    let theirs = till.invoice(id).await?;
    if let Some(subscription) = &theirs.subscription {
        take_over(grant, till, subscription, None).await?;
    }
    write_invoice(grant, &theirs).await
}

/// Keeps an invoice as it was fetched. A draft is none yet.
pub(super) async fn write_invoice<P: Right>(grant: &Grant<P>, theirs: &ProviderInvoice) -> Result<(), SyncError> {
    let Some(state) = state(&theirs.status) else { return Ok(()) };
    let Some(number) = &theirs.number else { return Ok(()) };
    let mut tx = grant.begin().await?;
    tx.answer_is_secret();
    let outcome = written(&mut tx, theirs, number, state).await;
    Ok(tx.settle(outcome).await?)
}

fn state(status: &str) -> Option<InvoiceState> {
    match status {
        "open" => Some(InvoiceState::Open),
        "paid" => Some(InvoiceState::Paid),
        "void" => Some(InvoiceState::Void),
        "uncollectible" => Some(InvoiceState::Uncollectible),
        _ => None,
    }
}

async fn written<P: Right>(
    tx: &mut Tx<P>,
    theirs: &ProviderInvoice,
    number: &str,
    state: InvoiceState,
) -> Result<(), Error> {
    // Told of twice at once, it is written once.
    tx.mark(sql!("update subscriptions set version = version where workspace_id = $1"), &[]).await?;
    let text = sql!("select id, state from invoices where workspace_id = $1 and provider_id = $2");
    let (id, before) = match tx.first(text, args![&theirs.id]).await? {
        Some(mut row) => (row.take(0)?, InvoiceState::read(&row.take::<String>(1)?)?),
        None => (insert(tx, theirs, number).await?, InvoiceState::Open),
    };
    // An invoice that is settled is not open again: what says so was fetched before.
    if before == state || (before != InvoiceState::Open && state == InvoiceState::Open) {
        return Ok(());
    }
    let text = sql!("update invoices set state = $3, paid_at = $4 where workspace_id = $1 and id = $2");
    tx.run(text, args![id, state.name(), theirs.paid_at]).await?;
    let kind = match state {
        InvoiceState::Paid => "invoice.paid",
        _ => "invoice.voided",
    };
    tx.record(Event::new(kind, Subject::new("invoice", id)));
    Ok(())
}

async fn insert(work: &mut Work, theirs: &ProviderInvoice, number: &str) -> Result<InvoiceId, Error> {
    let id: InvoiceId = work.ids().next();
    let text = sql!(
        "insert into invoices (workspace_id, id, number, provider_id, workspace_name, state, reason, currency, total,
            period_start, period_end, issued_at, due_at, hosted_url)
         values ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, $11, $12, $13)"
    );
    let name = workspace_name(work).await?;
    let values = args![
        id,
        number,
        &theirs.id,
        &name,
        reason(theirs).name(),
        &theirs.currency,
        theirs.total,
        theirs.period.start,
        theirs.period.end,
        theirs.issued_at,
        theirs.due_at.unwrap_or(theirs.issued_at),
        theirs.hosted_url.as_deref(),
    ];
    work.run(text, values).await?;
    for (position, line) in (1_i64..).zip(lines(work, theirs).await?) {
        let text = sql!(
            "insert into invoice_lines (workspace_id, invoice_id, position, item, name, kind, quantity, unit, remaining,
                period, amount)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        );
        let Line { item, name, kind, quantity, unit, remaining, period, amount } = line;
        let kind = kind.name();
        work.run(text, args![id, position, &item, &name, kind, quantity, unit, remaining, period, amount]).await?;
    }
    work.record(Event::new("invoice.issued", Subject::new("invoice", id)).payload(json!({
        "number": number,
        "reason": reason(theirs),
        "total": theirs.total,
        "currency": theirs.currency,
    })));
    Ok(id)
}

fn reason(theirs: &ProviderInvoice) -> Reason {
    match theirs.reason.as_str() {
        "subscription_cycle" => Reason::Period,
        "subscription_create" | "subscription_update" => Reason::Plan,
        _ => Reason::Addon,
    }
}

/// An invoice of a purchase beside the plan has one line, which we priced and whose inputs we know.
async fn lines(work: &mut Work, theirs: &ProviderInvoice) -> Result<Vec<Line>, Error> {
    let running = subscription(work).await?.period;
    let mut lines: Vec<_> = theirs.lines.iter().map(|line| read(running, line)).collect();
    let (Some(id), None, [line]) = (theirs.checkout, &theirs.subscription, &mut lines[..]) else { return Ok(lines) };
    let bought = checkout(work, id).await?;
    line.item = bought.addon.unwrap_or_default();
    line.quantity = bought.quantity;
    line.unit = bought.unit;
    (line.remaining, line.period) = (bought.remaining, bought.period);
    line.kind = if bought.period > 0 { LineKind::Proration } else { LineKind::Once };
    if line.recomputed() != Some(line.amount) {
        line.kind = LineKind::Provider;
    }
    Ok(lines)
}

/// A line of the provider's. What it prorated is said in our terms where our formula leads to the same.
fn read(running: Period, line: &ProviderLine) -> Line {
    let item = line.price_key.as_deref().and_then(PriceKey::parse).map(|key| key.thing.item().to_owned());
    let quantity = if line.amount < 0 { -line.quantity } else { line.quantity };
    let unit = line.unit.unwrap_or_default();
    let (remaining, period) = match line.proration {
        true if line.period.end == running.end => (line.period.seconds(), running.seconds()),
        _ => (0, 0),
    };
    let kind = match line.proration {
        true if prorate(unit, quantity, remaining, period) == Some(line.amount) => LineKind::Proration,
        false if unit.checked_mul(quantity) == Some(line.amount) => LineKind::Period,
        _ => LineKind::Provider,
    };
    Line {
        item: item.unwrap_or_default(),
        name: line.description.clone(),
        kind,
        quantity,
        unit,
        remaining,
        period,
        amount: line.amount,
    }
}
