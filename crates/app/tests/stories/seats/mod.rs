//! Seats: how many there are, who holds one, what more of them cost, and what follows when there are too many.

mod limits;
mod over_limit;
mod prices;
mod races;
mod requests;

use std::time::Duration;

use billing::{
    checkout::Quantity,
    effect,
    subscription::{Item, Subscription, TillKind, held_subscription, write},
};
use kernel::DAY;
use serde_json::{Value, json};
use tenancy::{Error, Event, Operating, Subject, Tx};

use crate::support::{PASSWORD, Person, Reply, World, fresh_id};

const ACME: &str = "(select workspace_id from workspaces where name = 'Acme')";

/// Puts Acme on a plan of a shipped catalogue, whose bills the operator collects.
#[track_caller]
fn on(world: &World, catalogue: &str, plan: &str) {
    world.assign(catalogue, plan);
    change(world, |subscription| subscription.till = TillKind::Manual);
}

/// So many of an item beside Acme's plan, as if they were paid.
fn with_items(world: &World, item: &str, quantity: i64) {
    change(world, |subscription| {
        subscription.items.retain(|one| one.item != item);
        let item = item.to_owned();
        subscription.items.push(Item { item, quantity, unit_monthly: 0, next_quantity: None, provider_item: None });
    });
}

fn change(world: &World, change: impl FnOnce(&mut Subscription)) {
    world.as_operator(async |grant| {
        let mut tx = grant.begin().await.expect("a transaction");
        let outcome = changed(&mut tx, change).await;
        tx.settle(outcome).await.expect("another subscription");
    });
}

async fn changed(tx: &mut Tx<Operating>, change: impl FnOnce(&mut Subscription)) -> Result<(), Error> {
    let mut subscription = held_subscription(tx).await?;
    change(&mut subscription);
    write(tx, &subscription).await?;
    let subject = Subject::new("workspace", tx.workspace());
    tx.record(Event::new("subscription.changed", subject));
    effect::apply(tx, &subscription).await
}

/// Exactly so many full seats, as agreed with the operator.
fn contract(world: &World, seats: i64) {
    on(world, "kustomer", "with_collaborators");
    let seats = Quantity::try_from(seats).expect("so many seats");
    world.as_operator(async |grant| {
        let mut tx = grant.begin().await.expect("a transaction");
        let outcome = billing::agree_on_seats(&mut tx, Some(seats)).await.map(drop);
        tx.settle(outcome).await.expect("seats that were agreed on");
    });
}

/// This person some time later, signed in anew.
#[track_caller]
fn later(world: &World, time: Duration, person: &Person) -> Person {
    world.clock.advance(time);
    let browser = world.browser();
    let cookie = browser.post("/api/v1/sessions", json!({ "email": person.email, "password": PASSWORD })).cookie();
    Person { browser: browser.with("cookie", &cookie), ..person.clone() }
}

fn invite(by: &Person, email: &str, role: &str) -> Reply {
    by.post("invitations", json!({ "email": email, "role_key": role }))
}

fn somebody() -> String {
    format!("{}@example.com", fresh_id())
}

/// What `GET billing/seats` says of full seats.
#[track_caller]
fn full(by: &Person) -> Value {
    by.get("billing/seats").ok()["full"].clone()
}

/// What the meters of Acme show, and what is there: the same at every moment (INV-14).
#[track_caller]
fn meters_show_what_is_there(world: &World, when: &str) {
    for (meter, seat) in [("full_seats", "full"), ("collaborator_seats", "collaborator")] {
        let shown = format!("select used from meters where workspace_id = {ACME} and meter = '{meter}'");
        let there = format!(
            "select (select count(*) from memberships
                where workspace_id = {ACME} and seat_type = '{seat}' and status = 'active')
             + (select count(*) from invitations
                where workspace_id = {ACME} and seat_type = '{seat}' and status = 'pending' and holds_seat = 1)"
        );
        assert_eq!(world.database.count(&shown), world.database.count(&there), "{meter} {when}");
    }
    let idle = format!(
        "select count(*) from invitations where workspace_id = {ACME} and holds_seat = 1 and status <> 'pending'"
    );
    assert_eq!(world.database.count(&idle), 0, "an invitation that ended holds a seat {when}");
}
