//! What a workspace stands on: its plan, its period, what it pays beside the plan, and whether it may go on.

use kernel::{AccountId, Timestamp};
use tenancy::{Error, Session, Work, args, sql, words};

use crate::{
    catalogue::{Interval, known},
    contract::CONTRACT_SEATS,
    cycle,
};

words! {
    /// Where a subscription is in its life (E7).
    State {
        /// Everything may be tried until the trial ends.
        Trialing = "trialing",
        Active = "active",
        /// A payment failed; it is tried again.
        PastDue = "past_due",
        /// Only billing, settings and export until it is paid (INV-41).
        Restricted = "restricted",
    }
}

words! {
    /// Who takes the money.
    TillKind {
        /// Nobody.
        None = "none",
        /// The operator, who marks invoices as paid.
        Manual = "manual",
        Stripe = "stripe",
    }
}

words! {
    /// Why a workspace is restricted.
    RestrictedReason {
        /// It has no trial, and nobody has paid for its first plan yet.
        NeverPaid = "never_paid",
        TrialOver = "trial_over",
        Unpaid = "unpaid",
        Cancelled = "cancelled",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub start: Timestamp,
    /// The first moment of the next one.
    pub end: Timestamp,
}

/// What is paid in every period beside the plan's price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// `extra_seat`, the id of a recurring add-on, `contract_seats`, or `plan` where the operator agreed on another price.
    pub item: String,
    pub quantity: i64,
    /// Of one, for a month, in minor units.
    pub unit_monthly: i64,
    /// What the quantity becomes at the end of the period.
    pub next_quantity: Option<i64>,
    pub provider_item: Option<String>,
}

/// The card, as far as people recognise it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentMethod {
    pub brand: String,
    pub last4: String,
    pub exp_month: i64,
    pub exp_year: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub catalogue: String,
    pub catalogue_version: i64,
    pub plan: String,
    pub interval: Interval,
    pub state: State,
    /// Periods are counted from here.
    pub anchor: Timestamp,
    pub period: Period,
    pub trial_ends_at: Option<Timestamp>,
    pub cancel_at_period_end: bool,
    /// The smaller plan that begins with the next period.
    pub next: Option<(String, Interval)>,
    pub past_due_since: Option<Timestamp>,
    pub attempts: i64,
    pub next_attempt_at: Option<Timestamp>,
    /// What was reminded of last.
    pub reminded: Option<String>,
    pub till: TillKind,
    pub provider_customer: Option<String>,
    pub provider_subscription: Option<String>,
    /// Counts up with every state taken over from the provider.
    pub provider_version: i64,
    pub payment_method: Option<PaymentMethod>,
    /// Whose card it is: after a change of owner the new one is reminded to use their own.
    pub payer: Option<AccountId>,
    pub items: Vec<Item>,
    pub version: i64,
}

impl Subscription {
    /// Whether the payment provider renews, invoices and reminds, and we only take over how it stands there. This is
    /// where it is decided; everything else of the engine asks here.
    pub fn is_mirrored(&self) -> bool {
        self.provider_subscription.is_some()
    }

    /// The plan whose metered seats are billed: at the provider that of the next period, once it is chosen.
    pub(crate) fn seats_plan(&self) -> &str {
        let next = self.next.as_ref().filter(|_| self.is_mirrored());
        next.map_or(&self.plan, |(plan, _)| plan)
    }

    /// Whether we write its invoices.
    pub fn is_invoiced_here(&self) -> bool {
        self.till == TillKind::Manual && !self.is_mirrored()
    }

    /// Whether it begins with a purchase on the payment provider's own page.
    pub fn is_bought_elsewhere(&self) -> bool {
        self.till == TillKind::Stripe && !self.is_mirrored()
    }

    /// How many full seats were agreed on with the operator.
    pub fn contract_seats(&self) -> Option<i64> {
        self.items.iter().find(|item| item.item == CONTRACT_SEATS).map(|item| item.quantity)
    }

    /// Why it is restricted, while it is.
    pub fn restricted_reason(&self) -> Option<RestrictedReason> {
        match self.state {
            State::Restricted if self.past_due_since.is_some() => Some(RestrictedReason::Unpaid),
            State::Restricted if self.cancel_at_period_end => Some(RestrictedReason::Cancelled),
            State::Restricted if self.trial_ends_at.is_none() && !self.is_mirrored() => {
                Some(RestrictedReason::NeverPaid)
            }
            State::Restricted => Some(RestrictedReason::TrialOver),
            State::Trialing | State::Active | State::PastDue => None,
        }
    }
}

