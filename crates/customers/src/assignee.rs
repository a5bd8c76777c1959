//! Who has or recently had a conversation of a customer: what makes it an "assigned contact". Conversations write
//! it, the own-reach of `customer.view` and `customer.view_unmasked` reads it (ruling 7).

use std::time::Duration;

use kernel::{CustomerId, MemberId, Timestamp, days};
use tenancy::{Error, Session, Work, args, sql};

/// How long a customer stays somebody's contact after their last conversation ended.
const CONTACT_LASTS: Duration = days(90);

/// A conversation of the customer is now in the member's hands.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn assigned(work: &mut Work, customer: CustomerId, member: MemberId) -> Result<(), Error> {
    let text = sql!(
        "insert into customer_assignees (workspace_id, customer_id, member_id, until) values ($1, $2, $3, null)
         on conflict (workspace_id, customer_id, member_id) do update set until = null"
    );
    work.run(text, args![customer, member]).await.map(drop)
}

/// The member's last conversation of the customer ended or moved on.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn released(work: &mut Work, customer: CustomerId, member: MemberId) -> Result<(), Error> {
    let text = sql!(
        "update customer_assignees set until = $4
         where workspace_id = $1 and customer_id = $2 and member_id = $3 and until is null"
    );
    let until = work.now().plus(CONTACT_LASTS);
    work.run(text, args![customer, member, until]).await.map(drop)
}

/// What made the customer a contact was taken back: it is one until when it was before, or was none.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn contact_again(
    work: &mut Work,
    customer: CustomerId,
    member: MemberId,
    until: Option<Timestamp>,
) -> Result<(), Error> {
    let gone = sql!("delete from customer_assignees where workspace_id = $1 and customer_id = $2 and member_id = $3");
    let put = sql!(
        "insert into customer_assignees (workspace_id, customer_id, member_id, until) values ($1, $2, $3, $4)
         on conflict (workspace_id, customer_id, member_id) do update set until = excluded.until"
    );
    match until {
        Some(until) => work.run(put, args![customer, member, until]).await.map(drop),
        None => work.run(gone, args![customer, member]).await.map(drop),
    }
}

/// Everything the member had in hand ended or moved on.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn released_all(work: &mut Work, member: MemberId) -> Result<(), Error> {
    let text =
        sql!("update customer_assignees set until = $3 where workspace_id = $1 and member_id = $2 and until is null");
    let until = work.now().plus(CONTACT_LASTS);
    work.run(text, args![member, until]).await.map(drop)
}

/// Whose contact the customer is at this moment.
///
/// # Errors
/// The database cannot answer.
pub async fn contacts(session: &mut Session, customer: CustomerId) -> Result<Vec<MemberId>, Error> {
    let text = sql!(
        "select member_id from customer_assignees
         where workspace_id = $1 and customer_id = $2 and (until is null or until > $3)"
    );
    let now = session.now();
    session.all(text, args![customer, now]).await?.into_iter().map(|mut row| row.take(0)).collect()
}
