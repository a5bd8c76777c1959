//! What is paid at the provider until a subscription's period ends, whatever its items cost from the next one on. Pure.

use kernel::Timestamp;

use crate::{
    price::{PriceKey, Thing},
    till::{Kept, ProviderSubscription},
};

/// The price of each thing that is paid until the period ends, and how many of it: what was kept when less was chosen, and
/// what came on top of it since.
pub(super) fn paid(theirs: &ProviderSubscription) -> Vec<(PriceKey, i64)> {
    let kept = still_kept(theirs).into_iter().flat_map(|kept| &kept.items);
    let mut paid: Vec<_> = kept.filter_map(|(key, quantity)| read(key, *quantity)).collect();
    let billed = billed(theirs);
    let smaller_is_ahead = paid.iter().any(|(key, _)| is_plan(key) && billed.iter().all(|(other, _)| other != key));
    for (key, quantity) in billed {
        // Seats beyond a smaller plan are paid from its beginning on.
        if smaller_is_ahead && key.thing == Thing::ExtraSeat {
            continue;
        }
        match paid.iter_mut().find(|(same, _)| same.thing.item() == key.thing.item()) {
            Some((_, count)) => *count = quantity.max(*count),
            None => paid.push((key, quantity)),
        }
    }
    paid
}

/// What the provider bills for the next period.
pub(super) fn billed(theirs: &ProviderSubscription) -> Vec<(PriceKey, i64)> {
    theirs.items.iter().filter_map(|item| read(&item.price_key, item.quantity)).collect()
}

/// All of it, to be written beside a subscription that costs less from the next period on.
pub(super) fn kept(theirs: &ProviderSubscription, now: Timestamp) -> Kept {
    let items = paid(theirs).into_iter().map(|(key, quantity)| (key.to_string(), quantity)).collect();
    Kept { until: theirs.period.end, since: now, items }
}

/// What is written beside it and still holds: in a period that began since then it does not.
pub(super) fn still_kept(theirs: &ProviderSubscription) -> Option<&Kept> {
    theirs.kept.as_ref().filter(|kept| kept.until > theirs.period.start)
}

pub(super) fn is_plan(key: &PriceKey) -> bool {
    matches!(key.thing, Thing::Plan(_))
}

/// A price that is not ours is of no interest.
fn read(key: &str, quantity: i64) -> Option<(PriceKey, i64)> {
    Some((PriceKey::parse(key)?, quantity))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalogue::Interval, subscription::Period, till::ProviderItem};

    const GROWTH: &str = "guildhall:walked:1:plan:growth:month:4900";
    const STARTER: &str = "guildhall:walked:1:plan:starter:month:1900";
    const SLOT: &str = "guildhall:walked:1:addon:business_slot:month:2900";
    const SEAT: &str = "guildhall:walked:1:extra_seat:month:1500";

    fn theirs(items: &[(&str, i64)], kept: &[(&str, i64)]) -> ProviderSubscription {
        let moment = |day: i64| Timestamp::from_millis(day * 86_400_000);
        let item = |(key, quantity): &(&str, i64)| ProviderItem {
            id: format!("si_{key}"),
            price_key: (*key).to_owned(),
            quantity: *quantity,
            unit: 0,
        };
        let items_kept = kept.iter().map(|(key, quantity)| ((*key).to_owned(), *quantity)).collect();
        ProviderSubscription {
            id: "sub_1".into(),
            checkout: None,
            workspace: None,
            customer: "cus_1".into(),
            status: "active".into(),
            interval: Interval::Month,
            period: Period { start: moment(40), end: moment(70) },
            anchor: moment(40),
            trial_ends_at: None,
            cancel_at_period_end: false,
            items: items.iter().map(item).collect(),
            payment_method: None,
            kept: (!kept.is_empty()).then_some(Kept { until: moment(70), since: moment(41), items: items_kept }),
            fulfilled: None,
        }
    }

    fn paid_by(items: &[(&str, i64)], kept: &[(&str, i64)]) -> Vec<(String, i64)> {
        super::kept(&theirs(items, kept), Timestamp::from_millis(0)).items
    }

    fn list(things: &[(&str, i64)]) -> Vec<(String, i64)> {
        things.iter().map(|(key, quantity)| ((*key).to_owned(), *quantity)).collect()
    }

    #[test]
    fn of_one_thing_what_was_kept_is_paid_however_often_less_is_chosen() {
        // The smaller plan is chosen, and chosen again; then fewer slots.
        let once = paid_by(&[(GROWTH, 1), (SLOT, 2)], &[]);
        assert_eq!(once, list(&[(GROWTH, 1), (SLOT, 2)]));
        assert_eq!(paid_by(&[(STARTER, 1), (SLOT, 2)], &[(GROWTH, 1), (SLOT, 2)]), once);
        assert_eq!(paid_by(&[(STARTER, 1), (SLOT, 1)], &[(GROWTH, 1), (SLOT, 2)]), once);
        assert_eq!(paid_by(&[(STARTER, 1)], &[(GROWTH, 1), (SLOT, 2)]), once);
    }

    #[test]
    fn what_is_bought_on_top_is_paid_and_seats_beyond_a_smaller_plan_are_not_yet() {
        assert_eq!(paid_by(&[(STARTER, 1), (SLOT, 1)], &[(GROWTH, 1)]), list(&[(GROWTH, 1), (SLOT, 1)]));
        assert_eq!(paid_by(&[(STARTER, 1), (SEAT, 3)], &[(GROWTH, 1)]), list(&[(GROWTH, 1)]));
        assert_eq!(paid_by(&[(STARTER, 1), (SEAT, 3)], &[(STARTER, 1), (SLOT, 1)]).len(), 3);
        assert_eq!(paid_by(&[(STARTER, 1), ("theirs alone", 9)], &[]), list(&[(STARTER, 1)]));
    }
}
