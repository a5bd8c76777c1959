//! What a workspace pays, from its trial to its last invoice: each path as a text that a person can read, in `golden/`.

mod buyer;
mod console;
mod diary;
mod doors;
mod first_payment;
mod operator;
mod owed;
mod paths;
mod resting;

use billing::{
    catalogue::Interval,
    effect, period,
    subscription::{State, Subscription, TillKind, held_subscription, write},
};
use kernel::{InvoiceId, Timestamp, days};
use serde_json::json;
use tenancy::{Event, Subject};

use crate::support::{PASSWORD, Person, World};

pub use first_payment::untried;

/// Every price is stated in it.
pub const CATALOGUE: &str = include_str!("catalogue.toml");

/// Acme on a catalogue with every price, whose bills the operator collects, from this moment on.
fn on(world: &World, moment: &str, change: impl FnOnce(&mut Subscription)) {
    world.clock.set(Timestamp::parse(moment).expect("a moment"));
    let now = world.clock.now();
    world.shelve(CATALOGUE);
    world.as_operator(async |grant| {
        let mut tx = grant.begin().await.expect("a transaction");
        let outcome = async {
            let mut held = held_subscription(&mut tx).await?;
            (held.catalogue, held.catalogue_version) = ("walked".to_owned(), 1);
            (held.plan, held.interval) = ("growth".to_owned(), Interval::Month);
            (held.till, held.anchor, held.period) = (TillKind::Manual, now, period::first(now, Interval::Month));
            held.state = State::Active;
            change(&mut held);
            write(&mut tx, &held).await?;
            let subject = Subject::new("workspace", tx.workspace());
            tx.record(Event::new("subscription.changed", subject).payload(json!({ "cause": "stage" })));
            effect::apply(&mut tx, &held).await
        }
        .await;
        tx.settle(outcome).await.expect("a subscription");
    });
}

/// The trial of a new workspace.
fn tried(subscription: &mut Subscription) {
    subscription.state = State::Trialing;
    subscription.trial_ends_at = Some(subscription.anchor.plus(days(14)));
}

/// The operator marks an invoice as paid.
#[track_caller]
fn paid(world: &World, invoice: &str) {
    let id: InvoiceId = invoice.parse().expect("an id");
    world.as_operator(async |grant| {
        let mut tx = grant.begin().await.expect("a transaction");
        let outcome = billing::by_hand::mark_paid(&mut tx, id).await.map(drop);
        tx.settle(outcome).await.expect("a paid invoice");
    });
}

/// The person, who has just said who they are.
pub(super) fn again(world: &World, person: &Person) -> Person {
    let browser = world.browser();
    let cookie = browser.post("/api/v1/sessions", json!({ "email": person.email, "password": PASSWORD })).cookie();
    Person { browser: browser.with("cookie", &cookie), ..person.clone() }
}
