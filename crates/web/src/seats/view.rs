//! How seats and their prices are shown. Money is in minor units of `currency`.

use billing::{
    Refusal,
    catalogue::SeatBilling,
    seat::{SeatMeter, SeatQuote, Terms},
};
use kernel::{MemberId, Timestamp};
use serde::Serialize;
use tenancy::Remedy;
use utoipa::ToSchema;

use crate::conversations::view::MemberRef;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeatsView {
    full: SeatMeterView,
    collaborator: SeatMeterView,
    /// What the next full seat costs; null where it cannot be had without a larger plan or the operator.
    #[schema(required)]
    next_seat: Option<NextSeatView>,
    /// Members who could buy more or change the plan.
    who_can_buy: Vec<MemberRef>,
}

/// How the seats of one type stand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeatMeterView {
    /// Members who are active, and invitations that wait.
    used: i64,
    /// Of these, the invitations.
    pending: i64,
    /// With the plan; null where they are not limited or agreed on with the operator.
    #[schema(required)]
    included: Option<i64>,
    /// Beside the included ones.
    purchased: i64,
    /// Null where nothing is capped.
    #[schema(required)]
    cap: Option<i64>,
    /// Since when there are more than the plan has.
    #[schema(required)]
    over_since: Option<Timestamp>,
    /// Until when everybody keeps theirs nevertheless; then the newest members rest.
    #[schema(required)]
    grace_until: Option<Timestamp>,
    /// What helps when none is left.
    remedies: Vec<Remedy>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NextSeatView {
    /// Every month; null where the price is to be agreed on.
    #[schema(required)]
    price_monthly: Option<i64>,
    /// For the rest of the period that runs.
    #[schema(required)]
    charge_now: Option<i64>,
    currency: String,
    billed: SeatBilling,
    /// The add-on that has to be bought first.
    #[schema(required)]
    buy_first: Option<String>,
}

/// What further seats cost.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeatQuoteView {
    full: SeatPriceView,
    collaborator: SeatPriceView,
    currency: String,
    billed: SeatBilling,
    /// What every month costs more; null where a price is to be agreed on.
    #[schema(required)]
    monthly: Option<i64>,
    /// For the rest of the period that runs.
    #[schema(required)]
    charge_now: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeatPriceView {
    wanted: i64,
    /// How many of them are billed beside the plan.
    extra: i64,
    /// Of one of these, every month.
    #[schema(required)]
    unit_monthly: Option<i64>,
    #[schema(required)]
    monthly: Option<i64>,
    #[schema(required)]
    charge_now: Option<i64>,
    /// What has to be bought first.
    #[schema(required)]
    buy_first: Option<SlotsView>,
    /// How many cannot be had like this.
    missing: i64,
    /// What helps with those.
    remedies: Vec<Remedy>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SlotsView {
    addon: String,
    quantity: i64,
}

impl SeatsView {
    pub(crate) fn of(terms: &Terms, buyers: Vec<(MemberId, String)>) -> Result<Self, Refusal> {
        let next = terms.full_seats(1)?;
        Ok(Self {
            full: SeatMeterView::of(&terms.full),
            collaborator: SeatMeterView::of(&terms.collaborator),
            next_seat: (next.missing == 0).then(|| NextSeatView {
                price_monthly: next.monthly,
                charge_now: next.charge_now,
                currency: terms.currency().to_owned(),
                billed: terms.billed(),
                buy_first: next.buy.map(|(addon, _)| addon),
            }),
            who_can_buy: buyers.into_iter().map(|(id, name)| MemberRef::here(id, name)).collect(),
        })
    }
}

impl SeatMeterView {
    fn of(meter: &SeatMeter) -> Self {
        Self {
            used: meter.used,
            pending: meter.pending,
            included: meter.included,
            purchased: meter.purchased,
            cap: meter.cap,
            over_since: meter.over_since,
            grace_until: meter.grace_until(),
            remedies: meter.remedies.clone(),
        }
    }
}

impl SeatQuoteView {
    pub(crate) fn of(terms: &Terms, full: i64, collaborator: i64) -> Result<Self, Refusal> {
        let (full, collaborator) = (terms.full_seats(full)?, terms.collaborator_seats(collaborator));
        Ok(Self {
            currency: terms.currency().to_owned(),
            billed: terms.billed(),
            monthly: full.monthly,
            charge_now: full.charge_now,
            full: full.into(),
            collaborator: collaborator.into(),
        })
    }
}

impl From<SeatQuote> for SeatPriceView {
    fn from(quote: SeatQuote) -> Self {
        Self {
            wanted: quote.wanted,
            extra: quote.extra,
            unit_monthly: quote.unit_monthly,
            monthly: quote.monthly,
            charge_now: quote.charge_now,
            buy_first: quote.buy.map(|(addon, quantity)| SlotsView { addon, quantity }),
            missing: quote.missing,
            remedies: quote.remedies,
        }
    }
}