/// The workspace's subscription.
///
/// # Errors
/// [`Error::Corrupt`] when it has none, or the database cannot answer.
pub async fn subscription(session: &mut Session) -> Result<Subscription, Error> {
    let text = sql!(
        "select catalogue, catalogue_version, plan, billing_interval, state, anchor, period_start, period_end,
            trial_ends_at, cancel_at_period_end, next_plan, next_interval, past_due_since, attempts, next_attempt_at,
            reminded, till, provider_customer, provider_subscription, provider_version, payment_brand, payment_last4,
            payment_exp_month, payment_exp_year, payer, version
         from subscriptions where workspace_id = $1"
    );
    let row = session.first(text, &[]).await?;
    let mut row = row.ok_or_else(|| Error::Corrupt("the workspace has no subscription".into()))?;
    let next = match (row.take::<Option<String>>(10)?, row.take::<Option<String>>(11)?) {
        (Some(plan), Some(interval)) => Some((plan, Interval::read(&interval)?)),
        _ => None,
    };
    let payment_method = match row.take::<Option<String>>(20)? {
        Some(brand) => {
            Some(PaymentMethod { brand, last4: row.take(21)?, exp_month: row.take(22)?, exp_year: row.take(23)? })
        }
        None => None,
    };
    Ok(Subscription {
        catalogue: row.take(0)?,
        catalogue_version: row.take(1)?,
        plan: row.take(2)?,
        interval: Interval::read(&row.take::<String>(3)?)?,
        state: State::read(&row.take::<String>(4)?)?,
        anchor: row.take(5)?,
        period: Period { start: row.take(6)?, end: row.take(7)? },
        trial_ends_at: row.take(8)?,
        cancel_at_period_end: row.take(9)?,
        next,
        past_due_since: row.take(12)?,
        attempts: row.take(13)?,
        next_attempt_at: row.take(14)?,
        reminded: row.take(15)?,
        till: TillKind::read(&row.take::<String>(16)?)?,
        provider_customer: row.take(17)?,
        provider_subscription: row.take(18)?,
        provider_version: row.take(19)?,
        payment_method,
        payer: row.take(24)?,
        items: items(session).await?,
        version: row.take(25)?,
    })
}

/// The same, with its row held to the end of the transaction: whoever changes a subscription begins here.
///
/// # Errors
/// As [`subscription`].
pub async fn held_subscription(work: &mut Work) -> Result<Subscription, Error> {
    // The workspace first: what a subscription makes true is written there, and others hold the two in this order.
    work.rights_change().await?;
    let hold = sql!("update subscriptions set version = version + 1 where workspace_id = $1");
    work.mark(hold, &[]).await?;
    subscription(work).await
}

async fn items(session: &mut Session) -> Result<Vec<Item>, Error> {
    let text = sql!(
        "select item, quantity, unit_monthly, next_quantity, provider_item from subscription_items
         where workspace_id = $1 order by item"
    );
    let read = |mut row: tenancy::Row| {
        Ok(Item {
            item: row.take(0)?,
            quantity: row.take(1)?,
            unit_monthly: row.take(2)?,
            next_quantity: row.take(3)?,
            provider_item: row.take(4)?,
        })
    };
    session.all(text, &[]).await?.into_iter().map(read).collect()
}

/// Writes a subscription whole, as it is to be from now on; its row is held already. What it makes true is
/// [`crate::effect::apply`]'s.
///
/// # Errors
/// The database cannot answer.
pub async fn write(work: &mut Work, new: &Subscription) -> Result<(), Error> {
    let catalogue = known(work, &new.catalogue, new.catalogue_version).await?;
    let text = sql!(
        "update subscriptions set catalogue = $2, catalogue_version = $3, plan = $4, billing_interval = $5, state = $6,
            anchor = $7, period_start = $8, period_end = $9, trial_ends_at = $10, cancel_at_period_end = $11,
            next_plan = $12, next_interval = $13, past_due_since = $14, attempts = $15, next_attempt_at = $16,
            reminded = $17, till = $18, provider_customer = $19, provider_subscription = $20, provider_version = $21,
            payment_brand = $22, payment_last4 = $23, payment_exp_month = $24, payment_exp_year = $25, payer = $26,
            due_at = $27
         where workspace_id = $1"
    );
    let (next_plan, next_interval) = match &new.next {
        Some((plan, interval)) => (Some(plan.as_str()), Some(interval.name())),
        None => (None, None),
    };
    let card = new.payment_method.as_ref();
    let values = args![
        &new.catalogue,
        new.catalogue_version,
        &new.plan,
        new.interval.name(),
        new.state.name(),
        new.anchor,
        new.period.start,
        new.period.end,
        new.trial_ends_at,
        new.cancel_at_period_end,
        next_plan,
        next_interval,
        new.past_due_since,
        new.attempts,
        new.next_attempt_at,
        new.reminded.as_deref(),
        new.till.name(),
        new.provider_customer.as_deref(),
        new.provider_subscription.as_deref(),
        new.provider_version,
        card.map(|card| card.brand.as_str()),
        card.map(|card| card.last4.as_str()),
        card.map(|card| card.exp_month),
        card.map(|card| card.exp_year),
        new.payer,
        cycle::due_at(&catalogue, new),
    ];
    work.run(text, values).await?;
    work.run(sql!("delete from subscription_items where workspace_id = $1"), &[]).await?;
    for item in &new.items {
        let insert = sql!(
            "insert into subscription_items (workspace_id, item, quantity, unit_monthly, next_quantity, provider_item)
             values ($1, $2, $3, $4, $5, $6)"
        );
        let Item { item, quantity, unit_monthly, next_quantity, provider_item } = item;
        let values = args![item, *quantity, *unit_monthly, *next_quantity, provider_item.as_deref()];
        work.run(insert, values).await?;
    }
    Ok(())
}
