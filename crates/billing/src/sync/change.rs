//! Changes of a subscription that the provider runs. It is asked first, outside of any transaction; then what it made of it
//! is fetched and taken over.

use std::sync::Arc;

use kernel::Timestamp;
use tenancy::{BillingManage, BillingPurchaseAddons, Error, Grant, Housekeeping, Right, Session};
use url::Url;

use super::{SyncError, take_over};
use crate::{
    Refusal,
    catalogue::{Catalogue, Interval, Plan, known},
    checkout::{Checkout, priced},
    extra_seats,
    offer::{Begins, Offer, offer},
    price::PriceKey,
    pricing::{self, Charge},
    subscription::{Subscription, TillKind, subscription},
    till::{Change, ChangeBilling, ChangedLine, Kept, Priced, ProviderSubscription, Till},
};

/// What there is to change, and under which prices.
struct Standing {
    ours: Subscription,
    catalogue: Arc<Catalogue>,
    theirs: ProviderSubscription,
}

async fn standing<P: Right>(grant: &Grant<P>, till: &dyn Till) -> Result<Standing, Refusal> {
    let mut session = grant.read().await?;
    let ours = subscription(&mut session).await?;
    let catalogue = known(&mut session, &ours.catalogue, ours.catalogue_version).await?;
    drop(session);
    let id = ours.provider_subscription.as_deref().ok_or(Refusal::NotRunning)?;
    let theirs = till.subscription(id).await?;
    Ok(Standing { ours, catalogue, theirs })
}

/// Puts the workspace on another plan: a larger one now, if what is due for it can be charged to the card; a smaller one
/// with the next period.
///
/// # Errors
/// The plan cannot be had, the card was declined, or the provider does not answer: then nothing changed.
pub async fn change_plan(
    grant: &Grant<BillingManage>,
    till: &dyn Till,
    (plan, interval): (&str, Interval),
) -> Result<Offer, Refusal> {
    let Standing { ours, catalogue, theirs } = standing(grant, till).await?;
    let mut session = grant.read().await?;
    let (active, now) = (extra_seats::active(&mut session).await?, session.now());
    drop(session);
    let offer = offer(&catalogue, &ours, (plan, interval), active, now)?;
    let new = catalogue.plan(plan).ok_or_else(|| Refusal::UnknownPlan(plan.to_owned()))?;
    let items = pricing::items_under(&catalogue, new, &ours.items, active);
    let charges = pricing::charges(&catalogue, new, interval, &items)?;
    let lines = exchanged(&catalogue, &theirs, (new, interval), &charges);
    let change = match offer.begins {
        Begins::PeriodEnd => change(&catalogue, lines, ChangeBilling::NotNow, Some(kept(&theirs))),
        Begins::Now | Begins::TrialEnd => {
            change(&catalogue, lines, ChangeBilling::Now { counted_from: Some(whole_second(now)) }, None)
        }
    };
    // The same wish against the same state is one change, however often it is sent.
    let key = format!("plan:{}:{}:{plan}:{}", theirs.id, ours.provider_version, interval.name());
    till.change(&theirs.id, &change, &key).await?;
    take_over(grant, till, &theirs.id, None).await?;
    Ok(offer)
}

/// The second that a moment lies in ends here: what is left of a period is counted in whole ones, at both sides.
fn whole_second(moment: Timestamp) -> Timestamp {
    Timestamp::from_millis(moment.millis().saturating_add(999).div_euclid(1000).saturating_mul(1000))
}

pub(super) fn change(
    catalogue: &Catalogue,
    lines: Vec<ChangedLine>,
    billing: ChangeBilling,
    kept: Option<Kept>,
) -> Change {
    Change { currency: catalogue.currency.clone(), lines, billing, kept, fulfils: None }
}

