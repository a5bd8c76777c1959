//! What is counted from the beginning of a month to its end: messages, texts (E7). What comes in is never counted and
//! never refused.

use kernel::{Problem, Timestamp};
use serde_json::json;
use tenancy::{BillingView, Error, Event, Grant, Row, Session, Subject, Work, args, sql, words};

use crate::{
    catalogue::{Allowance, Behaviour},
    month::{Terms, terms},
    overage,
    subscription::Period,
};

words! {
    FlowMeter {
        /// What was sent to customers.
        Messages = "messages",
        Sms = "sms",
    }
}

impl FlowMeter {
    pub const ALL: [Self; 2] = [Self::Messages, Self::Sms];
}

/// Shares of what a plan includes at which is warned, in percent.
const WARNED_AT: [i64; 3] = [80, 95, 100];
/// Months that are shown.
const MONTHS: i64 = 13;

#[derive(Debug, thiserror::Error)]
pub enum UsageRefusal {
    /// The plan has no more, and refuses what is beyond it.
    #[error("{used} of {cap} {} are used", .meter.name())]
    LimitReached { meter: FlowMeter, used: i64, cap: i64 },
    #[error(transparent)]
    Vault(#[from] Error),
}

impl From<UsageRefusal> for Problem {
    fn from(refusal: UsageRefusal) -> Self {
        match refusal {
            UsageRefusal::Vault(error) => error.into(),
            UsageRefusal::LimitReached { meter, used, cap } => {
                Self::new(409, "limit_reached", "The plan includes no more of this in this month.")
                    .with("meter", meter.name())
                    .with("used", used)
                    .with("cap", cap)
            }
        }
    }
}

/// A month of a workspace.
#[derive(Debug, Clone)]
pub struct MonthOfUse {
    pub period: Period,
    pub meters: Vec<Usage>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    pub meter: FlowMeter,
    pub used: i64,
    /// What the plan includes in a month; `None` where it limits nothing, and for months that are over.
    pub included: Option<i64>,
    pub behaviour: Option<Behaviour>,
    /// The highest share in percent that was warned of; 0 before any.
    pub warned: i64,
}

/// Counts one. Where the plan refuses what is beyond it, `refusable` work is refused; what was accepted before and what
/// the house itself says is counted all the same. Where the plan bills it, it is put on the next invoice.
///
/// # Errors
/// The plan has no more.
pub async fn count(work: &mut Work, meter: FlowMeter, refusable: bool) -> Result<(), UsageRefusal> {
    let terms = terms(work).await?;
    let month = terms.month(work.now());
    match allowance(&terms, meter).and_then(|allowance| Some((allowance.behaviour, allowance.included.cap()?))) {
        None => {
            // Nobody looks at the count in this transaction, so that it is written last and holds nobody up.
            work.at_the_end(ONE_MORE, args![meter.name(), month.start]);
            Ok(())
        }
        Some((behaviour, cap)) => {
            let limit = if refusable && behaviour == Behaviour::Hard { cap } else { i64::MAX };
            let counted = count_within(work, meter, month, limit).await?;
            let Some((used, warned)) = counted else {
                let used = used(work, meter, month).await?;
                return Err(UsageRefusal::LimitReached { meter, used, cap });
            };
            if let Some((unit, _)) = billed(&terms, meter).filter(|_| used > cap) {
                overage::charge(work, meter, unit).await?;
            }
            warn(work, meter, month, (used, cap, warned)).await.map_err(Into::into)
        }
    }
}

/// The price of one beyond what the plan includes, and how many that are, where it goes onto an invoice of ours.
fn billed(terms: &Terms, meter: FlowMeter) -> Option<(i64, i64)> {
    let allowance = allowance(terms, meter).filter(|allowance| allowance.behaviour == Behaviour::Overage)?;
    let unit = allowance.overage_unit.stated().filter(|unit| *unit > 0 && terms.is_invoiced)?;
    Some((unit, allowance.included.cap()?))
}

/// Takes one back that was counted in this month and never left.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn uncount(work: &mut Work, meter: FlowMeter) -> Result<(), Error> {
    let text = sql!(
        "update usage_counters set used = used - 1
         where workspace_id = $1 and meter = $2 and period_start = $3 and used > 0"
    );
    let terms = terms(work).await?;
    let month = terms.month(work.now());
    let Some((unit, cap)) = billed(&terms, meter) else {
        work.at_the_end(text, args![meter.name(), month.start]);
        return Ok(());
    };
    let counted = work.run(text, args![meter.name(), month.start]).await? > 0;
    if counted && used(work, meter, month).await? >= cap {
        overage::give_back(work, meter, unit).await?;
    }
    Ok(())
}

const ONE_MORE: tenancy::TenantSql = sql!(
    "insert into usage_counters (workspace_id, meter, period_start, used, warned) values ($1, $2, $3, 1, 0)
     on conflict (workspace_id, meter, period_start) do update set used = usage_counters.used + 1"
);

