//! Invoices: numbered without gaps over the whole instance, of lines that add up and can be computed again from what
//! stands in them (INV-34). They outlive their workspace (INV-06).

use kernel::{Cursor, InvoiceId, Limit, Page, Timestamp};
use serde_json::json;
use tenancy::{Composed, Error, Event, Row, Session, Subject, TenantSql, Work, args, part, sql, words};
use uuid::Uuid;

use crate::{Party, Refusal, proration::prorate, subscription::Period};

words! {
    InvoiceState {
        Open = "open",
        Paid = "paid",
        /// Taken back: nobody owes it.
        Void = "void",
        /// Owed, and given up.
        Uncollectible = "uncollectible",
    }
}

words! {
    /// What an invoice is for.
    Reason {
        /// A period that began.
        Period = "period",
        /// Another plan, which begins once it is paid.
        Plan = "plan",
        /// Something beside the plan, which is had once it is paid.
        Addon = "addon",
    }
}

words! {
    /// How the amount of a line comes about.
    LineKind {
        /// A whole period: unit × quantity.
        Period = "period",
        /// A part of a period, by the formula (E6); negative quantities are given back.
        Proration = "proration",
        /// Bought once, or used beyond what the plan includes: unit × quantity.
        Once = "once",
        /// Credit of one invoice that the next one takes up.
        Carried = "carried",
        /// As the payment provider computed it.
        Provider = "provider",
    }
}

/// Money is in minor units, `remaining` and `period` are the seconds of the formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `plan`, `extra_seat`, or the id of an add-on.
    pub item: String,
    /// In the words of the catalogue of that day.
    pub name: String,
    pub kind: LineKind,
    pub quantity: i64,
    /// Of one, for the whole period or once.
    pub unit: i64,
    pub remaining: i64,
    pub period: i64,
    pub amount: i64,
}

impl Line {
    /// The amount, computed again from what stands in the line (INV-34).
    pub fn recomputed(&self) -> Option<i64> {
        match self.kind {
            LineKind::Period | LineKind::Once => self.unit.checked_mul(self.quantity),
            LineKind::Proration => prorate(self.unit, self.quantity, self.remaining, self.period),
            LineKind::Carried | LineKind::Provider => Some(self.amount),
        }
    }

    /// Credit that one invoice leaves to the next, or the line that takes it out of the first.
    fn carried(amount: i64) -> Self {
        Self {
            item: "carried".to_owned(),
            name: "Credit carried over".to_owned(),
            kind: LineKind::Carried,
            quantity: 1,
            unit: amount.saturating_abs(),
            remaining: 0,
            period: 0,
            amount,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    pub id: InvoiceId,
    pub number: String,
    /// Its name when the invoice was issued.
    pub workspace_name: String,
    /// Whom it was issued by, where the operator had said it.
    pub seller: Option<Party>,
    /// Whom it was issued for, where they had said it.
    pub buyer: Option<Party>,
    pub state: InvoiceState,
    pub reason: Reason,
    pub currency: String,
    pub total: i64,
    pub period: Period,
    pub issued_at: Timestamp,
    pub due_at: Timestamp,
    pub paid_at: Option<Timestamp>,
    /// Where the provider shows it.
    pub hosted_url: Option<String>,
    /// Empty in lists.
    pub lines: Vec<Line>,
}

/// What is to be invoiced.
#[derive(Debug, Clone)]
pub struct Draft {
    pub reason: Reason,
    pub currency: String,
    pub period: Period,
    pub due_at: Timestamp,
    pub lines: Vec<Line>,
}

/// Issues an invoice and records it. One over nothing is paid already; credit beyond its charges is left to the next.
///
/// # Errors
/// Its lines are too large to add up, or the database cannot answer.
pub async fn issue(work: &mut Work, draft: Draft) -> Result<Invoice, Error> {
    let Draft { reason, currency, period, due_at, mut lines } = draft;
    let sum = lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(line.amount));
    let sum = sum.ok_or_else(|| Error::Corrupt("the lines of an invoice do not add up".into()))?;
    if sum < 0 {
        lines.push(Line::carried(-sum));
        leave(work, Line::carried(sum)).await?;
    }
    let (now, total) = (work.now(), sum.max(0));
    let mut invoice = Invoice {
        id: work.ids().next(),
        number: next_number(work).await?,
        workspace_name: workspace_name(work).await?,
        seller: None,
        buyer: None,
        state: if total == 0 { InvoiceState::Paid } else { InvoiceState::Open },
        reason,
        currency,
        total,
        period,
        issued_at: now,
        due_at,
        paid_at: (total == 0).then_some(now),
        hosted_url: None,
        lines,
    };
    (invoice.seller, invoice.buyer) = write(work, &invoice).await?;
    work.record(Event::new("invoice.issued", Subject::new("invoice", invoice.id)).payload(json!({
        "number": invoice.number,
        "reason": reason,
        "total": total,
        "currency": invoice.currency,
        "state": invoice.state,
    })));
    Ok(invoice)
}

/// Writes a new invoice; whom it is from and whom for at this moment.
async fn write(work: &mut Work, invoice: &Invoice) -> Result<(Option<Party>, Option<Party>), Error> {
    let text = sql!(
        "insert into invoices (workspace_id, id, number, workspace_name, state, reason, currency, total, period_start,
            period_end, issued_at, due_at, paid_at, seller_name, seller_details, buyer_name, buyer_details)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
            (select name from sellers where series = 'invoice'), (select details from sellers where series = 'invoice'),
            coalesce((select name from buyers where workspace_id = $1), ''),
            coalesce((select details from buyers where workspace_id = $1), ''))
         returning seller_name, seller_details, buyer_name, buyer_details"
    );
    let values = args![
        invoice.id,
        &invoice.number,
        &invoice.workspace_name,
        invoice.state.name(),
        invoice.reason.name(),
        &invoice.currency,
        invoice.total,
        invoice.period.start,
        invoice.period.end,
        invoice.issued_at,
        invoice.due_at,
        invoice.paid_at,
    ];
    let mut row = work.first(text, values).await?.ok_or_else(|| Error::Corrupt("an invoice was not written".into()))?;
    for (position, line) in (1_i64..).zip(&invoice.lines) {
        let text = sql!(
            "insert into invoice_lines (workspace_id, invoice_id, position, item, name, kind, quantity, unit, remaining,
                period, amount)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        );
        let Line { item, name, kind, quantity, unit, remaining, period, amount } = line;
        let kind = kind.name();
        let values = args![invoice.id, position, item, name, kind, *quantity, *unit, *remaining, *period, *amount];
        work.run(text, values).await?;
    }
    Ok((Party::named(row.take(0)?, row.take(1)?), Party::named(row.take(2)?, row.take(3)?)))
}

