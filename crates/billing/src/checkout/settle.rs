//! Carrying a purchase out once it was paid. Whatever tells of it (an event, the hour, a second event) leads here; what is
//! done stands with the purchase, so that the second time does nothing.

use kernel::CheckoutId;
use serde_json::json;
use tenancy::{Error, Event, Grant, Housekeeping, Subject, Tx, Work, args, sql};

use super::{Checkout, CheckoutKind, CheckoutStatus, checkout, end, open::expire};
use crate::{
    catalogue::known,
    ledger::{self, Credits},
    subscription::subscription,
    sync::{self, SyncError},
    till::{CheckoutState, Till, TillTrouble},
};

/// Looks how a purchase stands at the provider and carries it out if it was paid.
pub(crate) async fn settle(
    grant: &Grant<Housekeeping>,
    till: &dyn Till,
    id: CheckoutId,
    state: Option<CheckoutState>,
) -> Result<(), SyncError> {
    let bought = checkout(&mut grant.read().await?, id).await?;
    let provider_id = match (&bought.provider_id, &state) {
        (Some(known), _) => known.clone(),
        // Told of it before we wrote down what the provider calls it.
        (None, Some(state)) => state.id.clone(),
        (None, None) => return forget(grant, &bought).await,
    };
    let state = match state.filter(|state| state.id == provider_id) {
        Some(state) => state,
        None => till.checkout(&provider_id).await?,
    };
    if state.checkout != Some(id) || state.workspace != Some(grant.scope().workspace()) {
        return Err(Error::Corrupt(format!("the page {provider_id} is of another purchase")).into());
    }
    if state.expired {
        return in_one(grant, async |tx| expire(tx, id).await).await;
    }
    if !(state.complete && state.paid) || bought.status == CheckoutStatus::Refunded {
        return Ok(());
    }
    if bought.status != CheckoutStatus::Complete {
        match bought.kind {
            CheckoutKind::Plan => {
                let subscription = state.subscription.as_deref();
                let missing = || TillTrouble::Unavailable(format!("the page {provider_id} made no subscription"));
                sync::take_over(grant, till, subscription.ok_or_else(missing)?, Some(&bought)).await?;
            }
            CheckoutKind::Addon => settle_addon(grant, till, &bought, &state).await?,
            CheckoutKind::Credits => grant_credits(grant, &bought, &state).await?,
        }
    }
    // That the money went back may have been told before this.
    if let (CheckoutKind::Credits, Some(payment)) = (bought.kind, &state.payment) {
        sync::take_back(grant, &till.payment(payment).await?).await?;
    }
    match &state.invoice {
        Some(invoice) => sync::take_invoice(grant, till, invoice).await,
        None => Ok(()),
    }
}

/// A page that never came to be is given up after its time.
async fn forget(grant: &Grant<Housekeeping>, bought: &Checkout) -> Result<(), SyncError> {
    let session = grant.read().await?;
    if bought.status != CheckoutStatus::Opening || session.now() < bought.expires_at {
        return Ok(());
    }
    drop(session);
    in_one(grant, async |tx| expire(tx, bought.id).await).await
}

async fn in_one(
    grant: &Grant<Housekeeping>,
    work: impl AsyncFnOnce(&mut Tx<Housekeeping>) -> Result<(), Error>,
) -> Result<(), SyncError> {
    let mut tx = grant.begin().await?;
    let outcome = work(&mut tx).await;
    Ok(tx.settle(outcome).await?)
}

/// What was paid for the rest of the period is added to the subscription, which from the next period on pays for it itself.
/// One at a time, so that two never take the same number for a start.
async fn settle_addon(
    grant: &Grant<Housekeeping>,
    till: &dyn Till,
    bought: &Checkout,
    state: &CheckoutState,
) -> Result<(), SyncError> {
    let mut tx = grant.begin().await?;
    let claimed = claim(&mut tx, bought.id).await;
    if !tx.settle(claimed).await? {
        return Err(SyncError::Busy);
    }
    match sync::add_paid(grant, till, bought).await {
        Err(SyncError::Till(TillTrouble::Refused { .. } | TillTrouble::Gone | TillTrouble::Declined { .. }))
        | Err(SyncError::Over) => give_back(grant, till, bought, state).await,
        added => added,
    }
}

async fn claim(work: &mut Work, id: CheckoutId) -> Result<bool, Error> {
    work.mark(sql!("update subscriptions set version = version where workspace_id = $1"), &[]).await?;
    let text = sql!(
        "update checkouts set state = 'settling'
         where workspace_id = $1 and id = $2 and state not in ('complete', 'refunded')
            and not exists (select 1 from checkouts c where c.workspace_id = $1 and c.state = 'settling' and c.id <> $2)"
    );
    // That it is under way is said by its end.
    Ok(work.mark(text, args![id]).await? == 1)
}

/// The subscription it was for is over: the money goes back.
async fn give_back(
    grant: &Grant<Housekeeping>,
    till: &dyn Till,
    bought: &Checkout,
    state: &CheckoutState,
) -> Result<(), SyncError> {
    if let Some(payment) = &state.payment {
        sync::pay_back(till, payment, &format!("refund:{}", bought.id)).await?;
    }
    in_one(grant, async |tx| {
        if end(tx, bought.id, CheckoutStatus::Refunded).await? {
            tx.record(Event::new("checkout.refunded", Subject::new("checkout", bought.id)));
        }
        Ok(())
    })
    .await
}

/// Credits that were paid are added in the transaction that says so, under the page's own id.
async fn grant_credits(grant: &Grant<Housekeeping>, bought: &Checkout, state: &CheckoutState) -> Result<(), SyncError> {
    let mut tx = grant.begin().await?;
    let outcome = credited(&mut tx, bought, state).await;
    tx.settle(outcome).await
}

async fn credited(work: &mut Work, bought: &Checkout, state: &CheckoutState) -> Result<(), SyncError> {
    if !end(work, bought.id, CheckoutStatus::Complete).await? {
        return Ok(());
    }
    let credits = credits_of(work, bought).await?;
    ledger::purchase(work, credits, &state.id).await?;
    let text = sql!("update checkouts set payment_id = $3 where workspace_id = $1 and id = $2");
    work.run(text, args![bought.id, state.payment.as_deref()]).await?;
    completed(work, bought);
    Ok(())
}

/// How many credits a purchase brings.
pub(crate) async fn credits_of(work: &mut Work, bought: &Checkout) -> Result<Credits, Error> {
    let current = subscription(work).await?;
    let catalogue = known(work, &current.catalogue, current.catalogue_version).await?;
    let addon = bought.addon.as_deref().and_then(|id| catalogue.addon(id));
    let credits = addon.and_then(|addon| addon.quantity.checked_mul(bought.quantity));
    let credits = credits.and_then(|credits| Credits::try_from(credits).ok());
    credits.ok_or_else(|| Error::Corrupt("a purchase of no credits".into()))
}

/// Records that a purchase was carried out.
pub(crate) fn completed(work: &mut Work, bought: &Checkout) {
    let event = Event::new("checkout.completed", Subject::new("checkout", bought.id));
    work.record(event.payload(json!({ "kind": bought.kind })));
}
