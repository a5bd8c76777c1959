//! What happens while an invoice of a period is not paid in time: it is looked at again after one, three and five days,
//! each time is told, and then the workspace is restricted until it is paid (E7).

use kernel::{DAY, Timestamp};
use serde_json::json;
use tenancy::{Error, Event, Subject, Work};

use crate::{
    by_hand, cycle, invoice,
    period::next_end,
    subscription::{Period, State, Subscription},
};

/// Days after the first failure.
const RETRY_DAYS: [u32; 3] = [1, 3, 5];

/// Looks whether what is due was paid.
pub(crate) async fn look(work: &mut Work, subscription: &mut Subscription) -> Result<(), Error> {
    let now = work.now();
    let Some(owed) = invoice::owed(work).await?.filter(|owed| owed.due_at <= now) else {
        let event = Event::new("subscription.changed", Subject::new("workspace", work.workspace()));
        work.record(event.payload(json!({ "cause": "paid" })));
        return settled(work, subscription).await;
    };
    // Nothing else is sold meanwhile, and what was priced for this period is not to begin another one.
    by_hand::overtake(work).await?;
    let since = *subscription.past_due_since.get_or_insert(now);
    if subscription.state == State::PastDue {
        subscription.attempts += 1;
    } else {
        (subscription.state, subscription.attempts) = (State::PastDue, 0);
    }
    let retry = usize::try_from(subscription.attempts).ok().and_then(|attempt| RETRY_DAYS.get(attempt));
    match retry {
        Some(days) => {
            subscription.next_attempt_at = Some(since.plus(DAY * *days));
            let event = Event::new("payment.failed", Subject::new("workspace", work.workspace()));
            work.record(event.payload(json!({ "invoice_id": owed.id, "attempt": subscription.attempts })));
        }
        None => cycle::restrict(work, subscription),
    }
    Ok(())
}

/// Goes on after an invoice of a period was paid or taken back: with the next one that is owed, or as before. Nothing
/// is invoiced for periods in which nobody could work.
pub(crate) async fn settled(work: &mut Work, subscription: &mut Subscription) -> Result<(), Error> {
    let now = work.now();
    subscription.next_attempt_at = match invoice::owed(work).await? {
        Some(owed) if owed.due_at <= now => return Ok(()),
        Some(owed) => Some(owed.due_at),
        None => None,
    };
    let was = (subscription.state, subscription.past_due_since.take());
    subscription.attempts = 0;
    if let (State::Restricted, Some(_)) = was {
        skip_what_passed(subscription, now);
    }
    if matches!(was, (State::PastDue | State::Restricted, Some(_))) {
        subscription.state = State::Active;
        work.record(Event::new("subscription.restored", Subject::new("workspace", work.workspace())));
    }
    Ok(())
}

/// Moves to the last period that ended, so that the one which runs now is the next to be invoiced.
fn skip_what_passed(subscription: &mut Subscription, now: Timestamp) {
    loop {
        let Period { end, .. } = subscription.period;
        let following = next_end(subscription.anchor, end, subscription.interval);
        if following > now {
            return;
        }
        subscription.period = Period { start: end, end: following };
    }
}