/// Every item as it is to be; items of ours that are no longer wanted are taken away.
fn exchanged(
    catalogue: &Catalogue,
    theirs: &ProviderSubscription,
    (plan, interval): (&Plan, Interval),
    charges: &[Charge],
) -> Vec<ChangedLine> {
    let item_of = |key: &str| PriceKey::parse(key).map(|key| key.thing.item().to_owned());
    let mut lines: Vec<_> = charges
        .iter()
        .map(|charge| {
            let same = theirs.items.iter().find(|item| item_of(&item.price_key).as_ref() == Some(&charge.item));
            ChangedLine {
                provider_item: same.map(|item| item.id.clone()),
                priced: priced(catalogue, &plan.id, interval, charge),
            }
        })
        .collect();
    for item in &theirs.items {
        let Some(name) = item_of(&item.price_key) else { continue };
        if !charges.iter().any(|charge| charge.item == name) {
            let gone = Charge { item: name.clone(), name, quantity: 0, unit: item.unit };
            let priced = priced(catalogue, &plan.id, interval, &gone);
            lines.push(ChangedLine { provider_item: Some(item.id.clone()), priced });
        }
    }
    lines
}

/// Everything that is paid until the period ends.
pub(super) fn kept(theirs: &ProviderSubscription) -> Kept {
    let mut items: Vec<_> = theirs.items.iter().map(|item| (item.price_key.clone(), item.quantity)).collect();
    // What was kept before is kept on: it was paid as well.
    for (key, quantity) in still_kept(theirs) {
        match items.iter_mut().find(|(same, _)| *same == key) {
            Some((_, count)) => *count = quantity.max(*count),
            None => items.push((key, quantity)),
        }
    }
    Kept { until: theirs.period.end, items }
}

/// What is paid until the period ends beside what the items say.
pub(super) fn still_kept(theirs: &ProviderSubscription) -> Vec<(String, i64)> {
    let kept = theirs.kept.as_ref().filter(|kept| kept.until > theirs.period.start);
    kept.map(|kept| kept.items.clone()).unwrap_or_default()
}

/// Lets the subscription end with its period, at the provider too.
///
/// # Errors
/// Nothing runs, or the provider does not answer.
pub async fn cancel(grant: &Grant<BillingManage>, till: &dyn Till) -> Result<Subscription, Refusal> {
    go_on(grant, till, false).await
}

/// Takes a cancellation back before it took effect.
///
/// # Errors
/// As [`cancel`].
pub async fn resume(grant: &Grant<BillingManage>, till: &dyn Till) -> Result<Subscription, Refusal> {
    go_on(grant, till, true).await
}

async fn go_on(grant: &Grant<BillingManage>, till: &dyn Till, goes_on: bool) -> Result<Subscription, Refusal> {
    let Standing { ours, theirs, .. } = standing(grant, till).await?;
    let key = format!("goes_on:{}:{}:{goes_on}", theirs.id, ours.provider_version);
    till.cancel_at_period_end(&theirs.id, !goes_on, &key).await?;
    take_over(grant, till, &theirs.id, None).await?;
    Ok(subscription(&mut grant.read().await?).await?)
}

/// Has less of an add-on from the next period on; what is paid stays until then.
///
/// # Errors
/// There is no such add-on or not so many of it, or the provider does not answer.
pub async fn reduce_addon(
    grant: &Grant<BillingPurchaseAddons>,
    till: &dyn Till,
    addon: &str,
    quantity: i64,
) -> Result<Subscription, Refusal> {
    let Standing { ours, catalogue, theirs } = standing(grant, till).await?;
    let item = ours.items.iter().find(|item| item.item == addon);
    let item = item.ok_or(Error::NotFound)?;
    if quantity > item.quantity {
        return Err(Refusal::NotLess);
    }
    let unit = item.unit_monthly.checked_mul(ours.interval.months()).ok_or(Refusal::TooMuch)?;
    let charge = Charge { item: addon.to_owned(), name: pricing::name_of(&catalogue, addon), quantity, unit };
    let line = ChangedLine {
        provider_item: item.provider_item.clone(),
        priced: priced(&catalogue, &ours.plan, ours.interval, &charge),
    };
    let change = change(&catalogue, vec![line], ChangeBilling::NotNow, Some(kept(&theirs)));
    let key = format!("less:{}:{}:{addon}:{quantity}", theirs.id, ours.provider_version);
    till.change(&theirs.id, &change, &key).await?;
    take_over(grant, till, &theirs.id, None).await?;
    Ok(subscription(&mut grant.read().await?).await?)
}

