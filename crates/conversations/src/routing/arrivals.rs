//! Ten thousand arrivals at a team whose members go away, come back, fill up, join and leave (INV-27…29): the same
//! functions that decide in the product, around a team that lives in memory.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{MemberId, Timestamp};
use uuid::Uuid;

use super::{
    eligibility::Standing,
    strategy::{Candidate, load_balanced, round_robin},
};

const ARRIVALS: usize = 10_000;

/// Numbers that look random and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % limit as u64) as usize
    }
}

type Choose = fn(&[Candidate], Option<MemberId>) -> Option<MemberId>;

struct Worker {
    member: MemberId,
    standing: Standing,
    last_assigned_at: Option<Timestamp>,
}

/// The team, what waits for it and what was given since the eligible set last changed.
struct Team {
    choose: Choose,
    ring: Vec<Worker>,
    cursor: Option<MemberId>,
    waiting: usize,
    joined: u128,
    moment: i64,
    eligible: BTreeSet<MemberId>,
    given: BTreeMap<MemberId, usize>,
    longest_span: usize,
}

impl Team {
    fn new(choose: Choose) -> Self {
        let mut team = Self {
            choose,
            ring: Vec::new(),
            cursor: None,
            waiting: 0,
            joined: 0,
            moment: 0,
            eligible: BTreeSet::new(),
            given: BTreeMap::new(),
            longest_span: 0,
        };
        for _ in 0..5 {
            team.join(&mut Chance(7));
        }
        team
    }

    fn join(&mut self, chance: &mut Chance) {
        self.joined += 1;
        let standing = Standing {
            is_active: true,
            has_full_seat: chance.below(8) > 0,
            may_be_assigned: chance.below(8) > 0,
            is_excluded: false,
            is_away: false,
            is_off_shift: false,
            load: 0,
            capacity: (chance.below(3) > 0).then(|| 3 + chance.below(12) as i64),
        };
        self.ring.push(Worker { member: MemberId(Uuid::from_u128(self.joined)), standing, last_assigned_at: None });
    }

    /// Whoever leaves gives back what they had; a cursor on them falls back to who comes before.
    fn leave(&mut self, place: usize) {
        let gone = self.ring.remove(place);
        self.waiting += gone.standing.load as usize;
        if self.cursor == Some(gone.member) {
            let before = (place + self.ring.len()).checked_sub(1).and_then(|place| place.checked_rem(self.ring.len()));
            self.cursor = before.map(|place| self.ring[place].member);
        }
    }

    fn something_happens(&mut self, chance: &mut Chance) {
        let place = chance.below(self.ring.len().max(1));
        let Some(worker) = self.ring.get_mut(place) else { return self.join(chance) };
        let standing = &mut worker.standing;
        match chance.below(24) {
            0 | 1 => standing.is_away = !standing.is_away,
            2 => standing.is_off_shift = !standing.is_off_shift,
            3 => standing.capacity = (chance.below(3) > 0).then(|| chance.below(15) as i64),
            4..=13 => standing.load = (standing.load - 1).max(0),
            14 => {
                standing.is_active = !standing.is_active;
                if !standing.is_active {
                    self.waiting += standing.load as usize;
                    standing.load = 0;
                }
            }
            15 if self.ring.len() < 12 => self.join(chance),
            16 if self.ring.len() > 3 => self.leave(place),
            _ => {}
        }
    }

    /// Gives out what waits, as long as somebody takes it.
    fn drain(&mut self) {
        while self.waiting > 0 {
            let ring: Vec<_> = self.ring.iter().map(Worker::candidate).collect();
            let eligible: BTreeSet<_> = self.ring.iter().filter(|one| one.is_free()).map(|one| one.member).collect();
            let Some(chosen) = (self.choose)(&ring, self.cursor) else {
                assert!(eligible.is_empty(), "INV-28: {} wait while {eligible:?} could take one", self.waiting);
                return;
            };
            assert!(eligible.contains(&chosen), "INV-27: {chosen} could take none");
            self.moment += 1;
            self.keep_count(eligible, chosen);
            self.cursor = Some(chosen);
            self.waiting -= 1;
            let worker = self.ring.iter_mut().find(|one| one.member == chosen).expect("in the ring");
            worker.standing.load += 1;
            worker.last_assigned_at = Some(Timestamp::from_millis(self.moment));
        }
    }

    fn keep_count(&mut self, eligible: BTreeSet<MemberId>, chosen: MemberId) {
        if eligible != self.eligible {
            self.given = eligible.iter().map(|member| (*member, 0)).collect();
            self.eligible = eligible;
        }
        *self.given.entry(chosen).or_default() += 1;
        self.longest_span = self.longest_span.max(self.given.values().sum());
    }

    fn spread(&self) -> usize {
        let most = self.given.values().max().copied().unwrap_or_default();
        most - self.given.values().min().copied().unwrap_or_default()
    }
}

impl Worker {
    fn candidate(&self) -> Candidate {
        let skip = self.standing.skip();
        Candidate { member: self.member, load: self.standing.load, last_assigned_at: self.last_assigned_at, skip }
    }

    /// The rule of E5 in other words, to hold the product's against.
    fn is_free(&self) -> bool {
        let Standing { is_active, has_full_seat, may_be_assigned, is_away, is_off_shift, load, capacity, .. } =
            self.standing;
        let has_room = capacity.is_none_or(|capacity| load < capacity);
        is_active && has_full_seat && may_be_assigned && !is_away && !is_off_shift && has_room
    }
}

/// Ten thousand arrivals; `check` looks after each.
fn arrive(choose: Choose, seed: u64, check: impl Fn(&Team)) -> Team {
    let (mut team, mut chance) = (Team::new(choose), Chance(seed));
    for _ in 0..ARRIVALS {
        team.waiting += 1;
        team.drain();
        check(&team);
        team.something_happens(&mut chance);
        team.drain();
        check(&team);
    }
    team
}

#[test]
fn r8_inv_27_inv_28_inv_29_ten_thousand_arrivals_are_shared_out_in_turn() {
    for seed in 1..=4 {
        let team = arrive(round_robin, seed, |team| assert!(team.spread() <= 1, "{:?}", team.given));
        assert!(team.longest_span > 20 && team.joined > 50, "{} {}", team.longest_span, team.joined);
    }
}

#[test]
fn r8_inv_27_inv_28_ten_thousand_arrivals_go_to_who_has_the_least() {
    let least: Choose = |ring, _| {
        let chosen = load_balanced(ring)?;
        let eligible = || ring.iter().filter(|one| one.skip.is_none());
        let load = eligible().find(|one| one.member == chosen).map(|one| one.load);
        assert_eq!(load, eligible().map(|one| one.load).min());
        Some(chosen)
    };
    for seed in 1..=4 {
        arrive(least, seed, |_| ());
    }
}
