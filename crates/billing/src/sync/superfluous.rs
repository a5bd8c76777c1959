//! A second subscription of a workspace: it gives nothing that the first does not, so what it cost goes back and it ends.

use tenancy::{Error, Event, Grant, Right, Subject, Work, args, sql};

use super::{SyncError, pay_back};
use crate::{
    checkout::{self, CheckoutStatus},
    till::{ProviderSubscription, Till},
};

/// Gives back what was paid for it, once, says so, and ends it. The end comes last: whatever fails before it leaves a
/// subscription that runs, which is met again.
pub(super) async fn undo<P: Right>(
    grant: &Grant<P>,
    till: &dyn Till,
    theirs: &ProviderSubscription,
) -> Result<(), SyncError> {
    let payments = till.payments(&theirs.id).await?;
    for payment in &payments {
        pay_back(till, payment, &format!("refund:{payment}")).await?;
    }
    let mut tx = grant.begin().await?;
    tx.answer_is_secret();
    let outcome = told(&mut tx, theirs, payments.last()).await;
    if tx.settle(outcome).await? {
        tracing::error!(subscription = theirs.id, "a second subscription of a workspace is paid back and cancelled");
    }
    Ok(till.cancel_now(&theirs.id).await?)
}

/// Records it with the purchase that made it. One purchase can be paid on two pages, where the answer to the first one's
/// opening was lost: then it stays complete, and the payment that went back is what tells the second time from the first.
/// Whether it is the first; of one that nobody bought here nothing is known.
async fn told(work: &mut Work, theirs: &ProviderSubscription, payment: Option<&String>) -> Result<bool, Error> {
    let Some(id) = theirs.checkout else { return Ok(true) };
    let ended = checkout::end(work, id, CheckoutStatus::Refunded).await?;
    let text = sql!(
        "update checkouts set payment_id = $3 where workspace_id = $1 and id = $2 and coalesce(payment_id, '') <> $3"
    );
    let noted = match payment {
        Some(payment) => work.mark(text, args![id, payment.as_str()]).await? == 1,
        None => false,
    };
    if ended || noted {
        work.record(Event::new("checkout.refunded", Subject::new("checkout", id)));
    }
    Ok(ended || noted)
}