/// The provider's own page for cards.
///
/// # Errors
/// The provider does not know the workspace yet, or does not answer.
pub async fn open_portal(grant: &Grant<BillingManage>, till: &dyn Till, public_url: &Url) -> Result<Url, Refusal> {
    let mut session = grant.read().await?;
    let (ours, workspace) = (subscription(&mut session).await?, session.workspace());
    drop(session);
    if till.kind() != TillKind::Stripe {
        return Err(Refusal::NoTill);
    }
    let customer = ours.provider_customer.ok_or(Refusal::NotRunning)?;
    let back = public_url.join(&format!("w/{workspace}/settings/billing"));
    let back = back.map_err(|error| tenancy::Error::Corrupt(error.to_string()))?;
    Ok(till.portal(&customer, &back).await?)
}

/// Adds what was paid on a page of its own; the rest of the period costs nothing more.
pub(crate) async fn add_paid(grant: &Grant<Housekeeping>, till: &dyn Till, bought: &Checkout) -> Result<(), SyncError> {
    add(grant, till, bought, ChangeBilling::NotNow).await
}

/// Adds what costs too little for a page; the rest of the period goes onto the subscription's own invoice.
pub(crate) async fn add_at_once<P: Right>(
    grant: &Grant<P>,
    till: &dyn Till,
    bought: &Checkout,
) -> Result<(), SyncError> {
    let counted_from = Some(whole_second(bought.created_at));
    add(grant, till, bought, ChangeBilling::Now { counted_from }).await
}

async fn add<P: Right>(
    grant: &Grant<P>,
    till: &dyn Till,
    bought: &Checkout,
    billing: ChangeBilling,
) -> Result<(), SyncError> {
    let mut session = grant.read().await?;
    let ours = subscription(&mut session).await?;
    let id = ours.provider_subscription.clone().ok_or(SyncError::Over)?;
    let addon = bought.addon.clone().unwrap_or_default();
    let line = wanted(&mut session, &ours, &addon).await?;
    drop(session);
    let theirs = till.subscription(&id).await?;
    // The change says itself which purchase it carried out: one whose answer was lost is not made twice.
    if theirs.fulfilled != Some(bought.id) {
        let same = theirs.items.iter().find(|item| item.price_key == line.price_key);
        let quantity = same.map_or(0, |item| item.quantity).saturating_add(bought.quantity);
        let mut kept = still_kept(&theirs);
        for (key, count) in &mut kept {
            if *key == line.price_key {
                *count = count.saturating_add(bought.quantity);
            }
        }
        let changed = ChangedLine {
            provider_item: same.map(|item| item.id.clone()),
            priced: Priced { quantity, ..line.clone() },
        };
        let change = Change {
            currency: bought.currency.clone(),
            lines: vec![changed],
            billing: billing.clone(),
            kept: (!kept.is_empty()).then_some(Kept { until: theirs.period.end, items: kept }),
            fulfils: Some(bought.id),
        };
        till.change(&id, &change, &format!("addon:{}:{quantity}", bought.id)).await?;
    }
    take_over(grant, till, &id, Some(bought)).await
}

/// The add-on as every period has it.
async fn wanted(session: &mut Session, ours: &Subscription, addon: &str) -> Result<Priced, SyncError> {
    let catalogue = known(session, &ours.catalogue, ours.catalogue_version).await?;
    let sold = catalogue.addon(addon).and_then(|addon| Some((addon, addon.price.stated()?)));
    let (sold, price) = sold.ok_or(SyncError::Over)?;
    let unit = price.saturating_mul(ours.interval.months());
    let charge = Charge { item: sold.id.clone(), name: sold.name.clone(), quantity: 1, unit };
    Ok(priced(&catalogue, &ours.plan, ours.interval, &charge))
}
