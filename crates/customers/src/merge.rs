//! Two customers that are one person: one becomes part of the other. Each keeps its identities, its visitors and its
//! conversations, so that nobody on a website sees more than before; members see one customer with all of them.

use kernel::{CustomerId, CustomerNoteId, LabelId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tenancy::{Error, Row, Session, Work, args, sql};

use crate::{
    Customer, Refusal, customer,
    label::{Labelled, MOST_LABELS, label_ids, link, unlink},
    note,
};

/// What moved from one customer to the other, as ids; contact data as fingerprints, so that parting tells it from what
/// was written since without its being kept here.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Moved {
    labels: Vec<LabelId>,
    notes: Vec<CustomerNoteId>,
    /// Customers that had become part of the one before.
    parts: Vec<CustomerId>,
    email: Option<String>,
    phone: Option<String>,
}

/// The customer as members see them: the one that this one became part of, or itself.
///
/// # Errors
/// [`Error::NotFound`] for what does not exist.
pub async fn whole(session: &mut Session, id: CustomerId) -> Result<CustomerId, Error> {
    let text = sql!("select coalesce(merged_into, id) from customers where workspace_id = $1 and id = $2");
    session.first(text, args![id]).await?.ok_or(Error::NotFound)?.take(0)
}

/// Makes a customer part of another one of the same business; both are held.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn join(work: &mut Work, source: &Customer, target: &Customer) -> Result<Moved, Refusal> {
    let parts = sql!("update customers set merged_into = $3 where workspace_id = $1 and merged_into = $2 returning id");
    let into = sql!("update customers set merged_into = $3, version = version + 1 where workspace_id = $1 and id = $2");
    let moved = Moved {
        labels: labels_over(work, source, target).await?,
        notes: note::hand_over_all(work, source.id, target.id).await?,
        parts: ids(work.all(parts, args![source.id, target.id]).await?)?,
        email: goes_along(source.id, source.email.as_deref(), target.email.as_deref()),
        phone: goes_along(source.id, source.phone.as_deref(), target.phone.as_deref()),
    };
    work.run(into, args![source.id, target.id]).await?;
    hand_over(work, source.id, (source.id, target.id), &moved).await?;
    work.unindex_customer(source.id).await?;
    reindex(work, target.id).await?;
    Ok(moved)
}

/// Takes what moved apart again, as far as it is still there.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn part(work: &mut Work, source: CustomerId, target: CustomerId, moved: &Moved) -> Result<(), Error> {
    let parted =
        sql!("update customers set merged_into = null, version = version + 1 where workspace_id = $1 and id = $2");
    let again = sql!("update customers set merged_into = $3 where workspace_id = $1 and id = $2 and merged_into = $4");
    for id in &moved.notes {
        note::hand_over(work, *id, target, source).await?;
    }
    for label in &moved.labels {
        unlink(work, Labelled::Customer(target), *label).await?;
    }
    work.run(parted, args![source]).await?;
    for id in &moved.parts {
        work.run(again, args![*id, source, target]).await?;
    }
    hand_over(work, source, (target, source), moved).await?;
    reindex(work, source).await?;
    reindex(work, target).await
}

/// The labels that one carries and the other does not, as far as there is room.
async fn labels_over(work: &mut Work, source: &Customer, target: &Customer) -> Result<Vec<LabelId>, Refusal> {
    let text = sql!("select label_ids from customers where workspace_id = $1 and id = $2");
    let mut of = async |id: CustomerId| -> Result<Vec<LabelId>, Error> {
        label_ids(&work.first(text, args![id]).await?.ok_or(Error::NotFound)?.take::<String>(0)?)
    };
    let (theirs, there) = (of(source.id).await?, of(target.id).await?);
    let room = MOST_LABELS.saturating_sub(there.len());
    let new: Vec<_> = theirs.into_iter().filter(|label| !there.contains(label)).take(room).collect();
    for label in &new {
        link(work, Labelled::Customer(target.id), *label).await?;
    }
    Ok(new)
}

/// The fingerprint of what the source has and the target lacks.
fn goes_along(source: CustomerId, theirs: Option<&str>, there: Option<&str>) -> Option<String> {
    theirs.filter(|_| there.is_none()).map(|text| fingerprint(source, text))
}

/// Tells whether a text is still the same; of each customer another one, so that two rows do not tell of one address.
fn fingerprint(source: CustomerId, text: &str) -> String {
    Sha256::digest(format!("{source} {text}")).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Hands contact data over that is the source's, where the other one has none. It leaves the one first: an address is
/// one customer's.
async fn hand_over(
    work: &mut Work,
    source: CustomerId,
    (from, to): (CustomerId, CustomerId),
    moved: &Moved,
) -> Result<(), Error> {
    let data = sql!("select email, email_claimed, phone from customers where workspace_id = $1 and id = $2");
    let leave_email = sql!("update customers set email = null, email_claimed = 1 where workspace_id = $1 and id = $2");
    let leave_phone = sql!("update customers set phone = null where workspace_id = $1 and id = $2");
    let take_email = sql!(
        "update customers set email = $3, email_claimed = $4, version = version + 1
         where workspace_id = $1 and id = $2 and email is null"
    );
    let take_phone = sql!(
        "update customers set phone = $3, version = version + 1 where workspace_id = $1 and id = $2 and phone is null"
    );
    let mut row = work.first(data, args![from]).await?.ok_or(Error::NotFound)?;
    let (email, claimed): (Option<String>, bool) = (row.take(0)?, row.take(1)?);
    let phone: Option<String> = row.take(2)?;
    let is_theirs = |text: &str, print: &Option<String>| print.as_ref() == Some(&fingerprint(source, text));
    if let Some(email) = email.filter(|email| is_theirs(email, &moved.email)) {
        work.run(leave_email, args![from]).await?;
        work.run(take_email, args![to, email, claimed]).await?;
    }
    if let Some(phone) = phone.filter(|phone| is_theirs(phone, &moved.phone)) {
        work.run(leave_phone, args![from]).await?;
        work.run(take_phone, args![to, phone]).await?;
    }
    Ok(())
}

async fn reindex(work: &mut Work, id: CustomerId) -> Result<(), Error> {
    work.unindex_customer(id).await?;
    let Some(now) = customer::snapshot(work, id).await? else { return Ok(()) };
    let Customer { display_name, email, phone, created_at, .. } = now;
    customer::index(work, id, &display_name, email.as_deref(), phone.as_deref(), created_at).await
}

fn ids<T: tenancy::FromValue>(rows: Vec<Row>) -> Result<Vec<T>, Error> {
    rows.into_iter().map(|mut row| row.take(0)).collect()
}