/// What is used now and what was warned of, unless `limit` is reached.
async fn count_within(
    work: &mut Work,
    meter: FlowMeter,
    month: Period,
    limit: i64,
) -> Result<Option<(i64, i64)>, Error> {
    let text = sql!(
        "insert into usage_counters (workspace_id, meter, period_start, used, warned) values ($1, $2, $3, 1, 0)
         on conflict (workspace_id, meter, period_start) do update set used = usage_counters.used + 1
         where usage_counters.used < $4
         returning used, warned"
    );
    if limit < 1 {
        return Ok(None);
    }
    let row = work.first(text, args![meter.name(), month.start, limit]).await?;
    row.map(|mut row| Ok((row.take(0)?, row.take(1)?))).transpose()
}

async fn used(session: &mut Session, meter: FlowMeter, month: Period) -> Result<i64, Error> {
    let text = sql!("select used from usage_counters where workspace_id = $1 and meter = $2 and period_start = $3");
    let row = session.first(text, args![meter.name(), month.start]).await?;
    row.map_or(Ok(0), |mut row| row.take(0))
}

/// Tells of the highest share that is reached, once (E7).
async fn warn(
    work: &mut Work,
    meter: FlowMeter,
    month: Period,
    (used, cap, warned): (i64, i64, i64),
) -> Result<(), Error> {
    let Some(percent) = share_reached(used, cap).filter(|percent| *percent > warned) else { return Ok(()) };
    let text =
        sql!("update usage_counters set warned = $4 where workspace_id = $1 and meter = $2 and period_start = $3");
    work.run(text, args![meter.name(), month.start, percent]).await?;
    let payload = json!({ "meter": meter.name(), "percent": percent, "used": used, "cap": cap });
    work.record(Event::new("usage.warned", Subject::new("workspace", work.workspace())).payload(payload));
    Ok(())
}

fn share_reached(used: i64, cap: i64) -> Option<i64> {
    let is_reached = |percent: &i64| i128::from(used) * 100 >= i128::from(cap) * i128::from(*percent);
    WARNED_AT.into_iter().filter(is_reached).max()
}

fn allowance(terms: &Terms, meter: FlowMeter) -> Option<&Allowance> {
    terms.plan()?.allowances.iter().find(|allowance| allowance.meter == meter.name())
}

/// What was used in the last months, this one first.
///
/// # Errors
/// The database cannot answer.
pub async fn usage(grant: &Grant<BillingView>) -> Result<Vec<MonthOfUse>, Error> {
    let mut session = grant.read().await?;
    let mut months = vec![this_month(&mut session).await?];
    let current = months[0].period;
    let text = sql!(
        "select period_start, meter, used, warned from usage_counters
         where workspace_id = $1 and period_start < $2 order by period_start desc, meter limit $3"
    );
    for row in session.all(text, args![current.start, MONTHS * FlowMeter::ALL.len() as i64]).await? {
        let (start, usage) = read(row)?;
        match months.last_mut() {
            Some(month) if month.period.start == start => month.meters.push(usage),
            // A month ends at the latest where the next one that is known begins.
            newer => {
                let end = newer.map_or(current.start, |month| month.period.start);
                months.push(MonthOfUse { period: Period { start, end }, meters: vec![usage] });
            }
        }
    }
    Ok(months)
}

/// What is used of every meter in this month.
///
/// # Errors
/// The database cannot answer.
pub async fn this_month(session: &mut Session) -> Result<MonthOfUse, Error> {
    let terms = terms(session).await?;
    let period = terms.month(session.now());
    let text = sql!(
        "select period_start, meter, used, warned from usage_counters where workspace_id = $1 and period_start = $2"
    );
    let rows = session.all(text, args![period.start]).await?;
    let counted = rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut meters = Vec::new();
    for meter in FlowMeter::ALL {
        let counted = counted.iter().find(|(_, usage)| usage.meter == meter);
        let (used, warned) = counted.map_or((0, 0), |(_, usage)| (usage.used, usage.warned));
        let allowance = allowance(&terms, meter);
        let included = allowance.and_then(|allowance| allowance.included.cap());
        let behaviour = allowance.map(|allowance| allowance.behaviour);
        meters.push(Usage { meter, used, included, behaviour, warned });
    }
    Ok(MonthOfUse { period, meters })
}

fn read(mut row: Row) -> Result<(Timestamp, Usage), Error> {
    let meter = FlowMeter::read(&row.take::<String>(1)?)?;
    let (used, warned) = (row.take(2)?, row.take(3)?);
    Ok((row.take(0)?, Usage { meter, used, included: None, behaviour: None, warned }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_reached_with_its_last_unit() {
        let reached = |used| share_reached(used, 200);
        assert_eq!(
            [159, 160, 189, 190, 199, 200, 500].map(reached),
            [None, Some(80), Some(80), Some(95), Some(95), Some(100), Some(100)]
        );
        assert_eq!(share_reached(0, 0), Some(100), "of nothing everything is used");
    }
}
