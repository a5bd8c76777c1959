//! Taking over how things stand at the provider: always the whole object, as it was just fetched, never what an event says
//! of it (INV-33). So it does not matter in which order events come, how often, or whether one is lost.

mod change;
mod event;
mod invoice;
mod mirror;
mod paid;
mod payment;
mod seats;
mod superfluous;

use kernel::CheckoutId;
use serde_json::json;
use tenancy::{Event, Grant, Housekeeping, Job, Right, Subject, Tx, Work, args, sql};

pub(crate) use change::{add_at_once, add_paid};
pub use change::{cancel, change_plan, open_portal, reduce_addon, resume};
pub(crate) use event::{ERASED, FOREIGN, GONE};
pub use event::{EVENT_JOB, HookRefusal, receive, run};
pub(crate) use invoice::take_invoice;
pub(crate) use payment::{pay_back, take_back};

use crate::{
    Refusal, by_hand,
    catalogue::known,
    checkout::{self, Checkout, CheckoutStatus},
    effect,
    ledger::{self, LedgerRefusal},
    subscription::{RestrictedReason, State, Subscription, held_subscription, subscription, write},
    till::{ProviderSubscription, Till, TillTrouble},
};

/// Why something could not be taken over now. Whatever it was, it is tried again.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    #[error(transparent)]
    Till(#[from] TillTrouble),
    #[error(transparent)]
    Ledger(#[from] LedgerRefusal),
    #[error(transparent)]
    Vault(#[from] tenancy::Error),
    /// Another one changes the same at this moment.
    #[error("another change is under way")]
    Busy,
    /// The subscription it is about is over.
    #[error("the subscription is over")]
    Over,
}

impl From<SyncError> for Refusal {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Till(trouble) => trouble.into(),
            SyncError::Ledger(refusal) => tenancy::Error::Corrupt(refusal.to_string()).into(),
            SyncError::Vault(error) => error.into(),
            SyncError::Busy => Self::CheckoutPending,
            SyncError::Over => Self::NotRunning,
        }
    }
}

/// Others write at the same moment at most so often in a row.
const TRIES: usize = 8;

/// Fetches a subscription and makes it true here. `bought` is the purchase that made it, which is complete with it.
pub(crate) async fn take_over<P: Right>(
    grant: &Grant<P>,
    till: &dyn Till,
    id: &str,
    bought: Option<&Checkout>,
) -> Result<(), SyncError> {
    for _ in 0..TRIES {
        let seen = subscription(&mut grant.read().await?).await?.provider_version;
        let theirs = till.subscription(id).await?;
        let mut tx = grant.begin().await?;
        tx.answer_is_secret();
        match written(&mut tx, seen, &theirs, bought).await {
            Ok(Taken::Superfluous) => {
                tx.settle(Err::<(), _>(SyncError::Busy)).await.ok();
                return superfluous::undo(grant, till, &theirs).await;
            }
            Ok(Taken::Unchanged) => return tx.settle(Err(SyncError::Over)).await.or(Ok(())),
            Ok(Taken::Written) => return tx.settle(Ok(())).await,
            // Somebody else wrote between our look and our fetch: what we fetched may be older.
            Err(SyncError::Busy) => drop(tx.refuse(SyncError::Busy).await),
            Err(error) => return Err(tx.refuse(error).await),
        }
    }
    Err(SyncError::Busy)
}

/// What came of it.
enum Taken {
    Written,
    Unchanged,
    /// The workspace has another one that runs.
    Superfluous,
}

async fn written<P: Right>(
    tx: &mut Tx<P>,
    seen: i64,
    theirs: &ProviderSubscription,
    bought: Option<&Checkout>,
) -> Result<Taken, SyncError> {
    let ours = held_subscription(tx).await?;
    if ours.provider_version != seen {
        return Err(SyncError::Busy);
    }
    let lives = mirror::lives(&theirs.status);
    match &ours.provider_subscription {
        Some(bound) if *bound == theirs.id => {}
        Some(_) if lives => return Ok(Taken::Superfluous),
        None if lives => {}
        // One that is over, or has not begun, says nothing about the workspace.
        _ => return over(tx, theirs, bought).await,
    }
    let mut new = mirror::mirrored(&ours, theirs, tx.now());
    let completes = match bought.map(|bought| bought.id).or(theirs.checkout) {
        Some(id) if ours.provider_subscription.is_none() || bought.is_some() => complete(tx, id, &mut new).await?,
        _ => false,
    };
    if !completes && new == ours {
        return Ok(Taken::Unchanged);
    }
    new.provider_version += 1;
    write(tx, &new).await?;
    effect::apply(tx, &new).await?;
    let catalogue = known(tx, &new.catalogue, new.catalogue_version).await?;
    if let Some(plan) = catalogue.plan(&new.plan) {
        ledger::grant_period(tx, &new, plan).await?;
    }
    tell(tx, &ours, &new);
    Ok(Taken::Written)
}

/// What is over before it was heard of was paid all the same: its purchase is complete, and in nobody's way.
async fn over<P: Right>(
    tx: &mut Tx<P>,
    theirs: &ProviderSubscription,
    bought: Option<&Checkout>,
) -> Result<Taken, SyncError> {
    let Some(bought) = bought.filter(|_| mirror::is_over(&theirs.status)) else { return Ok(Taken::Unchanged) };
    if !checkout::end(tx, bought.id, CheckoutStatus::Complete).await? {
        return Ok(Taken::Unchanged);
    }
    checkout::completed(tx, bought);
    Ok(Taken::Written)
}