/// The next number; who takes it holds it to the end of the transaction, so that none is lost.
async fn next_number(work: &mut Work) -> Result<String, Error> {
    let take = sql!("update invoice_numbers set last = last + 1, last_workspace_id = $1 where series = 'invoice'");
    work.run(take, &[]).await?;
    let read = sql!("select last from invoice_numbers where last_workspace_id = $1 and series = 'invoice'");
    let row = work.first(read, &[]).await?;
    let number: i64 = row.ok_or_else(|| Error::Corrupt("there are no numbers for invoices".into()))?.take(0)?;
    Ok(format!("INV-{number:06}"))
}

pub(crate) async fn workspace_name(session: &mut Session) -> Result<String, Error> {
    let row = session.first(sql!("select name from workspaces where workspace_id = $1"), &[]).await?;
    row.ok_or(Error::NotFound)?.take(0)
}

/// Leaves a line for the next invoice of a period.
///
/// # Errors
/// The database cannot answer.
pub async fn leave(work: &mut Work, line: Line) -> Result<(), Error> {
    let text = sql!(
        "insert into pending_lines (workspace_id, id, item, name, kind, quantity, unit, remaining, period, amount, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let (id, now): (Uuid, _) = (work.ids().next(), work.now());
    let Line { item, name, kind, quantity, unit, remaining, period, amount } = line;
    let kind = kind.name();
    work.run(text, args![id, &item, &name, kind, quantity, unit, remaining, period, amount, now]).await.map(drop)
}

/// What waits for the next invoice, in the order in which it came about.
///
/// # Errors
/// The database cannot answer.
pub async fn pending(session: &mut Session) -> Result<Vec<Line>, Error> {
    let text = sql!(
        "select item, name, kind, quantity, unit, remaining, period, amount from pending_lines
         where workspace_id = $1 order by at, id"
    );
    session.all(text, &[]).await?.into_iter().map(read_line).collect()
}

/// Takes up what waits, in the order in which it came about. What is used at this very moment waits for the next invoice,
/// or is on this one.
///
/// # Errors
/// The database cannot answer.
pub async fn take_pending(work: &mut Work) -> Result<Vec<Line>, Error> {
    let text = sql!(
        "delete from pending_lines where workspace_id = $1
         returning item, name, kind, quantity, unit, remaining, period, amount, at, id"
    );
    let mut taken = Vec::new();
    for mut row in work.all(text, &[]).await? {
        let order: (Timestamp, Uuid) = (row.take(8)?, row.take(9)?);
        taken.push((order, read_line(row)?));
    }
    taken.sort_by_key(|(order, _)| *order);
    Ok(taken.into_iter().map(|(_, line)| line).collect())
}

fn read_line(mut row: Row) -> Result<Line, Error> {
    Ok(Line {
        item: row.take(0)?,
        name: row.take(1)?,
        kind: LineKind::read(&row.take::<String>(2)?)?,
        quantity: row.take(3)?,
        unit: row.take(4)?,
        remaining: row.take(5)?,
        period: row.take(6)?,
        amount: row.take(7)?,
    })
}

/// Ends an open invoice; false when it is open no longer, so that each is paid once.
///
/// # Errors
/// The database cannot answer.
pub async fn settle(work: &mut Work, id: InvoiceId, state: InvoiceState) -> Result<bool, Error> {
    let text =
        sql!("update invoices set state = $3, paid_at = $4 where workspace_id = $1 and id = $2 and state = 'open'");
    let paid_at = (state == InvoiceState::Paid).then(|| work.now());
    if work.run(text, args![id, state.name(), paid_at]).await? == 0 {
        return Ok(false);
    }
    let kind = match state {
        InvoiceState::Paid => "invoice.paid",
        _ => "invoice.voided",
    };
    work.record(Event::new(kind, Subject::new("invoice", id)));
    Ok(true)
}

/// An invoice with its lines.
///
/// # Errors
/// [`Error::NotFound`], or the database cannot answer.
pub async fn invoice(session: &mut Session, id: InvoiceId) -> Result<Invoice, Error> {
    let mut query = Composed::new(INVOICES, &[]);
    query.push(part!("and id = ?"), args![id]);
    let row = session.list(&query).await?.into_iter().next();
    let mut invoice = read(row.ok_or(Error::NotFound)?)?;
    let text = sql!(
        "select item, name, kind, quantity, unit, remaining, period, amount from invoice_lines
         where workspace_id = $1 and invoice_id = $2 order by position"
    );
    let rows = session.all(text, args![id]).await?;
    invoice.lines = rows.into_iter().map(read_line).collect::<Result<_, _>>()?;
    Ok(invoice)
}

/// The invoices without their lines, newest first.
///
/// # Errors
/// The cursor is not this list's, or the database cannot answer.
pub async fn invoices(session: &mut Session, limit: Limit, cursor: Option<&str>) -> Result<Page<Invoice>, Refusal> {
    let name = format!("invoices/{}", session.workspace());
    let mut query = Composed::new(INVOICES, &[]);
    if let Some(cursor) = cursor {
        let (issued_at, id) = Cursor::parse(cursor, &name)?;
        query.push(part!("and (issued_at, id) < (?, ?)"), args![issued_at, id]);
    }
    query.push(part!("order by issued_at desc, id desc limit ?"), args![limit.get() + 1]);
    let rows = session.list(&query).await?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, limit, |invoice| (invoice.issued_at.millis(), invoice.id.into()), &name))
}

