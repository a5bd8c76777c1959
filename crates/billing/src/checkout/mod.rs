//! Purchases on the provider's own page. First there is a row that says what is bought, then the page, then the
//! payment; what was bought is had once the provider itself says that it was paid (INV-33).

mod open;
mod settle;

use kernel::{CheckoutId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use tenancy::{Error, Row, Session, Work, args, sql, words};
use utoipa::ToSchema;

use crate::catalogue::Interval;

pub use open::{buy_addon, buy_plan};
pub(crate) use open::{expire, priced};
pub(crate) use settle::{completed, credits_of, settle};

words! {
    CheckoutKind {
        Plan = "plan",
        /// Something recurring beside the plan.
        Addon = "addon",
        Credits = "credits",
    }
}

words! {
    CheckoutStatus {
        /// Its page is not there yet.
        Opening = "opening",
        /// It waits for its payment.
        Open = "open",
        /// It was paid and is being carried out.
        Settling = "settling",
        /// It was paid and is had.
        Complete = "complete",
        /// Nobody paid in time, or something else was chosen.
        Expired = "expired",
        /// It was paid for what could not be had any more, and the money went back.
        Refunded = "refunded",
    }
}

/// How many of something are bought at once: 1 to 10,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "i64")]
#[schema(value_type = i64, minimum = 1, maximum = 10_000)]
pub struct Quantity(i64);

impl Quantity {
    pub const ONE: Self = Self(1);

    pub const fn get(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for Quantity {
    type Error = &'static str;
    fn try_from(quantity: i64) -> Result<Self, Self::Error> {
        if (1..=10_000).contains(&quantity) { Ok(Self(quantity)) } else { Err("is not between 1 and 10000") }
    }
}

/// A purchase. Money is in minor units of `currency`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    pub id: CheckoutId,
    pub kind: CheckoutKind,
    pub plan: Option<String>,
    pub interval: Option<Interval>,
    pub addon: Option<String>,
    pub quantity: i64,
    pub amount: i64,
    pub currency: String,
    pub status: CheckoutStatus,
    /// The provider's page, while it can be paid there.
    pub url: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub(crate) provider_id: Option<String>,
    pub(crate) created_by: MemberId,
    pub(crate) attempts: i64,
    /// Of one, and the inputs of the formula, in seconds.
    pub(crate) unit: i64,
    pub(crate) remaining: i64,
    pub(crate) period: i64,
    /// How many credits were taken back with their payment.
    pub(crate) taken_back: i64,
}

/// A purchase of the workspace.
///
/// # Errors
/// [`Error::NotFound`], or the database cannot answer.
pub async fn checkout(session: &mut Session, id: CheckoutId) -> Result<Checkout, Error> {
    let text = sql!(
        "select id, kind, plan, billing_interval, addon, quantity, amount, currency, state, url, created_at, expires_at,
            provider_id, created_by, attempts, unit, remaining, period, taken_back
         from checkouts where workspace_id = $1 and id = $2"
    );
    read(session.first(text, args![id]).await?.ok_or(Error::NotFound)?)
}

/// Purchases at the provider that nobody has paid or given up yet.
pub(crate) async fn unsettled(session: &mut Session) -> Result<Vec<Checkout>, Error> {
    let text = sql!(
        "select id, kind, plan, billing_interval, addon, quantity, amount, currency, state, url, created_at, expires_at,
            provider_id, created_by, attempts, unit, remaining, period, taken_back
         from checkouts
         where workspace_id = $1 and state in ('opening', 'open', 'settling') and till = 'stripe' order by id"
    );
    session.all(text, &[]).await?.into_iter().map(read).collect()
}

fn read(mut row: Row) -> Result<Checkout, Error> {
    let interval: Option<String> = row.take(3)?;
    Ok(Checkout {
        id: row.take(0)?,
        kind: CheckoutKind::read(&row.take::<String>(1)?)?,
        plan: row.take(2)?,
        interval: interval.as_deref().map(Interval::read).transpose()?,
        addon: row.take(4)?,
        quantity: row.take(5)?,
        amount: row.take(6)?,
        currency: row.take(7)?,
        status: CheckoutStatus::read(&row.take::<String>(8)?)?,
        url: row.take(9)?,
        created_at: row.take(10)?,
        expires_at: row.take(11)?,
        provider_id: row.take(12)?,
        created_by: row.take(13)?,
        attempts: row.take(14)?,
        unit: row.take(15)?,
        remaining: row.take(16)?,
        period: row.take(17)?,
        taken_back: row.take(18)?,
    })
}

/// Ends a purchase; false when it had ended before, so that each is carried out once.
pub(crate) async fn end(work: &mut Work, id: CheckoutId, status: CheckoutStatus) -> Result<bool, Error> {
    let text = sql!(
        "update checkouts set state = $3, settled_at = $4, url = null
         where workspace_id = $1 and id = $2 and state not in ('complete', 'refunded') and state <> $3"
    );
    let now = work.now();
    Ok(work.run(text, args![id, status.name(), now]).await? == 1)
}
