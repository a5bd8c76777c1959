//! The three ways to share an inbox, each set up by one request (INB-007).

use std::time::Duration;

use serde_json::{Value, json};

use super::{a_minute_later, assignee, shown};
use crate::support::{Visitor, World, text_of};

#[test]
fn inb_007_asg_001_asg_002_asg_003_asg_004_every_channel_has_its_member() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let second = ann.post("channels", json!({ "name": "Instagram" })).ok_with(201);
    let (second, key) = (text_of(&second["id"]), text_of(&second["public_key"]));
    ann.patch(&format!("channels/{second}"), json!({ "allowed_origins": [crate::support::SITE] })).ok();
    let shares = json!({ "shares": [
        { "channel_id": world.channel, "member_id": ann.member },
        { "channel_id": second, "member_id": bo.member },
    ] });
    let made = ann.post("routing-rules/recipes/channel", shares.clone()).ok_with(201);
    assert_eq!(made["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(assignee(&world, &world.conversation("On the website")).as_deref(), Some("Ann"));
    let there = Visitor::open(world.browser(), &key).says("On Instagram");
    assert_eq!(assignee(&world, &there).as_deref(), Some("Bo"));

    let before = world.recorded();
    ann.post("routing-rules/recipes/channel", shares).refused(422, "rule.shadows");
    let half = json!({ "shares": [{ "channel_id": bo.member, "member_id": bo.member }] });
    ann.post("routing-rules/recipes/channel", half).refused(422, "invalid_field");
    world.vic().post("routing-rules/recipes/channel", json!({ "shares": [] })).refused(403, "forbidden");
    assert_eq!(world.recorded(), before);
}

#[test]
fn inb_007_asg_008_asg_009_a_label_means_whose_it_is_and_what_has_none_is_claimed() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let label = text_of(&ann.post("labels", json!({ "name": "Returns", "color": 10 })).ok_with(201)["id"]);
    let other = text_of(&ann.post("labels", json!({ "name": "Other", "color": 20 })).ok_with(201)["id"]);
    let shares = json!({ "shares": [{ "label_id": label, "member_id": bo.member }] });
    ann.post("routing-rules/recipes/label", shares).ok_with(201);
    let conversation = world.conversation("I send it back");
    assert_eq!(assignee(&world, &conversation), None, "nobody's yet");
    let put = |label: &str| ann.put(&format!("conversations/{conversation}/labels/{label}"), json!({})).ok();
    put(&other);
    assert_eq!(assignee(&world, &conversation), None);
    put(&label);
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Bo"));
    let claimed = world.conversation("Something else");
    assert_eq!(ann.post(&format!("conversations/{claimed}/claim"), json!({})).ok()["assignee"]["name"], "Ann");
    put_on_customer(&world, &conversation, &label);
}

/// A customer who has the label is known by it when they come back.
fn put_on_customer(world: &World, conversation: &str, label: &str) {
    let visitor = world.visitor();
    let first = visitor.says("Hello");
    assert_ne!(first, conversation);
    let customer = text_of(&shown(world, &first)["customer"]["id"]);
    world.ann().put(&format!("customers/{customer}/labels/{label}"), json!({})).ok();
    world.ann().put(&format!("conversations/{first}/status"), json!({ "status": "archived" })).ok();
    assert_eq!(assignee(world, &visitor.says("Hello again")).as_deref(), Some("Bo"));
}

#[test]
fn inb_007_asg_005_asg_006_asg_007_shifts_that_abut_leave_neither_gap_nor_overlap() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let shift = |member: &str, from: &str, to: &str| json!({ "member_id": member, "days": [1, 2, 3, 4, 5], "from": from, "to": to });
    let hours = json!({ "timezone": "Europe/Madrid", "weekly": [], "holidays": [] });
    ann.put("business-hours", hours).ok();
    let twice = [shift(&ann.member, "09:00", "13:00"), shift(&ann.member, "12:00", "18:00")];
    let before = world.recorded();
    let recipe =
        |shifts: Value| ann.post("routing-rules/recipes/shift", json!({ "team_name": "Day", "shifts": shifts }));
    recipe(json!(twice)).refused(422, "shift.overlaps");
    assert_eq!(world.recorded(), before, "neither team nor rule was left behind");
    let made = recipe(json!([shift(&ann.member, "09:00", "13:00"), shift(&bo.member, "13:00", "18:00")])).ok_with(201);
    let team = text_of(&made["items"][0]["action"]["team_id"]);
    assert_eq!(made["items"][0]["conditions"]["within"]["shift_of"], json!(team));

    // Monday, 9:00 in Madrid is 8:00 in UTC, when every world begins.
    let at = |hour: u64, minute: u64, second: u64| {
        let monday = kernel::Timestamp::from_millis(1_767_571_200_000);
        world.clock.set(monday.plus(Duration::from_secs((hour * 60 + minute) * 60 + second)));
    };
    at(8, 0, 0);
    assert_eq!(assignee(&world, &world.conversation("At nine")).as_deref(), Some("Ann"));
    at(11, 59, 59);
    assert_eq!(assignee(&world, &world.conversation("Just before one")).as_deref(), Some("Ann"));
    at(12, 0, 0);
    assert_eq!(assignee(&world, &world.conversation("At one")).as_deref(), Some("Bo"));
    at(17, 0, 0);
    let evening = world.conversation("At six");
    assert_eq!(assignee(&world, &evening), None, "nobody is on shift");
    // Nobody's session sleeps through the night.
    at(24, 0, 0);
    assert_eq!(assignee(&world, &evening), None, "still");
    at(24 + 7, 59, 30);
    a_minute_later(&world, "the shift that begins to take what waits", || {
        assignee(&world, &evening).as_deref() == Some("Ann")
    });
}
