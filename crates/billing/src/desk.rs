//! What an owner asks for, wherever the subscription is run: by us, or by the payment provider, which is then asked
//! first. The one place that tells the two apart.

use tenancy::{BillingManage, BillingPurchaseAddons, Grant, Right, sql};

use crate::{
    Refusal,
    catalogue::Interval,
    change::{self, Changed},
    subscription::{Subscription, subscription},
    sync,
    till::Till,
};

/// Asks for a plan.
///
/// # Errors
/// It cannot be had, the workspace is about to be deleted, the card was declined, or the provider does not answer: then
/// nothing changed.
pub async fn change_plan(
    grant: &Grant<BillingManage>,
    till: &dyn Till,
    (plan, interval): (&str, Interval),
) -> Result<Changed, Refusal> {
    must_stay(grant).await?;
    if is_mirrored(grant).await? {
        let offer = sync::change_plan(grant, till, (plan, interval)).await?;
        return Ok(Changed { offer, invoice: None });
    }
    let mut tx = grant.begin().await?;
    match change::change_plan(&mut tx, plan, interval).await {
        Ok(changed) => tx.settle(Ok::<_, Refusal>(())).await.map(|()| changed),
        Err(refusal) => Err(tx.refuse(refusal).await),
    }
}

/// Lets the subscription end with its period, or takes that back.
///
/// # Errors
/// Nothing runs, or the provider does not answer.
pub async fn go_on(grant: &Grant<BillingManage>, till: &dyn Till, goes_on: bool) -> Result<Subscription, Refusal> {
    if is_mirrored(grant).await? {
        return match goes_on {
            true => sync::resume(grant, till).await,
            false => sync::cancel(grant, till).await,
        };
    }
    let mut tx = grant.begin().await?;
    let outcome = match goes_on {
        true => change::resume(&mut tx).await,
        false => change::cancel(&mut tx).await,
    };
    match outcome {
        Ok(changed) => tx.settle(Ok::<_, Refusal>(())).await.map(|()| changed),
        Err(refusal) => Err(tx.refuse(refusal).await),
    }
}

/// Has less of an add-on from the next period on.
///
/// # Errors
/// There is no such add-on or not so many of it, or the provider does not answer.
pub async fn reduce_addon(
    grant: &Grant<BillingPurchaseAddons>,
    till: &dyn Till,
    addon: &str,
    quantity: i64,
) -> Result<Subscription, Refusal> {
    if is_mirrored(grant).await? {
        return sync::reduce_addon(grant, till, addon, quantity).await;
    }
    let mut tx = grant.begin().await?;
    match change::reduce_addon(&mut tx, addon, quantity).await {
        Ok(changed) => tx.settle(Ok::<_, Refusal>(())).await.map(|()| changed),
        Err(refusal) => Err(tx.refuse(refusal).await),
    }
}

/// Nothing is sold to a workspace whose deletion was asked for: what was paid would end with it.
pub(crate) async fn must_stay<P: Right>(grant: &Grant<P>) -> Result<(), Refusal> {
    let text = sql!("select 1 from workspaces where workspace_id = $1 and deletion_at is not null");
    match grant.read().await?.first(text, &[]).await? {
        Some(_) => Err(Refusal::Deleting),
        None => Ok(()),
    }
}

async fn is_mirrored<P: Right>(grant: &Grant<P>) -> Result<bool, Refusal> {
    Ok(subscription(&mut grant.read().await?).await?.is_mirrored())
}
