//! Routing: who gets what comes in, by which rule and strategy, and why; what waits, and what is rehearsed.

mod ai;
mod arrivals;
mod away;
mod crossing;
mod decisions;
mod idle;
mod recipes;
mod rehearsal;
mod rules;

use serde_json::{Value, json};

use crate::support::{Person, World, text_of, until};

/// A team of these members, in this order; its id.
fn team(world: &World, strategy: &str, members: &[&Person]) -> String {
    let members: Vec<_> = members.iter().map(|member| member.member.clone()).collect();
    let new = json!({ "name": format!("Team {strategy}"), "strategy": strategy, "member_ids": members });
    text_of(&world.ann().post("teams", new).ok_with(201)["id"])
}

/// So much a member takes at once in a team.
fn capacity(world: &World, team: &str, member: &Person, capacity: Option<i64>) {
    world.ann().put(&format!("teams/{team}/members/{}", member.member), json!({ "capacity": capacity })).ok();
}

fn availability(person: &Person, status: &str) {
    person.put(&format!("members/{}/availability", person.member), json!({ "status": status })).ok();
}

fn shown(world: &World, conversation: &str) -> Value {
    world.ann().get(&format!("conversations/{conversation}")).ok()
}

/// The name of who has a conversation; nothing for who waits.
fn assignee(world: &World, conversation: &str) -> Option<String> {
    shown(world, conversation)["assignee"]["name"].as_str().map(str::to_owned)
}

/// The decisions about a conversation, newest first.
fn decisions(world: &World, conversation: &str) -> Vec<Value> {
    let told = world.ann().get(&format!("conversations/{conversation}/assignment-decisions")).ok();
    told["items"].as_array().expect("decisions").clone()
}

fn solve(world: &World, conversation: &str) {
    world.ann().put(&format!("conversations/{conversation}/status"), json!({ "status": "solved" })).ok();
}

/// Waits until every queue was shared out that was to be.
fn shared_out(world: &World) {
    let open = "select count(*) from jobs where kind = 'routing.drain' and state in ('waiting', 'running')";
    until("what waits to be shared out", || (world.database.count(open) == 0).then_some(()));
}

/// Has the clock's minute come round, and waits for what it brings.
fn a_minute_later(world: &World, what: &str, happened: impl Fn() -> bool) {
    world.clock.advance(std::time::Duration::from_secs(60));
    until(what, || happened().then_some(()));
}

/// Has these minutes pass; members and queues were looked at a minute before their end.
fn minutes_later(world: &World, minutes: u32) {
    const MINUTE: std::time::Duration = std::time::Duration::from_secs(60);
    let next = "select next_run_at from schedules where name = 'keep_queues_moving'";
    // A look is over when the next one begins.
    for time in [MINUTE * (minutes - 1), MINUTE] {
        world.clock.advance(time);
        let now = world.clock.now().millis();
        until("a look at everybody", || (world.database.count(next) > now).then_some(()));
    }
}
