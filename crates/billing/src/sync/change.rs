//! Changes of a subscription that the provider runs. It is asked first, outside of any transaction; then what it made of it
//! is fetched and taken over.

use std::sync::Arc;

use kernel::Timestamp;
use tenancy::{BillingManage, BillingPurchaseAddons, Error, Grant, Housekeeping, Right, Session};
use url::Url;

use super::{
    SyncError,
    paid::{billed, kept, paid, still_kept},
    take_over,
};
use crate::{
    Refusal,
    catalogue::{Catalogue, Interval, known},
    checkout::{Checkout, priced},
    extra_seats,
    offer::{Begins, Offer, is_current, offer},
    price::{PriceKey, Thing},
    pricing::{self, Charge},
    subscription::{Subscription, TillKind, subscription},
    till::{Change, ChangeBilling, ChangedLine, Kept, Priced, ProviderSubscription, Till, TillTrouble},
};

/// What there is to change, and under which prices.
struct Standing {
    ours: Subscription,
    catalogue: Arc<Catalogue>,
    /// So many full seats somebody works on.
    active: i64,
    theirs: ProviderSubscription,
    now: Timestamp,
}

async fn standing<P: Right>(grant: &Grant<P>, till: &dyn Till) -> Result<Standing, Refusal> {
    let mut session = grant.read().await?;
    let ours = subscription(&mut session).await?;
    let catalogue = known(&mut session, &ours.catalogue, ours.catalogue_version).await?;
    let (active, now) = (extra_seats::active(&mut session).await?, session.now());
    drop(session);
    let id = ours.provider_subscription.as_deref().ok_or(Refusal::NotRunning)?;
    let theirs = till.subscription(id).await?;
    Ok(Standing { ours, catalogue, active, theirs, now })
}

/// Puts the workspace on another plan: a larger one now, if what is due for it can be charged to the card; a smaller one
/// with the next period. The plan that runs takes back what was scheduled. A cancellation is taken back by any choice.
///
/// # Errors
/// The plan cannot be had, the card was declined, or the provider does not answer: then nothing changed.
pub async fn change_plan(
    grant: &Grant<BillingManage>,
    till: &dyn Till,
    (plan, interval): (&str, Interval),
) -> Result<Offer, Refusal> {
    let Standing { ours, catalogue, active, mut theirs, now } = standing(grant, till).await?;
    let offer = offer(&catalogue, &ours, (plan, interval), active, now)?;
    let new = catalogue.plan(plan).ok_or_else(|| Refusal::UnknownPlan(plan.to_owned()))?;
    // The moment is in it: what failed once is answered anew, as when the card is another one.
    let key = format!("plan:{}:{plan}:{}:{}", theirs.id, interval.name(), now.millis());
    let wish = Wish { till, catalogue: &catalogue, key, now };
    let is_current = is_current(&ours, plan, interval);
    let had = match is_current {
        true => paid_lines(&catalogue, &theirs),
        false => {
            let items = pricing::items_under(&catalogue, new, &ours.items, active);
            let charges = pricing::charges(&catalogue, new, interval, &items)?;
            charges.iter().map(|charge| priced(&catalogue, plan, interval, charge)).collect()
        }
    };
    let later = lessened(&ours, &had, pricing::billable(&catalogue, new, active));
    let is_now = offer.begins != Begins::PeriodEnd;
    if is_now {
        theirs = if is_current { wish.put_back(&theirs).await? } else { wish.had_now(&theirs, &had).await? };
    }
    if !is_now || later != had {
        theirs = wish.had_later(&theirs, &later).await?;
    }
    if theirs.cancel_at_period_end {
        till.cancel_at_period_end(&theirs.id, false, &format!("{}:goes_on", wish.key)).await?;
    }
    take_over(grant, till, &theirs.id, None).await?;
    Ok(offer)
}

/// The second that a moment lies in ends here: what is left of a period is counted in whole ones, at both sides.
fn whole_second(moment: Timestamp) -> Timestamp {
    Timestamp::from_millis(moment.millis().saturating_add(999).div_euclid(1000).saturating_mul(1000))
}

/// A wish for other terms, told to the provider in steps.
struct Wish<'a> {
    till: &'a dyn Till,
    catalogue: &'a Catalogue,
    key: String,
    now: Timestamp,
}

