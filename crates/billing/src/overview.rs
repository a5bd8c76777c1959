//! Where a workspace stands: what it has, what it uses, and what comes next to the minor unit.

use std::sync::Arc;

use kernel::Timestamp;
use tenancy::{Error, Gauge, Session, args, sql};

use crate::{
    Refusal,
    catalogue::{Catalogue, known},
    extra_seats,
    invoice::{self, Line},
    pricing::{self, Charge},
    subscription::{State, Subscription, subscription},
};

/// A subscription with what it means today.
#[derive(Debug, Clone)]
pub struct Overview {
    pub subscription: Subscription,
    pub catalogue: Arc<Catalogue>,
    /// What every period costs as it stands.
    pub charges: Vec<Charge>,
    pub next_invoice: Option<NextInvoice>,
    pub gauges: Vec<Gauge>,
    /// Whose card it is, by name.
    pub payer: Option<String>,
}

/// What will be invoiced when the period ends, if nothing changes.
#[derive(Debug, Clone)]
pub struct NextInvoice {
    pub at: Timestamp,
    pub lines: Vec<Line>,
    pub total: i64,
}

/// Where the workspace stands.
///
/// # Errors
/// An amount is too large, or the database cannot answer.
pub async fn overview(session: &mut Session) -> Result<Overview, Refusal> {
    let subscription = subscription(session).await?;
    let catalogue = known(session, &subscription.catalogue, subscription.catalogue_version).await?;
    let charges = match catalogue.plan(&subscription.plan) {
        Some(plan) => pricing::charges(&catalogue, plan, subscription.interval, &subscription.items)?,
        None => Vec::new(),
    };
    let next_invoice = next_invoice(session, &catalogue, &subscription).await?;
    let gauges = session.gauges().await?;
    let payer = payer(session, &subscription).await?;
    Ok(Overview { subscription, catalogue, charges, next_invoice, gauges, payer })
}

/// `None` where nothing is invoiced: nobody takes money, nothing runs, or it ends with the period and nothing was used
/// that is not paid yet.
async fn next_invoice(
    session: &mut Session,
    catalogue: &Catalogue,
    subscription: &Subscription,
) -> Result<Option<NextInvoice>, Refusal> {
    let runs = matches!(subscription.state, State::Active | State::PastDue);
    let is_paid = subscription.is_invoiced_here() || subscription.is_mirrored();
    if !runs || !is_paid {
        return Ok(None);
    }
    let mut lines = match subscription.cancel_at_period_end {
        true => Vec::new(),
        false => next_period(session, catalogue, subscription).await?,
    };
    lines.extend(invoice::pending(session).await?);
    let total = pricing::total(&lines)?.max(0);
    let next = NextInvoice { at: subscription.period.end, lines, total };
    Ok(Some(next).filter(|next| next.total > 0 || !subscription.cancel_at_period_end))
}

/// What the next period costs by itself.
async fn next_period(
    session: &mut Session,
    catalogue: &Catalogue,
    subscription: &Subscription,
) -> Result<Vec<Line>, Refusal> {
    let active = extra_seats::active(session).await?;
    let (plan, interval, items) = pricing::next_terms(catalogue, subscription, active);
    match catalogue.plan(&plan) {
        Some(plan) => pricing::whole(&pricing::charges(catalogue, plan, interval, &items)?),
        None => Ok(Vec::new()),
    }
}

async fn payer(session: &mut Session, subscription: &Subscription) -> Result<Option<String>, Error> {
    let Some(account) = subscription.payer else { return Ok(None) };
    let text = sql!(
        "select coalesce(m.display_name, a.name) from memberships m join accounts a on a.id = m.account_id
         where m.workspace_id = $1 and m.account_id = $2 order by m.joined_at desc limit 1"
    );
    let row = session.first(text, args![account]).await?;
    row.map(|mut row| row.take(0)).transpose()
}
