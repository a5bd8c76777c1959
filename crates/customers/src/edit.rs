//! Changing what is known of a customer.

use kernel::{CustomerId, EmailAddress, Line};
use serde_json::{Value as Json, json};
use tenancy::{CustomerEdit, Error, Event, Permission, Reach, Right, Subject, Tx, Work, args, sql};

use crate::{Customer, Refusal, customer, masking::Exposure, show};

/// What to change; what is `None` stays. An inner `None` takes the value away.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub display_name: Option<Line>,
    pub email: Option<Option<EmailAddress>>,
    pub phone: Option<Option<Line>>,
}

/// Changes a customer. An address that a member enters is no longer a mere claim, so it is unique in the business.
///
/// # Errors
/// Out of sight, not one's own, masked for the actor, or the address is another customer's.
pub async fn update(tx: &mut Tx<CustomerEdit>, id: CustomerId, change: Change) -> Result<Customer, Refusal> {
    let before = show(tx, id).await?;
    let viewer = tx.viewer();
    if tx.reach(Permission::CustomerEdit) == Reach::Own && !before.is_own(Permission::CustomerEdit, &viewer) {
        return Err(Error::NotOwn { right: CustomerEdit::RIGHT }.into());
    }
    if before.exposure(&viewer) != Exposure::Clear {
        return Err(Refusal::Masked);
    }
    let name = change.display_name.map_or_else(|| before.display_name.clone(), String::from);
    let email = change.email.map_or_else(|| before.email.clone(), |email| email.map(String::from));
    let phone = change.phone.map_or_else(|| before.phone.clone(), |phone| phone.map(String::from));
    let changed = differences(&before, &name, email.as_deref(), phone.as_deref());
    if changed.is_empty() {
        return Ok(before);
    }
    let proven = changed.contains_key("email");
    let text = sql!(
        "update customers set display_name = $3, email = $4, phone = $5, version = version + 1,
            email_claimed = case when $6 = 1 then 0 else email_claimed end
         where workspace_id = $1 and id = $2"
    );
    let written = tx.run(text, args![id, &name, email.as_ref(), phone.as_ref(), proven]).await;
    match written {
        Err(Error::Conflict(_)) => return Err(Refusal::EmailTaken),
        written => written?,
    };
    tx.unindex_customer(id).await?;
    let at = before.created_at;
    customer::index(tx, id, &name, email.as_deref(), phone.as_deref(), at).await?;
    tx.record(updated(id, &changed));
    show(tx, id).await
}

type Differences = std::collections::BTreeMap<String, (Json, Json)>;

/// The text goes into the erasable side table; the event itself names the fields alone.
fn updated(id: CustomerId, changed: &Differences) -> Event {
    let fields: Vec<&String> = changed.keys().collect();
    let side = |pick: fn(&(Json, Json)) -> &Json| {
        Json::Object(changed.iter().map(|(field, values)| (field.clone(), pick(values).clone())).collect())
    };
    Event::new("customer.updated", Subject::new("customer", id))
        .payload(json!({ "customer_id": id, "fields": fields }))
        .details(&side(|(before, _)| before), &side(|(_, after)| after))
}

fn differences(before: &Customer, name: &str, email: Option<&str>, phone: Option<&str>) -> Differences {
    [
        ("display_name", json!(before.display_name), json!(name)),
        ("email", json!(before.email), json!(email)),
        ("phone", json!(before.phone), json!(phone)),
    ]
    .into_iter()
    .filter(|(_, old, new)| old != new)
    .map(|(field, old, new)| (field.to_owned(), (old, new)))
    .collect()
}

/// What a visitor says about itself after it was first seen: fills what nobody has proven or written otherwise.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn claim(
    work: &mut Work,
    id: CustomerId,
    name: Option<&Line>,
    email: Option<&EmailAddress>,
) -> Result<(), Error> {
    let Some(before) = customer::snapshot(work, id).await? else { return Ok(()) };
    let claimed = sql!("select email_claimed from customers where workspace_id = $1 and id = $2");
    let claimed = work.first(claimed, args![id]).await?.map_or(Ok(false), |mut row| row.take::<bool>(0))?;
    let unnamed = customer::is_nameless(id, &before.display_name);
    let name = name.filter(|_| unnamed).map_or_else(|| before.display_name.clone(), |name| name.to_string());
    let email = email.filter(|_| claimed).map_or_else(|| before.email.clone(), |email| Some(email.to_string()));
    let changed = differences(&before, &name, email.as_deref(), before.phone.as_deref());
    if changed.is_empty() {
        return Ok(());
    }
    let text = sql!(
        "update customers set display_name = $3, email = $4, version = version + 1 where workspace_id = $1 and id = $2"
    );
    work.run(text, args![id, &name, email.as_ref()]).await?;
    work.unindex_customer(id).await?;
    customer::index(work, id, &name, email.as_deref(), before.phone.as_deref(), before.created_at).await?;
    work.record(updated(id, &changed));
    Ok(())
}
