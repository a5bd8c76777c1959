//! What the clock does to a mode: nobody acts and the AI comes back; the business hours end and it takes over.

use serde_json::json;

use super::{MINUTE, draft, mode_of, put_mode, reply, show};
use crate::support::{Puppet, World, until};

/// No job is due any more.
#[track_caller]
fn settled(world: &World) {
    let due = || format!("state in ('waiting', 'running') and run_at <= {}", world.clock.now().millis());
    until("nothing that is due", || {
        (world.database.count(&format!("select count(*) from jobs where {}", due())) == 0).then_some(())
    });
}

#[test]
fn e4_the_ai_comes_back_after_quiet_minutes_and_never_while_somebody_types() {
    let world = World::with_agent(Puppet::default());
    let (bo, visitor) = (world.bo(), world.visitor());
    let conversation = visitor.says("thinking");
    let taken = put_mode(&bo, &conversation, "manual").ok();
    assert!(!taken["ai_resume_at"].is_null(), "the banner says when it comes back");
    world.clock.advance(MINUTE * 14);
    settled(&world);
    // A minute before its time somebody types, and again.
    for _ in 0..3 {
        bo.post(&format!("conversations/{conversation}/typing"), json!({ "state": "typing" })).ok_with(204);
        world.clock.advance(MINUTE - MINUTE / 10);
        settled(&world);
        assert_eq!(mode_of(&world, &conversation), "manual");
    }
    world.clock.advance(MINUTE);
    until("the AI again", || (mode_of(&world, &conversation) == "ai").then_some(()));
    let last = world.ann().get(&format!("conversations/{conversation}/mode")).ok()["changes"][0].clone();
    assert_eq!((&last["cause"], &last["actor"]["kind"]), (&json!("auto_resume"), &json!("duty")));
    until("an answer to what nobody answered", || draft(&world, &conversation).filter(|state| state == "thinking"));

    // A workspace that wants it never to come back by itself says 0.
    world.ann().patch("inbox-settings", json!({ "ai_auto_resume_minutes": 0 })).ok();
    reply(&bo, &conversation, "I have it").ok_with(201);
    world.clock.advance(MINUTE * 60 * 3);
    settled(&world);
    assert_eq!(mode_of(&world, &conversation), "manual");
    assert!(show(&bo, &conversation)["ai_resume_at"].is_null());
}

#[test]
fn e4_a_customer_who_comes_back_to_what_was_settled_finds_the_ai() {
    let world = World::with_agent(Puppet::default());
    let (bo, visitor) = (world.bo(), world.visitor());
    let conversation = visitor.says("thinking");
    reply(&bo, &conversation, "Done.").ok_with(201);
    bo.put(&format!("conversations/{conversation}/status"), json!({ "status": "solved" })).ok();
    assert_eq!(mode_of(&world, &conversation), "manual", "settling keeps the mode");
    visitor.says("thinking again");
    assert_eq!(mode_of(&world, &conversation), "ai");
    let asked = "select count(*) from jobs where kind = 'agent.answer'";
    assert_eq!(world.database.count(asked), 2, "once for each time it was the AI's");
}

#[test]
fn ai_005_when_the_business_hours_end_the_ai_takes_what_nobody_holds() {
    let world = World::with_agent(Puppet::default());
    let (ann, bo) = (world.ann(), world.bo());
    // It is Monday morning.
    let weekly = json!([{ "day": 1, "from": "00:00", "to": "18:00" }, { "day": 2, "from": "09:00", "to": "18:00" }]);
    ann.put("business-hours", json!({ "timezone": "UTC", "weekly": weekly, "holidays": [] })).ok();
    ann.patch("inbox-settings", json!({ "ai_auto_resume_minutes": 0 })).ok();
    ann.put("agent", json!({ "enabled": false })).ok();
    let (free, held) = (world.conversation("thinking one"), world.conversation("thinking two"));
    reply(&bo, &held, "It is mine").ok_with(201);
    ann.put("agent", json!({ "enabled": true })).ok();
    assert_eq!(mode_of(&world, &free), "manual");

    // Past six in the evening.
    world.clock.advance(MINUTE * 60 * 11);
    until("the AI after hours", || (mode_of(&world, &free) == "ai").then_some(()));
    assert_eq!(mode_of(&world, &held), "manual", "what a person holds is left alone");
    let last = ann.get(&format!("conversations/{free}/mode")).ok()["changes"][0]["cause"].clone();
    assert_eq!(last, "after_hours");
}
