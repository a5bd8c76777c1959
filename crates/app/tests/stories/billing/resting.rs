//! The AI of a workspace that rests: it answers nobody until the workspace goes on (INV-41).

use std::time::Duration;

use serde_json::json;

use super::{again, diary::ACME, on, paid, tried};
use crate::support::{ANSWER, Puppet, World, text_of, until};

/// Waits while the clock goes on in small steps.
#[track_caller]
fn in_time(world: &World, what: &str, holds: impl Fn() -> bool) {
    until(what, || {
        world.clock.advance(Duration::from_millis(100));
        holds().then_some(())
    });
}

/// The modes of Acme's conversations, oldest first.
fn modes(world: &World) -> Vec<String> {
    world.database.column(&format!("select mode from conversations where workspace_id = {ACME} order by id"))
}

/// How many messages Acme's customers got.
fn answers(world: &World) -> i64 {
    let text = "select count(*) from messages where direction = 'outbound' and workspace_id =";
    world.database.count(&format!("{text} {ACME}"))
}

/// What was recorded of the AI resting and waking, oldest first.
fn rests(world: &World) -> Vec<String> {
    let text = "select kind from events where kind in ('agent.paused', 'agent.resumed') and workspace_id =";
    world.database.column(&format!("{text} {ACME} order by seq"))
}

#[test]
fn inv_41_the_ai_rests_with_its_workspace_and_answers_what_waited_once_it_goes_on() {
    let world = World::with_agent(Puppet::default());
    on(&world, "2026-01-05T09:00:00Z", tried);
    let visitor = world.visitor();
    let first = visitor.says("Where is my order?");
    in_time(&world, "the answer", || answers(&world) == 1);
    assert_eq!(modes(&world), ["ai"]);

    world.clock.set(kernel::Timestamp::parse("2026-01-19T09:00:00Z").expect("a moment"));
    in_time(&world, "the AI to rest", || modes(&world) == ["ai_paused"]);
    assert_eq!(rests(&world), ["agent.paused"]);
    let ann = again(&world, &world.ann());
    assert_eq!(ann.get("billing").ok()["state"], "restricted");
    visitor.says("And when will it come?");
    world.conversation("Is anybody there?");
    // Whatever the AI would do it has done by the time that everything else was.
    world.clock.advance(Duration::from_secs(60));
    let now = world.clock.now().millis();
    let jobs = format!("select count(*) from jobs where state in ('waiting', 'running') and run_at <= {now}");
    until("everything that is due is done", || (world.database.count(&jobs) == 0).then_some(()));
    assert_eq!((answers(&world), modes(&world)), (1, vec!["ai_paused".to_owned(), "manual".to_owned()]));

    let changed = ann.put("billing/plan", json!({ "plan": "starter", "interval": "month" })).ok();
    paid(&world, &text_of(&changed["invoice"]["id"]));
    in_time(&world, "the AI to answer what waited", || answers(&world) == 2);
    assert_eq!(rests(&world), ["agent.paused", "agent.resumed"]);
    assert_eq!(modes(&world), ["ai", "manual"], "who wrote while nobody was there is met by people");
    let told = ann.all(&format!("conversations/{first}/messages"));
    let outbound = told.iter().filter(|message| message["direction"] == "outbound");
    assert_eq!(outbound.map(|message| message["text"].clone()).collect::<Vec<_>>(), [ANSWER, ANSWER]);
}
