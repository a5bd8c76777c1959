//! Metered seats (INV-16): whoever is active beyond the included ones is billed from that second on; a seat that is
//! given back stays usable until the period ends and is not renewed (E6).

use kernel::Timestamp;
use serde_json::json;
use tenancy::{Error, Event, Housekeeping, Session, Subject, Tx, Work, sql};

use crate::{
    Refusal,
    catalogue::{Catalogue, known},
    invoice,
    price::EXTRA_SEAT,
    pricing::{self, Charge, billable, name_of},
    subscription::{Item, State, Subscription, held_subscription, subscription, write},
    sync,
};

/// How many full seats somebody works on: waiting invitations reserve one and are not billed.
///
/// # Errors
/// The database cannot answer.
pub(crate) async fn active(session: &mut Session) -> Result<i64, Error> {
    let text =
        sql!("select count(*) from memberships where workspace_id = $1 and seat_type = 'full' and status = 'active'");
    session.first(text, &[]).await?.map_or(Ok(0), |mut row| row.take(0))
}

/// Looks how many seats are to be billed, after one was taken or given back at a moment.
///
/// # Errors
/// An amount is too large, or the database cannot answer.
pub async fn seats_changed(tx: &mut Tx<Housekeeping>, at: Timestamp) -> Result<(), Refusal> {
    let before = subscription(tx).await?;
    let catalogue = known(tx, &before.catalogue, before.catalogue_version).await?;
    let Some(seats) = wanted(tx, &catalogue, &before).await? else { return Ok(()) };
    if before.is_mirrored() {
        sync::leave_to_bill(tx, &before, seats);
        return Ok(());
    }
    let mut held = held_subscription(tx).await?;
    if settle(tx, &catalogue, &mut held, at).await? {
        write(tx, &held).await?;
    }
    Ok(())
}

/// The quantity that is to be billed, where that is another than is; `None` too where seats are not metered.
async fn wanted(
    session: &mut Session,
    catalogue: &Catalogue,
    subscription: &Subscription,
) -> Result<Option<i64>, Error> {
    let runs = matches!(subscription.state, State::Active | State::PastDue);
    let Some(plan) = catalogue.plan(subscription.seats_plan()).filter(|_| runs) else { return Ok(None) };
    if plan.extra_seat_monthly.stated().is_none() {
        return Ok(None);
    }
    let item = subscription.items.iter().find(|item| item.item == EXTRA_SEAT);
    let billed = item.map_or(0, |item| item.next_quantity.unwrap_or(item.quantity));
    let active = active(session).await?;
    Ok(billable(catalogue, plan, active).filter(|quantity| *quantity != billed))
}

/// Brings a held subscription in line with its seats; whether that changed it.
pub(crate) async fn settle(
    work: &mut Work,
    catalogue: &Catalogue,
    subscription: &mut Subscription,
    at: Timestamp,
) -> Result<bool, Refusal> {
    let Some(quantity) = wanted(work, catalogue, subscription).await? else { return Ok(false) };
    let plan = catalogue.plan(&subscription.plan);
    let unit_monthly = plan.and_then(|plan| plan.extra_seat_monthly.stated()).unwrap_or_default();
    let place = match subscription.items.iter().position(|item| item.item == EXTRA_SEAT) {
        Some(place) => place,
        None => {
            let item = EXTRA_SEAT.to_owned();
            let new = Item { item, quantity: 0, unit_monthly, next_quantity: None, provider_item: None };
            subscription.items.push(new);
            subscription.items.len() - 1
        }
    };
    let (period, months) = (subscription.period, subscription.interval.months());
    let is_invoiced = subscription.is_invoiced_here();
    let item = &mut subscription.items[place];
    let more = quantity - item.quantity;
    // Fewer than are paid until the end of the period are renewed less; as many again cost nothing more.
    item.next_quantity = (more < 0).then_some(quantity);
    if more > 0 {
        item.quantity = quantity;
        let unit = item.unit_monthly.checked_mul(months).ok_or(Refusal::TooMuch)?;
        let charge = Charge { item: EXTRA_SEAT.to_owned(), name: name_of(catalogue, EXTRA_SEAT), quantity, unit };
        if is_invoiced {
            invoice::leave(work, pricing::part(&charge, more, period.remaining(at), period.seconds())?).await?;
        }
    }
    let event = Event::new("subscription.changed", Subject::new("workspace", work.workspace()));
    work.record(event.payload(json!({ "item": EXTRA_SEAT, "quantity": quantity })));
    Ok(true)
}
