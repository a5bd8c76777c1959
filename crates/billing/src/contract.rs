//! How many full seats a contract states, in catalogues whose seats are agreed with the operator.

use serde_json::json;
use tenancy::{Event, Operating, Subject, Tx};

use crate::{
    Refusal,
    catalogue::{SeatBilling, known},
    checkout::Quantity,
    effect,
    subscription::{Item, Subscription, held_subscription, write},
};

/// The item by which a subscription says how many full seats were agreed on. It costs nothing by itself: the contract
/// says what does.
pub const CONTRACT_SEATS: &str = "contract_seats";

/// Writes down how many full seats were agreed on; `None` leaves it to what the plan itself says. Everything else stays,
/// and nobody loses a seat at once who has one (INV-17).
///
/// # Errors
/// Seats are not agreed on in the workspace's catalogue, or the database cannot answer.
pub async fn agree_on_seats(tx: &mut Tx<Operating>, seats: Option<Quantity>) -> Result<Subscription, Refusal> {
    let mut subscription = held_subscription(tx).await?;
    let catalogue = known(tx, &subscription.catalogue, subscription.catalogue_version).await?;
    if catalogue.seat_billing != SeatBilling::Contract {
        return Err(Refusal::NoContract);
    }
    let (before, after) = (subscription.contract_seats(), seats.map(Quantity::get));
    if before == after {
        return Ok(subscription);
    }
    subscription.items.retain(|item| item.item != CONTRACT_SEATS);
    subscription.items.extend(after.map(agreed));
    write(tx, &subscription).await?;
    effect::apply(tx, &subscription).await?;
    let event = Event::new("subscription.seats_agreed", Subject::new("workspace", tx.workspace()));
    tx.record(event.payload(json!({ "from": before, "to": after })));
    Ok(subscription)
}

fn agreed(quantity: i64) -> Item {
    let item = CONTRACT_SEATS.to_owned();
    Item { item, quantity, unit_monthly: 0, next_quantity: None, provider_item: None }
}
