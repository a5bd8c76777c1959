//! `kill -9` in the middle of everything: what was acknowledged is there once, what was not can be sent again, and the
//! events have no gap.

use std::{
    collections::BTreeMap,
    sync::mpsc::{Sender, channel},
    thread,
    time::{Duration, Instant},
};

use kernel::Clock;

use crate::support::{Beginning, Client, Database, Process, Visitor, fresh_id, text_of};

const WRITERS: usize = 6;

#[test]
fn a_kill_after_a_few_messages_loses_none() {
    kill_after(5);
}

#[test]
fn a_kill_under_load_loses_none() {
    kill_after(60);
}

#[test]
fn a_kill_after_a_while_loses_none() {
    kill_after(240);
}

/// Many kills at moments of all kinds, for `bin/soak`; prints what it found.
#[test]
#[ignore = "takes minutes; bin/soak runs it"]
fn soak_kills_lose_nothing() {
    const KILLS: usize = 50;
    let (mut ready, mut acknowledged) = (Vec::new(), 0);
    for kill in 0..KILLS {
        let survived = kill_after(1 + (kill * 37) % 400);
        ready.push(survived.ready_in);
        acknowledged += survived.acknowledged;
    }
    ready.sort_unstable();
    let (median, worst) = (ready[KILLS / 2].as_millis(), ready[KILLS - 1].as_millis());
    println!(
        "soak: {KILLS} kills, {acknowledged} acknowledged messages, 0 lost, 0 doubled, ready again in {median} ms (median), {worst} ms (worst)"
    );
}

/// What a kill left behind.
struct Survived {
    acknowledged: usize,
    /// From the start of the process to its first answer.
    ready_in: Duration,
}

/// What one visitor sent: client id and text, and what was acknowledged of it.
#[derive(Default)]
struct Sent {
    acknowledged: Vec<String>,
    in_doubt: Option<(String, String)>,
}

fn kill_after(messages: usize) -> Survived {
    let beginning = Beginning::get();
    let database = Database::of(&beginning.snapshot);
    let process = Process::serve(&database);
    let browser = || Client::new(process.origin.clone(), Clock::system());
    let visitors: Vec<Visitor> = (0..WRITERS).map(|_| Visitor::open(browser(), &beginning.channel_key)).collect();
    let (acknowledge, acknowledged) = channel();
    let sent: Vec<Sent> = thread::scope(|scope| {
        let write = |(index, visitor)| {
            let acknowledge = acknowledge.clone();
            scope.spawn(move || write_until_the_end(index, visitor, &acknowledge))
        };
        let writers: Vec<_> = (0..).zip(&visitors).map(write).collect();
        acknowledged.iter().take(messages).for_each(drop);
        process.kill();
        writers.into_iter().map(|writer| writer.join().expect("a writer ends")).collect()
    });

    let started = stopwatch();
    let process = Process::serve(&database);
    let survived =
        Survived { acknowledged: sent.iter().map(|sent| sent.acknowledged.len()).sum(), ready_in: started.elapsed() };
    for (visitor, sent) in visitors.into_iter().zip(sent) {
        let visitor = visitor.at(&process.origin);
        let (client_id, text) = sent.in_doubt.expect("every writer was cut off");
        let conversation = visitor.sends(&client_id, &text).expect("the server is back");
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for message in visitor.messages(&conversation) {
            *seen.entry(text_of(&message["text"])).or_default() += 1;
        }
        for text in sent.acknowledged.iter().chain([&text]) {
            assert_eq!(seen.remove(text), Some(1), "{text}");
        }
        assert!(seen.is_empty(), "never sent: {seen:?}");
    }
    drop(process);
    assert_events_without_gap(&database);
    survived
}

#[expect(clippy::disallowed_methods, reason = "a span is measured")]
fn stopwatch() -> Instant {
    Instant::now()
}

fn write_until_the_end(writer: usize, visitor: &Visitor, acknowledge: &Sender<()>) -> Sent {
    let mut sent = Sent::default();
    for number in 0.. {
        let (client_id, text) = (fresh_id(), format!("message {number} of {writer}"));
        sent.in_doubt = Some((client_id.clone(), text.clone()));
        if visitor.sends(&client_id, &text).is_none() {
            return sent;
        }
        sent.acknowledged.push(text);
        // The counting may have stopped already.
        let _ = acknowledge.send(());
    }
    sent
}

fn assert_events_without_gap(database: &Database) {
    let workspaces = database.rows(
        "select h.seq, count(e.seq), coalesce(min(e.seq), 0), coalesce(max(e.seq), 0)
         from workspace_heads h left join events e on e.workspace_id = h.workspace_id and h.seq > 0
         group by h.workspace_id, h.seq having h.seq > 0",
    );
    assert!(!workspaces.is_empty());
    for row in workspaces {
        let numbers: Vec<i64> = row.iter().flatten().map(|cell| cell.parse().expect("a number")).collect();
        let [head, count, first, last] = numbers.try_into().expect("four numbers");
        assert_eq!((count, first, last), (head, 1, head), "sequence, events, first, last");
    }
}
