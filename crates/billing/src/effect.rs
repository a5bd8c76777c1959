//! What a subscription makes true in its workspace: how much it may hold, what it may do, whether it may go on.
//! Nothing else writes entitlements, caps or the state that a plan decides.

use std::collections::BTreeMap;

use tenancy::{Error, Meter, Work, args, sql};

use crate::{
    catalogue::{Adds, Amount, Catalogue, Plan, SeatBilling, known},
    ledger, seat,
    subscription::{State, Subscription},
};

/// Brings caps, entitlements and state in line with a subscription that was just written. Every next request and every
/// open stream looks again.
///
/// # Errors
/// The catalogue is not known any more, or the database cannot answer.
pub async fn apply(work: &mut Work, subscription: &Subscription) -> Result<(), Error> {
    work.rights_change().await?;
    let catalogue = known(work, &subscription.catalogue, subscription.catalogue_version).await?;
    let plan = catalogue
        .plan(&subscription.plan)
        .ok_or_else(|| Error::Corrupt(format!("the catalogue has no plan {:?}", subscription.plan)))?;
    for (meter, cap) in caps(&catalogue, plan, subscription) {
        seat::limit(work, meter, cap, &seat::remedies(&catalogue, plan, meter)).await?;
    }
    // While everything may be tried nothing is left out.
    let entitlements = match subscription.state {
        State::Trialing => BTreeMap::new(),
        _ => plan.entitlements.clone(),
    };
    let entitlements = serde_json::to_string(&entitlements).map_err(|error| Error::Corrupt(error.to_string()))?;
    let state = if subscription.state == State::Restricted { "restricted" } else { "active" };
    // A scheduled deletion goes before; taking it back leads to what the plan says by then.
    let text = sql!(
        "update workspaces set entitlements = $2, version = version + 1,
            state = case when state in ('active', 'restricted') then $3 else state end,
            state_before_deletion = case when state_before_deletion is null then null else $3 end
         where workspace_id = $1"
    );
    work.run(text, args![entitlements, state]).await?;
    ledger::grant_period(work, subscription, plan).await
}

/// The cap of every meter; `None` caps nothing.
pub fn caps(catalogue: &Catalogue, plan: &Plan, subscription: &Subscription) -> [(Meter, Option<i64>); 3] {
    [
        (Meter::FullSeats, full_seats(catalogue, plan, subscription)),
        (Meter::CollaboratorSeats, plan.max_collaborator_seats.cap()),
        (Meter::Businesses, with_slots(catalogue, plan.included_businesses, subscription, Adds::BusinessSlot)),
    ]
}

fn full_seats(catalogue: &Catalogue, plan: &Plan, subscription: &Subscription) -> Option<i64> {
    match catalogue.seat_billing {
        SeatBilling::Unlimited => None,
        SeatBilling::Metered | SeatBilling::HardCap => plan.max_full_seats.cap(),
        // What was agreed beside the plan, else what the plan itself says where it was written for one customer.
        SeatBilling::Contract => subscription.contract_seats().or(plan.max_full_seats.cap()),
        SeatBilling::Slots => with_slots(catalogue, plan.included_full_seats, subscription, Adds::FullSeat),
    }
}

/// What the plan includes and what was bought beside it.
fn with_slots(catalogue: &Catalogue, included: Amount, subscription: &Subscription, adds: Adds) -> Option<i64> {
    let bought = subscription.items.iter().filter_map(|item| {
        let addon = catalogue.addon(&item.item).filter(|addon| addon.recurring && addon.adds == adds)?;
        Some(item.quantity.saturating_mul(addon.quantity))
    });
    Some(included.cap()?.saturating_add(bought.fold(0, i64::saturating_add)))
}