/// The purchase that made a subscription is complete with it, and its buyer is who pays.
async fn complete<P: Right>(tx: &mut Tx<P>, id: CheckoutId, new: &mut Subscription) -> Result<bool, SyncError> {
    let bought = match checkout::checkout(tx, id).await {
        // Of after the backup that everything here was put back from; it is paid all the same.
        Err(tenancy::Error::NotFound) => return Ok(false),
        bought => bought?,
    };
    let buyer = sql!("select account_id from memberships where workspace_id = $1 and id = $2");
    if let Some(mut row) = tx.first(buyer, args![bought.created_by]).await? {
        new.payer = Some(row.take(0)?);
    }
    let first = checkout::end(tx, id, CheckoutStatus::Complete).await?;
    if first {
        checkout::completed(tx, &bought);
    }
    Ok(first)
}

/// Records what is different now.
fn tell<P: Right>(tx: &mut Tx<P>, ours: &Subscription, new: &Subscription) {
    let subject = || Subject::new("workspace", tx.workspace());
    let mut events = vec![Event::new("subscription.changed", subject()).payload(json!({
        "plan": new.plan,
        "interval": new.interval,
        "state": new.state,
        "items": new.items.iter().map(|item| json!({ "item": item.item, "quantity": item.quantity })).collect::<Vec<_>>(),
    }))];
    match (ours.state, new.state) {
        (before, after) if before == after => {}
        (_, State::PastDue) => events.push(Event::new("payment.failed", subject())),
        (_, State::Restricted) => {
            let reason = new.restricted_reason();
            events.push(Event::new("subscription.restricted", subject()).payload(json!({ "reason": reason })));
        }
        // What waited for its first payment was never closed.
        (State::Restricted, _) if ours.restricted_reason() == Some(RestrictedReason::NeverPaid) => {}
        (State::Restricted, _) => events.push(Event::new("subscription.restored", subject())),
        _ => {}
    }
    for event in events {
        tx.record(event);
    }
}

/// Looks at everything of a workspace that events may have been missed of ([`reconcile`]).
pub const RECONCILE_JOB: &str = "billing.reconcile";

/// Leaves such a look for later, where there is something to look at; once an hour.
///
/// # Errors
/// The database cannot answer.
pub async fn leave_to_reconcile(grant: &Grant<Housekeeping>) -> Result<(), tenancy::Error> {
    const HOUR_MILLIS: i64 = 60 * 60 * 1000;
    let mut session = grant.read().await?;
    let runs = subscription(&mut session).await?.is_mirrored();
    if !runs && checkout::unsettled(&mut session).await?.is_empty() {
        return Ok(());
    }
    let hour = session.now().millis().div_euclid(HOUR_MILLIS);
    drop(session);
    let mut tx = grant.begin().await?;
    tx.enqueue(Job::new(RECONCILE_JOB, hour.to_string(), json!({})));
    tx.settle(Ok(())).await
}

/// Leaves to a job that metered seats are billed at the provider, which is asked outside of the transaction.
pub(crate) fn leave_to_bill(work: &mut Work, ours: &Subscription, seats: i64) {
    let key = format!("seats:{}:{seats}", ours.provider_version);
    work.enqueue(Job::new(RECONCILE_JOB, key, json!({})));
}

/// Ends what a workspace that is erased pays for, closes its pages, and gives up what it owes. A workspace without a
/// subscription row was erased before.
///
/// # Errors
/// The provider or the database cannot answer.
pub async fn close(grant: &Grant<Housekeeping>, till: &dyn Till) -> Result<(), SyncError> {
    let mut tx = grant.begin().await?;
    let given_up = by_hand::give_up(&mut tx).await;
    tx.settle(given_up).await?;
    let mut session = grant.read().await?;
    let bound = sql!("select provider_subscription from subscriptions where workspace_id = $1");
    let row = session.first(bound, &[]).await?;
    let id: Option<String> = row.map(|mut row| row.take(0)).transpose()?.flatten();
    let waiting = checkout::unsettled(&mut session).await?;
    drop(session);
    for page in waiting.into_iter().filter_map(|waits| waits.provider_id) {
        match till.expire_checkout(&page).await {
            // One that was paid meanwhile is undone when its event finds no workspace.
            Ok(()) | Err(TillTrouble::Gone | TillTrouble::Refused { .. }) => {}
            Err(trouble) => return Err(trouble.into()),
        }
    }
    match id {
        Some(id) => Ok(till.cancel_now(&id).await?),
        None => Ok(()),
    }
}

/// Looks at everything that events may have been missed of: the subscription, its invoices, and purchases that wait.
///
/// # Errors
/// The provider or the database cannot answer; what was looked at before is taken over.
pub async fn reconcile(grant: &Grant<Housekeeping>, till: &dyn Till) -> Result<(), SyncError> {
    let mut session = grant.read().await?;
    let (ours, waiting) = (subscription(&mut session).await?, checkout::unsettled(&mut session).await?);
    drop(session);
    for waits in waiting {
        checkout::settle(grant, till, waits.id, None).await?;
    }
    let Some(id) = ours.provider_subscription else { return Ok(()) };
    take_over(grant, till, &id, None).await?;
    for theirs in till.invoices(&id).await? {
        invoice::write_invoice(grant, &theirs).await?;
    }
    seats::bill(grant, till).await
}
