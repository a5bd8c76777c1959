//! Credits that are bought and paid back, and what is told when few are left.

use billing::ledger::{self, Credits};
use serde_json::{Value, json};

use super::{assert_whole, entries, pool, reserve, spend};
use crate::support::{Person, World, text_of, until};

fn credits(amount: i64) -> Credits {
    Credits::try_from(amount).expect("a number of credits")
}

/// A payment provider told that a pack was paid, or paid back.
fn paid(world: &World, amount: i64, key: &str) {
    world.as_operator(async |grant| {
        let mut tx = grant.begin().await.expect("a transaction");
        let outcome = match amount {
            amount if amount > 0 => ledger::purchase(&mut tx, credits(amount), key).await,
            amount => ledger::refund(&mut tx, credits(-amount), key).await,
        };
        tx.settle(outcome).await.expect("it is posted");
    });
}

#[test]
fn cred_016_t_j5_a_pack_is_shared_stays_and_is_granted_once() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    world.on_plan("ten");
    (0..3).for_each(|_| paid(&world, 1_000, "checkout-1"));
    assert_eq!(pool(&bo), (1_010, 1_010), "told of three times, granted once");
    spend(&bo, 25);
    let told = ann.get("credits").ok();
    assert_eq!((&told["grant"]["left"], &told["purchased"]), (&json!(0), &json!(985)), "the grant is spent first");
    world.on_plan("free");
    assert_eq!(pool(&ann), (985, 985), "what was bought stays whatever the plan is");
    assert_eq!(ann.all("audit-events?kind=credit.purchased").len(), 1);
    assert_whole(&world);
}

#[test]
fn inv_33_a_refund_is_an_entry_of_its_own_and_may_leave_less_than_nothing() {
    let world = World::new();
    let ann = world.ann();
    world.on_plan("free");
    paid(&world, 100, "checkout-1");
    spend(&ann, 70);
    let (first, second) = (reserve(&ann, 10), reserve(&ann, 20));
    paid(&world, -15, "refund-1");
    assert_eq!(pool(&ann), (15, 5), "the newest reservation is covered no longer");
    let settle = |id: &str| ann.post(&format!("credits/reservations/{id}/commit"), json!({}));
    settle(&second).refused(409, "credit.reservation_settled");
    settle(&first).ok();
    paid(&world, -100, "refund-2");
    assert_eq!(pool(&ann), (-95, 0));
    ann.post("credits/reservations", json!({ "amount": 1, "cause": "analysis" })).refused(409, "credit.insufficient");
    world.on_plan("hundred");
    assert_eq!(pool(&ann), (5, 5), "the next grant makes up for it first");
    let kinds: Vec<_> = entries(&ann).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["purchase", "consume", "refund", "consume", "refund", "grant"]);
    assert_whole(&world);
}

#[test]
fn the_operator_corrects_a_pool_once_and_never_below_zero() {
    let world = World::new();
    let ann = world.ann();
    world.on_plan("ten");
    let adjust = |credits: &str, key: &str| {
        let (acme, url) = (world.workspace(), &world.database.url);
        crate::support::ran(&["ledger", "adjust", &acme, credits, "--key", key, "--database-url", url])
    };
    (0..2).for_each(|_| assert!(adjust("40", "goodwill").0));
    assert_eq!(pool(&ann), (50, 50));
    let (done, said) = adjust("-51", "too-much");
    assert!(!done && said.contains("there are 50 credits"), "{said}");
    assert!(adjust("-50", "all").0);
    assert_eq!(pool(&ann), (0, 0));
    // As many as can be counted, and not one more (T-J5).
    assert!(adjust("9223372036854775807", "mint").0);
    let (done, said) = adjust("1", "one-more");
    assert!(!done && said.contains("more credits than can be counted"), "{said}");
    assert_eq!(pool(&ann), (i64::MAX, i64::MAX));
    assert_whole(&world);
}

#[test]
fn inv_35_not_010_few_credits_are_told_once_for_each_threshold() {
    let world = World::new();
    let ann = world.ann();
    world.on_plan("thousands");
    let low = || told(&ann);
    spend(&ann, 1_599);
    assert_eq!(low(), [] as [i64; 0]);
    spend(&ann, 1);
    spend(&ann, 20);
    assert_eq!(low(), [400]);
    spend(&ann, 281);
    assert_eq!(low(), [400, 100]);
    spend(&ann, 99);
    assert_eq!(low(), [400, 100, 0]);
    assert_eq!(ann.get("credits").ok()["low"], 0);
    paid(&world, 1_000, "checkout-1");
    assert_eq!(ann.get("credits").ok()["low"], json!(null));
    spend(&ann, 601);
    assert_eq!(low(), [400, 100, 0, 400], "armed again by rising above");
}

/// The thresholds that were told of, oldest first.
fn told(person: &Person) -> Vec<i64> {
    let mut events = person.all("audit-events?kind=credit.low");
    events.reverse();
    let threshold = |event: &Value| event["detail"]["threshold"].as_i64().expect("a threshold");
    events.iter().map(threshold).collect()
}

#[test]
fn not_006_not_011_the_owner_is_told_of_credits_that_were_bought_and_of_few_that_are_left() {
    let world = World::new();
    let ann = world.ann();
    let ada = world.join(&ann, "Ada", "admin");
    world.on_plan("thousands");
    let is_told = |person: &Person, kind: &str| {
        until(&format!("{} to be told of {kind}", person.name), || {
            kinds(person).contains(&kind.to_owned()).then_some(())
        });
    };
    paid(&world, 1_000, "checkout-1");
    is_told(&ann, "credit.purchased");
    assert!(!kinds(&ada).contains(&"credit.purchased".to_owned()), "that something was bought the owner is told alone");
    // Whoever spent the credits is told that few are left as well.
    spend(&ann, 2_700);
    is_told(&ann, "credit.low");
    is_told(&ada, "credit.low");
    assert!(!kinds(&world.bo()).iter().any(|kind| kind.starts_with("credit.")));
    until("a mail of each", || {
        let to_ann =
            world.mails().into_iter().filter(|mail| mail.contains("ann@example.com") && mail.contains("redits"));
        (to_ann.count() >= 2).then_some(())
    });
}

/// What somebody was told of.
fn kinds(person: &Person) -> Vec<String> {
    let told = person.get("notifications").ok();
    told["items"].as_array().expect("items").iter().map(|one| text_of(&one["kind"])).collect()
}
