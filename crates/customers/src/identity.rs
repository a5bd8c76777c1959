//! What ties a customer to the outside: identities that a site signed.

use kernel::{BusinessId, CustomerId};
use serde_json::json;
use tenancy::{Error, Event, Session, Subject, Work, args, sql};

/// A user of the business's own site, signed with the channel's secret.
pub const SITE_USER: &str = "site_user";

/// The customer of the business that this identity belongs to.
///
/// # Errors
/// The database cannot answer.
pub async fn identified_by(
    session: &mut Session,
    business: BusinessId,
    kind: &str,
    value: &str,
) -> Result<Option<CustomerId>, Error> {
    let text = sql!(
        "select customer_id from customer_identities
         where workspace_id = $1 and business_id = $2 and kind = $3 and value = $4"
    );
    session.first(text, args![business, kind, value]).await?.map(|mut row| row.take(0)).transpose()
}

/// Ties the identity to the customer.
///
/// # Errors
/// [`Error::Conflict`] when somebody else just tied it to another.
pub async fn identify(
    work: &mut Work,
    customer: CustomerId,
    business: BusinessId,
    kind: &str,
    value: &str,
) -> Result<(), Error> {
    let tie = sql!(
        "insert into customer_identities (workspace_id, business_id, kind, value, customer_id)
         values ($1, $2, $3, $4, $5)"
    );
    let vouch = sql!("update customers set identified = 1, version = version + 1 where workspace_id = $1 and id = $2");
    work.run(tie, args![business, kind, value, customer]).await?;
    work.run(vouch, args![customer]).await?;
    let event = Event::new("customer.identified", Subject::new("customer", customer));
    work.record(event.payload(json!({ "customer_id": customer, "kind": kind })));
    Ok(())
}
