//! OWN-6: connections that break at any moment lose and double nothing. Fifty pages follow a busy inbox over streams
//! that end at random and go on after the last event they had; at every pause each holds what it would fetch.

use std::{
    sync::{
        atomic::{AtomicI64, Ordering},
        mpsc::{Receiver, Sender, TryRecvError, channel},
    },
    thread,
    time::{Duration, Instant},
};

use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::json;

use super::realtime_state::Page;
use crate::support::{Frame, Person, Stream, Visitor, World};

const PAGES: usize = 50;
const VISITORS: usize = 6;
/// What each visitor says between two pauses.
const STRETCH: usize = 20;
/// A page of messages holds a conversation up to here; then it is put away and another begins.
const LONGEST: i64 = 70;

#[test]
fn own_6_streams_that_break_at_random_leave_every_page_as_a_fresh_one() {
    let found = follow(&World::new(), Duration::from_secs(30));
    assert!(found.breaks > 100 && found.events > 100, "{found:?}");
}

/// Ten minutes of it, for `bin/soak`; prints what it found.
#[test]
#[ignore = "takes ten minutes; bin/soak runs it"]
fn soak_broken_streams() {
    let Found { pauses, events, breaks } = follow(&World::new(), Duration::from_secs(600));
    println!(
        "soak: {PAGES} pages over {pauses} pauses, {events} events, {breaks} broken streams, every page as a fresh one"
    );
}

#[derive(Debug)]
struct Found {
    pauses: usize,
    events: i64,
    breaks: i64,
}

#[expect(clippy::disallowed_methods, reason = "how long it runs is asked for in real time")]
fn follow(world: &World, time: Duration) -> Found {
    let agent = Person { name: "agent".into(), ..world.member_with_role("agent") };
    let ann = world.ann();
    let cast = [ann.clone(), world.bo(), world.vic(), world.cleo(), agent.clone()];
    let visitors: Vec<Visitor> = (0..VISITORS).map(|_| world.visitor()).collect();
    for visitor in &visitors {
        visitor.says("Is anybody there?");
    }
    let marks = ann.listen();
    // Everybody sees that the workspace was renamed.
    let set_mark = |name: String| {
        ann.patch("", json!({ "name": name })).ok();
        marks.change("workspace.updated")["seq"].as_i64().expect("a number")
    };
    let first = set_mark("The beginning".into());
    let pages: Vec<OpenPage> =
        (0..PAGES).map(|seat| OpenPage::new(cast[seat % cast.len()].clone(), first, seat as u64)).collect();

    let (breaks, begin, mut pauses) = (AtomicI64::new(0), Instant::now(), 0);
    thread::scope(|scope| {
        let mut seats = Vec::new();
        for page in pages {
            let ((mark, marks), (compared, done)) = (channel(), channel());
            scope.spawn(|| page.follow(marks, compared, &breaks));
            seats.push((mark, done));
        }
        while begin.elapsed() < time {
            work(&visitors, &[ann.clone(), world.bo(), agent.clone()], pauses as u64);
            pauses += 1;
            let mark = set_mark(format!("Pause {pauses}"));
            for (seat, _) in &seats {
                seat.send(mark).expect("the page follows");
            }
            for (_, done) in &seats {
                done.recv().expect("the page was as a fresh one");
            }
        }
    });
    Found { pauses, events: set_mark("The end".into()) - first, breaks: breaks.into_inner() }
}

/// A page whose connection is bad.
struct OpenPage {
    person: Person,
    page: Page,
    stream: Option<Stream>,
    last: i64,
    random: StdRng,
}

impl OpenPage {
    /// A page that was fetched after an event, and follows from there.
    fn new(person: Person, last: i64, seed: u64) -> Self {
        let page = Page::fetch(&person);
        Self { person, page, stream: None, last, random: StdRng::seed_from_u64(seed) }
    }

    /// Follows the stream; at each mark, once everything up to it has come, compares and says so.
    fn follow(mut self, marks: Receiver<i64>, compared: Sender<()>, breaks: &AtomicI64) {
        let mut mark = None;
        loop {
            match marks.try_recv() {
                Ok(next) => mark = Some(next),
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => return,
            }
            if self.random.random_ratio(1, 8) {
                self.stream = None;
                breaks.fetch_add(1, Ordering::SeqCst);
            }
            self.take_some();
            if mark.is_some_and(|mark| mark <= self.last) {
                self.page.must_be(&Page::fetch(&self.person), &self.person, "at a pause");
                mark = None;
                // Who does not hear it has failed already.
                let _ = compared.send(());
            }
        }
    }

    /// Takes the frames that come within a moment, over a new connection where the old one broke.
    fn take_some(&mut self) {
        let stream = self.stream.get_or_insert_with(|| self.person.listen_after(self.last));
        while let Some(frame) = stream.within(Duration::from_millis(50)) {
            self.last = number(&frame).unwrap_or(self.last);
            match frame.event.as_str() {
                "change" => self.page.apply(&self.person, &frame),
                "reset" => self.page = Page::fetch(&self.person),
                _ => {}
            }
        }
    }
}

fn number(frame: &Frame) -> Option<i64> {
    frame.id.as_ref().map(|id| id.parse().expect("a number"))
}

/// A stretch of an ordinary day: people write, answer, take, give and settle.
fn work(visitors: &[Visitor], members: &[Person], seed: u64) {
    thread::scope(|scope| {
        for (seat, visitor) in visitors.iter().enumerate() {
            scope.spawn(move || {
                let mut random = StdRng::seed_from_u64(seed * 100 + seat as u64);
                for _ in 0..STRETCH {
                    let conversation = visitor.says("Another question");
                    let member = &members[random.random_range(0..members.len())];
                    act(member, &conversation, &mut random);
                    put_away_if_long(&members[0], &conversation);
                }
            });
        }
    });
}

fn put_away_if_long(member: &Person, conversation: &str) {
    let path = format!("conversations/{conversation}");
    if member.get(&path).ok()["last_seq"].as_i64() > Some(LONGEST) {
        member.put(&format!("{path}/status"), json!({ "status": "archived" })).ok();
    }
}

/// One thing that a member tries; what somebody else was quicker with is refused, and that is fine.
fn act(member: &Person, conversation: &str, random: &mut StdRng) {
    let at = |what: &str| format!("conversations/{conversation}/{what}");
    match random.random_range(0..5) {
        0 => drop(member.post(&at("claim"), json!({}))),
        1 => drop(member.put(&at("assignment"), json!({ "member_id": member.member }))),
        2 => drop(member.delete(&at("assignment"))),
        3 => drop(member.put(&at("status"), json!({ "status": "solved" }))),
        _ => drop(member.post(&at("messages"), json!({ "text": "An answer", "seen_seq": 1_000_000 }))),
    }
}