/// The invoices that wait for their payment, the one that is due first at the top.
///
/// # Errors
/// The database cannot answer.
pub async fn open(session: &mut Session) -> Result<Vec<Invoice>, Error> {
    let mut query = Composed::new(INVOICES, &[]);
    query.push(part!("and state = 'open' order by due_at, id"), &[]);
    session.list(&query).await?.into_iter().map(read).collect()
}

/// The oldest invoice of a period that nobody has paid.
///
/// # Errors
/// The database cannot answer.
pub async fn owed(session: &mut Session) -> Result<Option<Invoice>, Error> {
    let mut query = Composed::new(INVOICES, &[]);
    query.push(part!("and state = 'open' and reason = 'period' order by due_at, id limit 1"), &[]);
    session.list(&query).await?.into_iter().next().map(read).transpose()
}

const INVOICES: TenantSql = sql!(
    "select id, number, workspace_name, state, reason, currency, total, period_start, period_end, issued_at, due_at,
        paid_at, hosted_url, seller_name, seller_details, buyer_name, buyer_details
     from invoices where workspace_id = $1"
);

fn read(mut row: Row) -> Result<Invoice, Error> {
    Ok(Invoice {
        id: row.take(0)?,
        number: row.take(1)?,
        workspace_name: row.take(2)?,
        seller: Party::named(row.take(13)?, row.take(14)?),
        buyer: Party::named(row.take(15)?, row.take(16)?),
        state: InvoiceState::read(&row.take::<String>(3)?)?,
        reason: Reason::read(&row.take::<String>(4)?)?,
        currency: row.take(5)?,
        total: row.take(6)?,
        period: Period { start: row.take(7)?, end: row.take(8)? },
        issued_at: row.take(9)?,
        due_at: row.take(10)?,
        paid_at: row.take(11)?,
        hosted_url: row.take(12)?,
        lines: Vec::new(),
    })
}
