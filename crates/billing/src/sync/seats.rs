//! Metered seats at the provider: their quantity follows who works here (INV-16).

use tenancy::{Grant, Housekeeping};

use super::{
    SyncError,
    change::change,
    paid::{kept, still_kept},
    take_over,
};
use crate::{
    catalogue::known,
    checkout::priced,
    extra_seats,
    price::{EXTRA_SEAT, PriceKey},
    pricing::{self, Charge},
    subscription::subscription,
    till::{Change, ChangeBilling, ChangedLine, Kept, ProviderSubscription, Till, TillTrouble},
};

/// Bills metered seats as they are held: more from now on, fewer from the next period on. Where a smaller plan begins
/// with the next period the seats beyond what that one includes are paid from then on.
pub(super) async fn bill(grant: &Grant<Housekeeping>, till: &dyn Till) -> Result<(), SyncError> {
    let mut session = grant.read().await?;
    let ours = subscription(&mut session).await?;
    let catalogue = known(&mut session, &ours.catalogue, ours.catalogue_version).await?;
    let (active, now) = (extra_seats::active(&mut session).await?, session.now());
    drop(session);
    let plan = catalogue.plan(ours.seats_plan());
    let priced_plan = plan.and_then(|plan| Some((plan, plan.extra_seat_monthly.stated()?)));
    let (Some(id), Some((plan, monthly))) = (&ours.provider_subscription, priced_plan) else { return Ok(()) };
    let Some(quantity) = pricing::billable(&catalogue, plan, active) else { return Ok(()) };
    let mut theirs = till.subscription(id).await?;
    if billed(&theirs) == quantity {
        return Ok(());
    }
    let (name, unit) = (pricing::name_of(&catalogue, EXTRA_SEAT), monthly.saturating_mul(ours.interval.months()));
    let to = |theirs: &ProviderSubscription, quantity, billing, kept| {
        let charge = Charge { item: EXTRA_SEAT.to_owned(), name: name.clone(), quantity, unit };
        let provider_item = theirs.items.iter().find(|item| is_seat(&item.price_key)).map(|item| item.id.clone());
        let line = ChangedLine { provider_item, priced: priced(&catalogue, &plan.id, ours.interval, &charge) };
        change(&catalogue, vec![line], billing, kept)
    };
    let key = |quantity: i64| format!("seats:{id}:{}:{quantity}", ours.provider_version);
    let paid = paid(&theirs);
    let last = if ours.next.is_some() {
        to(&theirs, quantity, ChangeBilling::NotNow, theirs.kept.clone())
    } else if quantity <= paid {
        to(&theirs, quantity, ChangeBilling::NotNow, Some(kept(&theirs, now)))
    } else {
        if billed(&theirs) < paid {
            // What is paid already is not charged again: only what comes on top of it.
            let first = to(&theirs, paid, ChangeBilling::NotNow, others_kept(&theirs));
            theirs = till.change(id, &first, &key(paid)).await?;
        }
        to(&theirs, quantity, ChangeBilling::Now { counted_from: None }, others_kept(&theirs))
    };
    match till.change(id, &last, &key(quantity)).await {
        // Who works here costs something although the card pays nothing now: the next invoice asks for it.
        Err(TillTrouble::Declined { .. }) => {
            let owed = Change { billing: ChangeBilling::WithNext, ..last };
            till.change(id, &owed, &format!("{}:owed", key(quantity))).await?
        }
        changed => changed?,
    };
    take_over(grant, till, id, None).await
}

fn is_seat(key: &str) -> bool {
    PriceKey::parse(key).is_some_and(|key| key.thing.item() == EXTRA_SEAT)
}

/// How many are billed in the next period.
fn billed(theirs: &ProviderSubscription) -> i64 {
    theirs.items.iter().find(|item| is_seat(&item.price_key)).map_or(0, |item| item.quantity)
}

/// How many are paid until this one ends.
fn paid(theirs: &ProviderSubscription) -> i64 {
    let kept = still_kept(theirs).and_then(|kept| kept.items.iter().find(|(key, _)| is_seat(key)));
    kept.map_or(0, |(_, quantity)| *quantity).max(billed(theirs))
}

/// What stays until the period ends beside seats.
fn others_kept(theirs: &ProviderSubscription) -> Option<Kept> {
    let mut kept = still_kept(theirs)?.clone();
    kept.items.retain(|(key, _)| !is_seat(key));
    Some(kept).filter(|kept| !kept.items.is_empty())
}
