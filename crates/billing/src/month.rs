//! The month that usage and credits are counted in, whatever a period is: a plan that is paid by the year has its months
//! too.

use std::sync::Arc;

use kernel::Timestamp;
use tenancy::{Error, Session, sql};

use crate::{
    catalogue::{Catalogue, Interval, Plan, known},
    period::next_end,
    subscription::{Period, State, Subscription, TillKind},
};

/// What counting needs to know of a subscription; cheaper to read than the whole.
pub(crate) struct Terms {
    pub(crate) catalogue: Arc<Catalogue>,
    plan: String,
    anchor: Timestamp,
    period: Period,
    /// Whether we write invoices for what is used: a trial costs nothing.
    pub(crate) is_invoiced: bool,
}

impl Terms {
    pub(crate) fn plan(&self) -> Option<&Plan> {
        self.catalogue.plan(&self.plan)
    }

    /// The month that a moment is in.
    pub(crate) fn month(&self, now: Timestamp) -> Period {
        month(self.anchor, self.period, now)
    }
}

pub(crate) async fn terms(session: &mut Session) -> Result<Terms, Error> {
    let text = sql!(
        "select catalogue, catalogue_version, plan, anchor, period_start, period_end, state, till, provider_subscription
         from subscriptions where workspace_id = $1"
    );
    let row = session.first(text, &[]).await?;
    let mut row = row.ok_or_else(|| Error::Corrupt("the workspace has no subscription".into()))?;
    let catalogue = known(session, &row.take::<String>(0)?, row.take(1)?).await?;
    let period = Period { start: row.take(4)?, end: row.take(5)? };
    let runs = matches!(State::read(&row.take::<String>(6)?)?, State::Active | State::PastDue);
    let is_ours =
        TillKind::read(&row.take::<String>(7)?)? == TillKind::Manual && row.take::<Option<String>>(8)?.is_none();
    Ok(Terms { catalogue, plan: row.take(2)?, anchor: row.take(3)?, period, is_invoiced: runs && is_ours })
}

/// The month of a subscription, counted from its anchor, that a moment is in.
pub(crate) fn month_of(subscription: &Subscription, now: Timestamp) -> Period {
    month(subscription.anchor, subscription.period, now)
}

fn month(anchor: Timestamp, period: Period, now: Timestamp) -> Period {
    let end_after = |start| next_end(anchor, start, Interval::Month);
    let mut month = Period { start: period.start, end: end_after(period.start) };
    while month.end <= now && month.end > month.start {
        month = Period { start: month.end, end: end_after(month.end) };
    }
    month
}
