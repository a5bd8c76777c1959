//! What waits for a human, twice a day (AI-017).

use std::time::Duration;

use kernel::Timestamp;
use serde_json::json;

use super::{A_BREAK, mails_to, settled, told, unread};
use crate::support::{World, until};

#[test]
fn ai_017_members_are_told_twice_a_day_what_waits_and_nothing_when_nothing_does() {
    let world = World::new();
    let (ann, bo, cleo) = (world.ann(), world.bo(), world.cleo());
    let at = |time: &str| world.clock.set(Timestamp::parse(&format!("2026-01-05T{time}:00Z")).expect("a moment"));
    let digests = || world.database.count("select count(*) from notifications where kind = 'digest'");
    at("09:06");
    until("the time has come", || {
        (world
            .database
            .count("select count(*) from schedules where name = 'tell_digests' and next_run_at > 1767603960000")
            == 1)
            .then_some(())
    });
    settled(&world);
    assert_eq!(digests(), 0, "nothing waits");

    let visitor = world.visitor();
    let conversation = visitor.says("Is anybody there?");
    world.bo().post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    world.conversation("Hello");
    at("15:06");
    let told_bo = told(&bo, "digest");
    assert_eq!(told_bo["waiting"], json!({ "mine": 1, "unassigned": 1 }));
    assert_eq!(told(&ann, "digest")["waiting"], json!({ "mine": 0, "unassigned": 1 }));
    assert_eq!(unread(&cleo), 0, "who answers nobody is reminded of nothing");
    let said = "Waiting for an answer in Acme: 1 of yours, 1 of nobody's";
    world.clock.advance(A_BREAK + Duration::from_secs(61));
    until("a mail to who is away", || (mails_to(&world, &bo, said).len() == 1).then_some(()));

    at("20:00");
    settled(&world);
    assert_eq!(mails_to(&world, &bo, "Waiting for an answer").len(), 1, "once for each time");
    assert_eq!(told(&bo, "digest")["id"], told_bo["id"]);
}
