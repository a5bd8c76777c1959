//! How the subscription, its lines and its invoices are shown. Money is in minor units of its currency.

use billing::{
    catalogue::Interval,
    invoice::{Invoice, InvoiceState, Line, LineKind, Reason},
    offer::{AddonOffer, Begins, Offer},
    subscription::{PaymentMethod, Period},
};
use kernel::{InvoiceId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::view::list_of;

#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodView {
    pub start: Timestamp,
    /// The first moment of the next one.
    pub end: Timestamp,
}

impl From<Period> for PeriodView {
    fn from(Period { start, end }: Period) -> Self {
        Self { start, end }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceLineView {
    /// `plan`, `extra_seat`, or the id of an add-on.
    pub item: String,
    pub name: String,
    #[schema(inline)]
    pub kind: LineKind,
    /// Negative where it is given back.
    pub quantity: i64,
    /// Of one, for the whole period or once.
    pub unit: i64,
    /// The inputs of the formula, in seconds; 0 where nothing was prorated.
    pub remaining: i64,
    pub period: i64,
    pub amount: i64,
}

impl From<Line> for InvoiceLineView {
    fn from(line: Line) -> Self {
        let Line { item, name, kind, quantity, unit, remaining, period, amount } = line;
        Self { item, name, kind, quantity, unit, remaining, period, amount }
    }
}

pub(super) fn lines(lines: Vec<Line>) -> Vec<InvoiceLineView> {
    lines.into_iter().map(InvoiceLineView::from).collect()
}

#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceView {
    pub id: InvoiceId,
    pub number: String,
    #[schema(inline)]
    pub state: InvoiceState,
    #[schema(inline)]
    pub reason: Reason,
    pub currency: String,
    pub total: i64,
    pub period: PeriodView,
    pub issued_at: Timestamp,
    pub due_at: Timestamp,
    #[schema(required)]
    pub paid_at: Option<Timestamp>,
    /// Where the payment provider shows it.
    #[schema(required)]
    pub hosted_url: Option<String>,
    /// Left out in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub lines: Vec<InvoiceLineView>,
}

list_of!(InvoiceList, InvoiceView);

impl From<Invoice> for InvoiceView {
    fn from(invoice: Invoice) -> Self {
        Self {
            id: invoice.id,
            number: invoice.number,
            state: invoice.state,
            reason: invoice.reason,
            currency: invoice.currency,
            total: invoice.total,
            period: invoice.period.into(),
            issued_at: invoice.issued_at,
            due_at: invoice.due_at,
            paid_at: invoice.paid_at,
            hosted_url: invoice.hosted_url,
            lines: lines(invoice.lines),
        }
    }
}

/// What a plan costs and when it begins.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanOfferView {
    pub plan: String,
    #[schema(inline)]
    pub interval: Interval,
    #[schema(inline)]
    pub begins: Begins,
    pub at: Timestamp,
    /// What is due now.
    pub lines: Vec<InvoiceLineView>,
    pub due_now: i64,
    /// What every whole period costs afterwards.
    pub next_total: i64,
    /// Whether it is bought on the payment provider's page; otherwise the subscription that runs is changed.
    pub is_bought: bool,
}

/// What more of an add-on costs.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddonOfferView {
    /// What is due now.
    pub lines: Vec<InvoiceLineView>,
    pub due_now: i64,
    /// What every whole period costs more afterwards; 0 where it is paid once.
    pub next_total: i64,
}

impl From<AddonOffer> for AddonOfferView {
    fn from(offer: AddonOffer) -> Self {
        Self { lines: lines(offer.lines), due_now: offer.due_now, next_total: offer.next_total }
    }
}

impl From<Offer> for PlanOfferView {
    fn from(offer: Offer) -> Self {
        let Offer { plan, interval, begins, at, due_now, next_total, is_bought, .. } = offer;
        Self { plan, interval, begins, at, lines: lines(offer.lines), due_now, next_total, is_bought }
    }
}

/// The card, as far as people recognise it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentMethodView {
    pub brand: String,
    pub last4: String,
    pub exp_month: i64,
    pub exp_year: i64,
    /// It does not outlive the next two months, or has expired.
    pub expires_soon: bool,
}

impl PaymentMethodView {
    pub(super) fn of(card: PaymentMethod, now: Timestamp) -> Self {
        let (year, month, _) = now.date();
        let months = |year: i64, month: i64| year.saturating_mul(12).saturating_add(month);
        let now = months(i64::from(year), i64::try_from(month).unwrap_or_default());
        let PaymentMethod { brand, last4, exp_month, exp_year } = card;
        Self { brand, last4, exp_month, exp_year, expires_soon: months(exp_year, exp_month) < now + 2 }
    }
}