impl Wish<'_> {
    /// These lines from now on; where the card is declined everything is as it was.
    async fn had_now(
        &self,
        theirs: &ProviderSubscription,
        had: &[Priced],
    ) -> Result<ProviderSubscription, TillTrouble> {
        let paid = self.put_back(theirs).await?;
        let billing = ChangeBilling::Now { counted_from: Some(whole_second(self.now)) };
        let told = self.tell(&paid, had, (billing, None), &format!("{}:now", self.key)).await;
        if let (Some(kept), Err(TillTrouble::Declined { .. } | TillTrouble::Refused { .. })) =
            (still_kept(theirs), &told)
        {
            let kept = Kept { since: self.now, ..kept.clone() };
            let before = lines_of(self.catalogue, billed(theirs));
            let key = format!("{}:as_it_was", self.key);
            self.tell(&paid, &before, (ChangeBilling::NotNow, Some(kept)), &key).await?;
        }
        told
    }

    /// Where less was chosen for the next period: again what is paid until then, so that it is given back whole when
    /// something else comes, and not charged a second time.
    async fn put_back(&self, theirs: &ProviderSubscription) -> Result<ProviderSubscription, TillTrouble> {
        let Some(kept) = still_kept(theirs) else { return Ok(theirs.clone()) };
        let key = format!("paid:{}:{}", theirs.id, kept.since.millis());
        self.tell(theirs, &paid_lines(self.catalogue, theirs), (ChangeBilling::NotNow, None), &key).await
    }

    /// These lines from the next period on; what is paid until then is kept.
    async fn had_later(
        &self,
        theirs: &ProviderSubscription,
        later: &[Priced],
    ) -> Result<ProviderSubscription, TillTrouble> {
        let kept = kept(theirs, self.now);
        self.tell(theirs, later, (ChangeBilling::NotNow, Some(kept)), &format!("{}:later", self.key)).await
    }

    async fn tell(
        &self,
        theirs: &ProviderSubscription,
        wanted: &[Priced],
        (billing, kept): (ChangeBilling, Option<Kept>),
        key: &str,
    ) -> Result<ProviderSubscription, TillTrouble> {
        let change = change(self.catalogue, exchanged(theirs, wanted), billing, kept);
        self.till.change(&theirs.id, &change, key).await
    }
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
fn exchanged(theirs: &ProviderSubscription, wanted: &[Priced]) -> Vec<ChangedLine> {
    let item_of = |key: &str| PriceKey::parse(key).map(|key| key.thing.item().to_owned());
    let is_same = |one: &str, other: &str| item_of(one).is_some() && item_of(one) == item_of(other);
    let line = |priced: &Priced| {
        let same = theirs.items.iter().find(|item| is_same(&item.price_key, &priced.price_key));
        ChangedLine { provider_item: same.map(|item| item.id.clone()), priced: priced.clone() }
    };
    let gone = theirs.items.iter().filter(|item| {
        item_of(&item.price_key).is_some() && !wanted.iter().any(|wanted| is_same(&wanted.price_key, &item.price_key))
    });
    let gone = gone.map(|item| ChangedLine {
        provider_item: Some(item.id.clone()),
        priced: Priced {
            price_key: item.price_key.clone(),
            name: String::new(),
            unit: item.unit,
            quantity: 0,
            interval: None,
        },
    });
    wanted.iter().map(line).chain(gone).collect()
}

/// What is paid until the period ends.
fn paid_lines(catalogue: &Catalogue, theirs: &ProviderSubscription) -> Vec<Priced> {
    lines_of(catalogue, paid(theirs))
}

fn lines_of(catalogue: &Catalogue, things: Vec<(PriceKey, i64)>) -> Vec<Priced> {
    let line = |(key, quantity): (PriceKey, i64)| {
        let name = match &key.thing {
            Thing::Plan(plan) => catalogue.plan(plan).map_or_else(|| plan.clone(), |plan| plan.name.clone()),
            thing => pricing::name_of(catalogue, thing.item()),
        };
        Priced { price_key: key.to_string(), name, unit: key.unit, quantity, interval: Some(key.interval) }
    };
    things.into_iter().map(line).collect()
}

/// The same with fewer of what fewer were chosen of for the next period, and no more metered seats than so many.
fn lessened(ours: &Subscription, lines: &[Priced], seats: Option<i64>) -> Vec<Priced> {
    let fewer = |line: &Priced| match PriceKey::parse(&line.price_key)?.thing {
        Thing::Addon(addon) => ours.items.iter().find(|item| item.item == addon)?.next_quantity,
        Thing::ExtraSeat => seats.map(|seats| seats.min(line.quantity)),
        Thing::Plan(_) => None,
    };
    let lessened = lines.iter().map(|line| Priced { quantity: fewer(line).unwrap_or(line.quantity), ..line.clone() });
    lessened.filter(|line| line.quantity > 0).collect()
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
    let Standing { theirs, now, .. } = standing(grant, till).await?;
    let key = format!("goes_on:{}:{goes_on}:{}", theirs.id, now.millis());
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
    let Standing { ours, catalogue, theirs, now, .. } = standing(grant, till).await?;
    let item = ours.items.iter().find(|item| item.item == addon);
    let item = item.ok_or(Error::NotFound)?;
    if catalogue.addon(addon).is_none() {
        return Err(Refusal::UnknownAddon(addon.to_owned()));
    }
    if quantity > item.quantity {
        return Err(Refusal::NotLess);
    }
    let unit = item.unit_monthly.checked_mul(ours.interval.months()).ok_or(Refusal::TooMuch)?;
    let charge = Charge { item: addon.to_owned(), name: pricing::name_of(&catalogue, addon), quantity, unit };
    let line = ChangedLine {
        provider_item: item.provider_item.clone(),
        priced: priced(&catalogue, &ours.plan, ours.interval, &charge),
    };
    let change = change(&catalogue, vec![line], ChangeBilling::NotNow, Some(kept(&theirs, now)));
    let key = format!("less:{}:{addon}:{quantity}:{}", theirs.id, now.millis());
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
        let mut kept = still_kept(&theirs).cloned();
        for (key, count) in kept.iter_mut().flat_map(|kept| &mut kept.items) {
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
            kept,
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
