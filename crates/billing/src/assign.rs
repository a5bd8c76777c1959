//! The operator puts a workspace on a plan: also on one that nobody can buy (D4).

use serde_json::json;
use tenancy::{Event, Operating, Subject, Tx};

use crate::{
    Refusal,
    catalogue::{Interval, known, newest},
    effect, period,
    subscription::{State, Subscription, held_subscription, write},
};

/// Puts the workspace on a plan of its own catalogue, or of the newest version of another. Nothing is charged, and what
/// was bought beside the old plan stays only where the catalogue does. Another interval begins now.
///
/// # Errors
/// There is no such catalogue or plan.
pub async fn assign(
    tx: &mut Tx<Operating>,
    catalogue: Option<&str>,
    plan: &str,
    interval: Option<Interval>,
) -> Result<Subscription, Refusal> {
    let mut subscription = held_subscription(tx).await?;
    let catalogue = match catalogue {
        Some(id) => newest(tx, id).await?.ok_or_else(|| Refusal::UnknownCatalogue(id.to_owned()))?,
        None => known(tx, &subscription.catalogue, subscription.catalogue_version).await?,
    };
    if catalogue.plan(plan).is_none() {
        return Err(Refusal::UnknownPlan(plan.to_owned()));
    }
    let from = subscription.plan.clone();
    if catalogue.id != subscription.catalogue {
        subscription.items.clear();
    }
    subscription.catalogue.clone_from(&catalogue.id);
    subscription.catalogue_version = catalogue.version;
    plan.clone_into(&mut subscription.plan);
    let interval = interval.unwrap_or(subscription.interval);
    if matches!(subscription.state, State::Trialing | State::Restricted) || interval != subscription.interval {
        // Nothing ran before, or something else: the plan's own periods are counted from now.
        subscription.interval = interval;
        subscription.anchor = tx.now();
        subscription.period = period::first(tx.now(), subscription.interval);
    }
    subscription.past_due_since = None;
    (subscription.attempts, subscription.next_attempt_at) = (0, None);
    subscription.state = State::Active;
    subscription.trial_ends_at = None;
    subscription.cancel_at_period_end = false;
    subscription.next = None;
    write(tx, &subscription).await?;
    effect::apply(tx, &subscription).await?;
    let subject = Subject::new("workspace", tx.workspace());
    let payload = json!({ "from": from, "to": plan, "catalogue": catalogue.id, "cause": "assigned" });
    tx.record(Event::new("subscription.changed", subject).payload(payload));
    Ok(subscription)
}
