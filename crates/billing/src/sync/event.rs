//! What the provider tells: written down once by its own id, answered at once, and looked into by a job.

use kernel::{Problem, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{
    Error, Grant, Housekeeping, Instance, InstanceTx, Job, OnDuty, RunningJob, Session, args, instance_sql, sql,
};

use super::{SyncError, pay_back, take_back, take_invoice, take_over};
use crate::{
    checkout,
    till::{About, CheckoutState, ProviderEvent, Till, TillTrouble},
};

/// Looks into an event.
pub const EVENT_JOB: &str = "billing.provider_event";

/// Why an event was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum HookRefusal {
    /// Forged, stale, cut short, unsigned, or there is no till that is told anything.
    #[error("the signature is not good")]
    Signature,
    #[error("the body is no event")]
    Malformed,
    #[error(transparent)]
    Vault(#[from] Error),
}

impl From<HookRefusal> for Problem {
    fn from(refusal: HookRefusal) -> Self {
        match refusal {
            HookRefusal::Signature => Self::new(401, "hook.signature", "The signature is not good."),
            HookRefusal::Malformed => Self::new(400, "hook.malformed", "The body is no event."),
            HookRefusal::Vault(error) => error.into(),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Told {
    event: String,
    about: About,
}

/// Takes an event in, once: an event that came before changes nothing. Whoever tells is answered before anything is
/// fetched.
///
/// # Errors
/// A [`HookRefusal`]; then nothing was written.
pub async fn receive(
    instance: &Instance,
    till: &dyn Till,
    signature: Option<&str>,
    body: &[u8],
) -> Result<(), HookRefusal> {
    let now = instance.vault().clock().now();
    let event = till.event(signature, body, now).map_err(|trouble| match trouble {
        TillTrouble::Refused { .. } => HookRefusal::Malformed,
        _ => HookRefusal::Signature,
    })?;
    let mut tx = instance.begin().await?;
    let outcome = keep(&mut tx, event, now).await;
    tx.settle(outcome).await
}

async fn keep(tx: &mut InstanceTx, event: ProviderEvent, now: Timestamp) -> Result<(), HookRefusal> {
    let (object, outcome) = match &event.about {
        Some(About::Checkout(id) | About::Subscription(id) | About::Invoice(id) | About::Payment(id)) => {
            (id.as_str(), None)
        }
        None => ("", Some(IGNORED)),
    };
    let text = instance_sql!(
        "insert into provider_events (id, kind, object_id, created_at, received_at, settled_at, outcome)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing"
    );
    let settled_at = outcome.map(|_| now);
    let values = args![&event.id, &event.kind, object, event.created_at, now, settled_at, outcome];
    // Told by a provider, of nobody's account: what it leads to is recorded where it is done.
    let is_new = tx.mark(text, values).await? == 1;
    if let (true, Some(about)) = (is_new, event.about) {
        let told = json!(Told { event: event.id.clone(), about });
        tx.enqueue(&Job::new(EVENT_JOB, event.id, told)).await?;
    }
    Ok(())
}

/// Fetches what an event is about and makes it true here.
///
/// # Errors
/// The provider or the database cannot answer; it is tried again.
pub async fn run(till: &dyn Till, duty: &OnDuty, instance: &Instance, job: &RunningJob) -> Result<(), SyncError> {
    let told = Told::deserialize(&job.payload).map_err(|error| Error::Corrupt(error.to_string()))?;
    let outcome = match &told.about {
        About::Checkout(id) => of_checkout(till, duty, id).await,
        About::Subscription(id) => of_subscription(till, duty, id).await,
        About::Invoice(id) => of_invoice(till, duty, id).await,
        About::Payment(id) => of_payment(till, duty, id).await,
    };
    let outcome = match outcome {
        Err(SyncError::Till(TillTrouble::Gone)) => GONE,
        outcome => outcome?,
    };
    let settle = instance_sql!("update provider_events set settled_at = $2, outcome = $3 where id = $1");
    let mut tx = instance.begin().await?;
    let now = tx.now();
    let settled = tx.mark(settle, args![&told.event, now, outcome]).await;
    Ok(tx.settle(settled.map(drop)).await?)
}

/// What became of an event.
const APPLIED: &str = "applied";
/// It says nothing about what is had here.
const IGNORED: &str = "ignored";
/// Of something that somebody else sells with the same account.
pub(crate) const FOREIGN: &str = "foreign";
/// The provider knows of no such thing.
pub(crate) const GONE: &str = "gone";
/// Its workspace was erased.
pub(crate) const ERASED: &str = "erased";

async fn of_checkout(till: &dyn Till, duty: &OnDuty, id: &str) -> Result<&'static str, SyncError> {
    let state = till.checkout(id).await?;
    let (Some(workspace), Some(checkout)) = (state.workspace, state.checkout) else { return Ok(FOREIGN) };
    let grant = duty.enter(workspace).grant::<Housekeeping>()?;
    if !exists(&mut grant.read().await?).await? {
        return undo(till, &state).await;
    }
    checkout::settle(&grant, till, checkout, Some(state)).await?;
    Ok(APPLIED)
}

/// Paid for a workspace that is no more: nothing runs on, and a single payment goes back.
async fn undo(till: &dyn Till, state: &CheckoutState) -> Result<&'static str, SyncError> {
    if let Some(subscription) = &state.subscription {
        till.cancel_now(subscription).await?;
    }
    if let (Some(payment), true) = (&state.payment, state.complete && state.paid) {
        pay_back(till, payment, &format!("refund:{}", state.id)).await?;
    }
    Ok(ERASED)
}

async fn of_subscription(till: &dyn Till, duty: &OnDuty, id: &str) -> Result<&'static str, SyncError> {
    let theirs = till.subscription(id).await?;
    let Some(workspace) = theirs.workspace else { return Ok(FOREIGN) };
    let grant = duty.enter(workspace).grant::<Housekeeping>()?;
    if !exists(&mut grant.read().await?).await? {
        till.cancel_now(id).await?;
        return Ok(ERASED);
    }
    take_over(&grant, till, id, None).await?;
    Ok(APPLIED)
}

async fn of_invoice(till: &dyn Till, duty: &OnDuty, id: &str) -> Result<&'static str, SyncError> {
    let theirs = till.invoice(id).await?;
    let Some(workspace) = theirs.workspace else { return Ok(FOREIGN) };
    let grant = duty.enter(workspace).grant::<Housekeeping>()?;
    if !exists(&mut grant.read().await?).await? {
        return Ok(ERASED);
    }
    take_invoice(&grant, till, id).await?;
    // An invoice of a purchase beside the plan: whoever paid it paid the purchase.
    if let (Some(bought), None) = (theirs.checkout, &theirs.subscription) {
        checkout::settle(&grant, till, bought, None).await?;
    }
    Ok(APPLIED)
}

async fn of_payment(till: &dyn Till, duty: &OnDuty, id: &str) -> Result<&'static str, SyncError> {
    let theirs = till.payment(id).await?;
    // A payment of a subscription's invoice does not say whose it is either: the invoice does.
    let (Some(workspace), Some(_)) = (theirs.workspace, theirs.checkout) else { return Ok(IGNORED) };
    let grant: Grant<Housekeeping> = duty.enter(workspace).grant()?;
    if !exists(&mut grant.read().await?).await? {
        return Ok(ERASED);
    }
    take_back(&grant, &theirs).await?;
    Ok(APPLIED)
}

async fn exists(session: &mut Session) -> Result<bool, Error> {
    Ok(session.first(sql!("select 1 from workspaces where workspace_id = $1"), &[]).await?.is_some())
}
