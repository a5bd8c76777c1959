//! Credits whose payment went back: by a refund, or by a bank that disputes it. Each is an entry of its own (INV-33).

use tenancy::{Grant, Housekeeping, Work, args, sql};

use super::SyncError;
use crate::{
    checkout::{CheckoutKind, CheckoutStatus, checkout, credits_of},
    ledger::{self, Credits},
    till::{ProviderPayment, Till, TillTrouble},
};

/// Takes back as many of the credits as their payment's share that is gone; gives them again when a dispute was won.
pub(crate) async fn take_back(grant: &Grant<Housekeeping>, theirs: &ProviderPayment) -> Result<(), SyncError> {
    let mut tx = grant.begin().await?;
    let outcome = taken_back(&mut tx, theirs).await;
    tx.settle(outcome).await
}

async fn taken_back(work: &mut Work, theirs: &ProviderPayment) -> Result<(), SyncError> {
    let Some(id) = theirs.checkout else { return Ok(()) };
    work.mark(sql!("update subscriptions set version = version where workspace_id = $1"), &[]).await?;
    let bought = checkout(work, id).await?;
    if bought.kind != CheckoutKind::Credits || bought.status != CheckoutStatus::Complete {
        return Ok(());
    }
    let credits = credits_of(work, &bought).await?.get();
    let target = share(credits, theirs);
    // A bank can take the same back again after it gave it up: each time is an entry of its own.
    let key = format!("{}/{target}/{}", theirs.id, ledger::account(work).await?.entries);
    match target - bought.taken_back {
        0 => return Ok(()),
        less @ 1.. => {
            let less = Credits::try_from(less).map_err(|error| tenancy::Error::Corrupt(error.into()))?;
            match theirs.disputed {
                0 => ledger::refund(work, less, &key).await?,
                _ => ledger::dispute(work, less, &key).await?,
            }
        }
        more => ledger::adjust(work, -more, &key).await?,
    }
    let text = sql!("update checkouts set taken_back = $3 where workspace_id = $1 and id = $2");
    work.run(text, args![id, target]).await?;
    Ok(())
}

/// Gives a payment back, once. One that a bank took back already is gone all the same.
pub(crate) async fn pay_back(till: &dyn Till, payment: &str, key: &str) -> Result<(), TillTrouble> {
    match till.refund(payment, key).await {
        Err(TillTrouble::Refused { code }) => {
            tracing::error!(payment, code, "a payment cannot be paid back");
            Ok(())
        }
        refunded => refunded,
    }
}

/// How many of the credits the money that is gone had paid.
fn share(credits: i64, theirs: &ProviderPayment) -> i64 {
    let gone = theirs.refunded.saturating_add(theirs.disputed).clamp(0, theirs.amount.max(0));
    let part = i128::from(credits) * i128::from(gone) / i128::from(theirs.amount.max(1));
    i64::try_from(part).unwrap_or(credits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inv_33_what_goes_back_takes_its_share_of_the_credits() {
        let payment = |refunded, disputed| ProviderPayment {
            id: "pi_1".into(),
            checkout: None,
            workspace: None,
            amount: 4_990,
            refunded,
            disputed,
        };
        assert_eq!(share(1_000, &payment(0, 0)), 0);
        assert_eq!(share(1_000, &payment(2_495, 0)), 500);
        assert_eq!(share(1_000, &payment(4_990, 0)), 1_000);
        assert_eq!(share(1_000, &payment(1, 4_989)), 1_000);
        assert_eq!(share(1_000, &payment(4_990, 4_990)), 1_000, "never more than there were");
    }
}
