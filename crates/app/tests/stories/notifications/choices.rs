//! What each member chose (NOT-004).

use std::time::Duration;

use serde_json::{Value, json};

use super::{A_BREAK, assign, mails_to, settled, told, unread, wish};
use crate::support::{World, until};

const HOUR: Duration = Duration::from_secs(60 * 60);
const SAID: &str = "gave you the conversation";

#[test]
fn not_004_always_when_away_and_never_by_mail() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let usual = bo.get("notification-preferences").ok();
    assert_eq!(usual["events"]["conversation.assigned"]["email"], "when_away");
    assert_eq!(usual["digest"]["times"], json!(["09:00", "15:00"]));
    let conversation = world.conversation("Hello");
    let hand_back_and_over = || {
        assign(&ann, &conversation, &ann);
        assign(&ann, &conversation, &bo);
        settled(&world);
    };

    // He is at work, and goes on working.
    bo.get("counters").ok();
    hand_back_and_over();
    world.clock.advance(Duration::from_secs(6 * 60));
    bo.get("counters").ok();
    world.clock.advance(Duration::from_secs(5 * 60 + 1));
    settled(&world);
    assert_eq!(mails_to(&world, &bo, SAID).len(), 0);

    // He has gone: he is mailed unless he reads it within the minute.
    world.clock.advance(A_BREAK);
    hand_back_and_over();
    world.clock.advance(Duration::from_secs(61));
    until("a mail while away", || (mails_to(&world, &bo, SAID).len() == 1).then_some(()));
    hand_back_and_over();
    world.database.run("update notifications set read_at = 1");
    world.clock.advance(Duration::from_secs(61));
    settled(&world);
    assert_eq!(mails_to(&world, &bo, SAID).len(), 1, "what was read is not mailed");

    let ways = |email: &str| json!({ "in_app": "never", "email": email, "push": "never", "slack": "never" });
    let before = unread(&bo);
    wish(&bo, "conversation.assigned", ways("always"));
    hand_back_and_over();
    until("a mail at work", || (mails_to(&world, &bo, SAID).len() == 2).then_some(()));
    assert_eq!(unread(&bo), before, "not in the app");
    wish(&bo, "conversation.assigned", ways("never"));
    world.clock.advance(A_BREAK);
    hand_back_and_over();
    world.clock.advance(HOUR);
    settled(&world);
    assert_eq!(mails_to(&world, &bo, SAID).len(), 2);
}

#[test]
fn r20_quiet_hours_hold_mail_back_and_what_is_urgent_pierces_them_where_allowed() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    // The world's clock shows eight in the morning in London, nine in Madrid.
    let mut preferences = bo.get("notification-preferences").ok();
    preferences["timezone"] = json!("Europe/Madrid");
    preferences["quiet_hours"] = json!({ "from": "06:00", "to": "12:00", "urgent_pierces": false });
    preferences["events"]["conversation.assigned"]["email"] = json!("always");
    bo.put("notification-preferences", preferences.clone()).ok();
    let conversation = world.conversation("Hello");
    assign(&ann, &conversation, &bo);
    told(&bo, "conversation.assigned");
    settled(&world);
    assert_eq!(mails_to(&world, &bo, SAID).len(), 0, "in the app at once, by mail at noon");
    world.clock.advance(HOUR * 4);
    until("the mail at noon", || (mails_to(&world, &bo, SAID).len() == 1).then_some(()));

    preferences["quiet_hours"] = json!({ "from": "11:00", "to": "10:00", "urgent_pierces": true });
    bo.put("notification-preferences", preferences).ok();
    assign(&ann, &conversation, &ann);
    assign(&ann, &conversation, &bo);
    until("a mail that pierces", || (mails_to(&world, &bo, SAID).len() == 2).then_some(()));
}

#[test]
fn a_channel_can_be_quieter_than_the_rest() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let mut preferences = bo.get("notification-preferences").ok();
    preferences["channels"][&world.channel] = json!("never");
    bo.put("notification-preferences", preferences).ok();
    let conversation = world.conversation("Hello");
    assign(&ann, &conversation, &bo);
    settled(&world);
    assert_eq!(unread(&bo), 0);
}

#[test]
fn what_cannot_be_chosen_is_refused_and_changes_nothing() {
    let world = World::new();
    let bo = world.bo();
    let before = bo.get("notification-preferences").ok();
    let with = |field: &str, value: Value| {
        let mut preferences = before.clone();
        preferences[field] = value;
        bo.put("notification-preferences", preferences)
    };
    with("timezone", json!("Europe/Atlantis")).refused(422, "invalid_field");
    with("quiet_hours", json!({ "from": "25:00", "to": "07:00", "urgent_pierces": true }))
        .refused(422, "invalid_field");
    with("events", json!({ "credit.purchased": {} })).refused(422, "invalid_field");
    with("digest", json!({ "times": ["01:00", "02:00", "03:00", "04:00", "05:00"] })).refused(422, "invalid_field");
    with("sounds", json!(true)).refused(422, "unknown_field");
    assert_eq!(bo.get("notification-preferences").ok(), before);
    assert_eq!(world.ann().get("notification-preferences").ok()["quiet_hours"], Value::Null, "everybody has their own");
}

#[test]
fn what_a_customer_writes_is_told_to_who_asked_for_it() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let (one, another) = (world.visitor(), world.visitor());
    assign(&ann, &one.says("Hello"), &bo);
    assign(&bo, &another.says("Hello"), &ann);
    told(&ann, "conversation.assigned");
    ann.post("notifications/read-all", json!({})).ok();
    wish(&bo, "message.received", json!({ "in_app": "always", "email": "never", "push": "never", "slack": "never" }));
    another.says("Anybody?");
    one.says("Hello again?");
    let wrote = told(&bo, "message.received");
    assert_eq!((&wrote["conversation"]["excerpt"], &wrote["actor"]), (&json!("Hello again?"), &Value::Null));
    assert_eq!(unread(&ann), 0, "she did not ask");
}
