//! The plan's credits: granted by the month, spent first, never carried over (E7).

use tenancy::{Error, Housekeeping, Tx, Work, sql};

use super::{
    LedgerRefusal,
    account::{self, Account, EntryKind},
    entry::{Note, is_posted, post, tell_when_low},
    reservation::{release_expired, release_uncovered},
};
use crate::{
    catalogue::{Plan, known},
    month::month_of,
    subscription::{Period, State, Subscription, subscription},
};

/// Brings the pool in line with a subscription that began, was renewed or has another plan: what is left of an older
/// grant expires and the plan's credits of this month are granted, once for each plan and month. Nothing is granted for
/// a month that is not paid.
///
/// What open reservations keep of the old grant is kept of the new one instead; what that does not cover stays.
///
/// # Errors
/// The catalogue is not known any more, or the database cannot answer.
pub async fn grant_period(work: &mut Work, subscription: &Subscription, plan: &Plan) -> Result<(), Error> {
    let catalogue = known(work, &subscription.catalogue, subscription.catalogue_version).await?;
    let mut account = account::hold(work).await?;
    let (month, size) = (month_of(subscription, work.now()), plan.credits_monthly.cap());
    let key = format!("grant/{}/{}/{}", catalogue.id, plan.id, month.start.millis());
    account.unlimited = size.is_none();
    if !is_posted(work, &key).await? {
        let is_paid = subscription.state != State::Restricted && work.now() < subscription.period.end;
        let next = size.filter(|size| *size > 0 && is_paid);
        let percent = &catalogue.low_balance_percent;
        renew(work, &mut account, month, (next, key), percent).await.map_err(LedgerRefusal::unexpected)?;
        if size.unwrap_or(0) == 0 {
            account.begin_month(0, percent);
        }
    }
    tell_when_low(work, &mut account);
    account.month_start = month.start;
    account.month_end = (!account.unlimited).then_some(month.end);
    release_uncovered(work, &mut account).await?;
    account::save(work, &account).await
}

/// Does what the clock asks of the pool: a month is over, or something was reserved for too long.
///
/// # Errors
/// The catalogue is not known any more, or the database cannot answer.
pub async fn look_after(tx: &mut Tx<Housekeeping>) -> Result<(), Error> {
    turn_month(tx).await?;
    release_expired(tx).await
}

async fn turn_month(work: &mut Work) -> Result<(), Error> {
    // Held without a change of its own: a month may turn without anything to tell of.
    work.mark(sql!("update subscriptions set version = version where workspace_id = $1"), &[]).await?;
    let now = work.now();
    if account::hold(work).await?.month_end.is_none_or(|end| now < end) {
        return Ok(());
    }
    let subscription = subscription(work).await?;
    let catalogue = known(work, &subscription.catalogue, subscription.catalogue_version).await?;
    let plan = catalogue.plan(&subscription.plan);
    let plan = plan.ok_or_else(|| Error::Corrupt(format!("the catalogue has no plan {:?}", subscription.plan)))?;
    grant_period(work, &subscription, plan).await
}

/// Ends the grant before, and posts the next one where there is one. Of the grant before stays only what open
/// reservations keep and nothing else covers.
async fn renew(
    work: &mut Work,
    account: &mut Account,
    month: Period,
    (next, key): (Option<i64>, String),
    percent: &[i64],
) -> Result<(), LedgerRefusal> {
    let covered = account.purchased.saturating_add(next.unwrap_or(0)).max(0);
    let kept = if account.unlimited { 0 } else { account.reserved.saturating_sub(covered).max(0) };
    let left = account.granted.saturating_sub(kept);
    if left > 0 {
        let key = format!("expire/{}/{}", month.start.millis(), account.entries);
        post(work, account, EntryKind::Expire, -left, note("period", key)).await?;
    }
    if let Some(size) = next {
        post(work, account, EntryKind::Grant, size, note("plan", key)).await?;
        account.begin_month(size, percent);
    }
    Ok(())
}

fn note(cause: &str, key: String) -> Note<'_> {
    Note { member: None, cause, subject: None, key }
}
