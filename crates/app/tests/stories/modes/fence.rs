//! The fence (INV-22, INV-23): once a take-over has been answered, nothing leaves that the agent began before,
//! wherever it stood: thinking, streaming, queued, about to be tried again, or on a server whose plug was pulled.

use std::{sync::Barrier, thread, time::Duration};

use serde_json::{Value, json};

use super::{DEBOUNCE, SEND_DELAY, put_mode, show};
use crate::support::{Puppet, World, until};

/// How long a job whose server vanished belongs to it.
const LEASE: Duration = Duration::from_secs(5 * 60);
/// Longer than the pause before a second try.
const PAUSE: Duration = Duration::from_secs(10);
/// People take over at once, each some of the conversations.
const PEOPLE: usize = 4;

/// Where the agent stands when somebody takes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Thinking,
    Streaming,
    Queued,
    Retried,
}

/// What happens to the server around the take-over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plug {
    Stays,
    /// Pulled before anybody takes over: a new server finds what the old one began.
    Pulled,
    /// Pulled as soon as the take-overs are answered.
    PulledAfter,
}

const STAGES: [Stage; 4] = [Stage::Thinking, Stage::Streaming, Stage::Queued, Stage::Retried];
const PLUGS: [Plug; 3] = [Plug::Stays, Plug::Pulled, Plug::PulledAfter];

/// How the races of a run ended.
#[derive(Default)]
struct Ends {
    races: usize,
    /// The answer was out before somebody took over.
    agent_first: usize,
    /// It had been begun, and never left.
    suppressed: usize,
}

#[test]
fn own_5_inv_23_nothing_of_the_agent_leaves_after_a_take_over_was_answered() {
    let ends = race(17, 1);
    assert!(ends.races >= 200, "{} races", ends.races);
    assert!(ends.agent_first > 0 && ends.suppressed > 0, "races that only one side can win prove nothing");
}

#[test]
#[ignore = "for bin/soak"]
fn soak_take_over_races() {
    let ends = race(40, 21);
    assert!(ends.races >= 10_000, "{} races", ends.races);
    println!(
        "soak: {} take-overs against the agent: in {} its answer was out before, in {} it was stopped, in 0 it left after",
        ends.races, ends.agent_first, ends.suppressed
    );
}

/// So many races at each stage and with each plug, so many times.
fn race(each: usize, times: usize) -> Ends {
    let mut ends = Ends::default();
    for _ in 0..times {
        // A world of its own each time, so that no run works in the litter of those before it.
        let puppet = Puppet::default();
        let mut world = World::with_agent(puppet.clone());
        // Servers that vanish cost minutes; no conversation of an earlier round goes back to the agent by itself.
        world.ann().patch("inbox-settings", json!({ "ai_auto_resume_minutes": 0 })).ok();
        for stage in STAGES {
            for plug in PLUGS {
                round(&mut world, &puppet, (stage, plug), each, &mut ends);
            }
        }
    }
    ends
}

fn round(world: &mut World, puppet: &Puppet, (stage, plug): (Stage, Plug), each: usize, ends: &mut Ends) {
    let said = format!("{stage:?} ").to_lowercase();
    let conversations: Vec<_> =
        (0..each).map(|number| world.conversation(&format!("{said}{number} {plug:?}"))).collect();
    world.clock.advance(DEBOUNCE);
    until(&format!("{stage:?}"), || has_come(world, puppet, stage, each).then_some(()));
    if plug == Plug::Pulled {
        world.restart();
    }
    let taken = take_over(world, puppet, &conversations, (stage, plug));
    if plug == Plug::PulledAfter {
        world.restart();
    }
    let_everything_happen(world, puppet);
    for (conversation, taken) in conversations.iter().zip(taken) {
        ends.races += 1;
        let now = show(&world.ann(), conversation);
        let (then, later) = (&taken["last_outbound_seq"], &now["last_outbound_seq"]);
        assert_eq!(then, later, "{stage:?}, {plug:?}: the agent answered after the take-over was answered");
        assert_eq!((&now["mode"], &now["mode_epoch"]), (&taken["mode"], &taken["mode_epoch"]), "{stage:?}, {plug:?}");
        match then.as_i64() {
            Some(0) => ends.suppressed += 1,
            _ => ends.agent_first += 1,
        }
    }
    let unsettled = "select count(*) from ai_drafts d where state not in ('sent', 'suppressed')
        and hex(substr(d.workspace_id, 1, 2)) <> 'FFFF'";
    if world.database.is_sqlite() {
        assert_eq!(world.database.count(unsettled), 0, "{stage:?}, {plug:?}: every draft has an end");
    }
}

/// Whether the agent stands where the race is to begin, in every conversation.
fn has_come(world: &World, puppet: &Puppet, stage: Stage, each: usize) -> bool {
    let count = |query: &str| usize::try_from(world.database.count(query)).expect("a number");
    match stage {
        Stage::Thinking | Stage::Streaming => puppet.waiting() == each,
        Stage::Queued => count("select count(*) from jobs where kind = 'agent.send' and state = 'waiting'") == each,
        Stage::Retried => {
            count("select count(*) from jobs where kind = 'agent.answer' and state = 'waiting' and attempts > 0")
                == each
        }
    }
}

/// People take over at the same moment as the agent goes on; where its answers are about to leave, half of them wait for
/// the first to be out, so that each side wins some. What each was answered.
fn take_over(world: &World, puppet: &Puppet, conversations: &[String], (stage, plug): (Stage, Plug)) -> Vec<Value> {
    let sent = || world.database.count("select count(*) from ai_drafts where state = 'sent'");
    let (before, shares) = (sent(), conversations.chunks(conversations.len().div_ceil(PEOPLE)));
    let start = Barrier::new(shares.len() + 1);
    thread::scope(|scope| {
        let people = shares.enumerate().map(|(number, mine)| {
            let (bo, start, late) = (world.bo(), &start, stage == Stage::Queued && number % 2 == 1);
            scope.spawn(move || {
                start.wait();
                if late {
                    until("a first answer", || (sent() > before).then_some(()));
                }
                mine.iter().map(|conversation| put_mode(&bo, conversation, "manual").ok()).collect::<Vec<_>>()
            })
        });
        let people: Vec<_> = people.collect();
        start.wait();
        puppet.go_on();
        // What was queued leaves, what failed is tried again, and what a server left behind is found.
        let step = if plug == Plug::Pulled { LEASE + PAUSE } else { PAUSE };
        world.clock.advance(step);
        people.into_iter().flat_map(|person| person.join().expect("they take over")).collect()
    })
}

/// Until nothing of the agent's is left to do.
fn let_everything_happen(world: &World, puppet: &Puppet) {
    let left =
        "select count(*) from jobs where kind in ('agent.answer', 'agent.send') and state in ('waiting', 'running')";
    until("the agent's last job", || {
        puppet.go_on();
        if world.database.count(left) == 0 {
            return Some(());
        }
        let running = world.database.count(&left.replace("('waiting', 'running')", "('running')"));
        // What runs on this server ends by itself; what ran on the other one waits for the end of its lease.
        world.clock.advance(if running > 0 && puppet.waiting() == 0 { SEND_DELAY * 4 } else { SEND_DELAY });
        None
    });
}
