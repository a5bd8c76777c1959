//! R8: arrivals at teams whose members go away, come back, fill up, join and leave, through the doors (INV-26…29).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{availability, capacity, decisions, shared_out, solve, team};
use crate::support::{Person, World, text_of};

/// From so many on one is closed for each that comes in, so that ten thousand take no longer each than the first.
const MOST_OPEN: usize = 60;

#[test]
fn r8_inv_26_inv_27_inv_28_inv_29_hundreds_of_arrivals_are_shared_out_fairly_to_who_is_eligible() {
    for strategy in ["round_robin", "load_balanced"] {
        let found = arrive(&World::new(), strategy, 80);
        assert!(found.assigned > 40 && found.waited > 0 && found.longest_span > 4, "{strategy}: {found:?}");
    }
}

/// The full number, for `bin/soak`; prints what it found.
#[test]
#[ignore = "takes minutes; bin/soak runs it"]
fn soak_routing() {
    const ARRIVALS: usize = 10_000;
    let found = ["round_robin", "load_balanced"].map(|strategy| arrive(&World::new(), strategy, ARRIVALS / 2));
    println!(
        "soak: {ARRIVALS} arrivals, {} assignments by themselves, {} of them from a queue; none to who was not eligible, none waiting while somebody was, spread at most 1 in spans of up to {} turns",
        found.iter().map(|one| one.assigned).sum::<usize>(),
        found.iter().map(|one| one.waited).sum::<usize>(),
        found.iter().map(|one| one.longest_span).max().unwrap_or_default(),
    );
}

/// What a run saw.
#[derive(Debug, Default)]
struct Found {
    assigned: usize,
    /// Of these from the queue.
    waited: usize,
    longest_span: usize,
}

/// A member as the story knows them, beside what the house does.
struct Worker {
    person: Person,
    in_team: bool,
    away: bool,
    active: bool,
    capacity: Option<i64>,
}

impl Worker {
    fn takes_more(&self, load: i64) -> bool {
        self.in_team && !self.away && self.active && self.capacity.is_none_or(|capacity| load < capacity)
    }
}

struct Stage<'a> {
    world: &'a World,
    team: String,
    crew: Vec<Worker>,
    chance: u64,
    /// Open conversations by who has them; nobody's wait.
    open: BTreeMap<String, Option<String>>,
    /// The newest decision that was looked at, by conversation.
    seen: BTreeMap<String, String>,
    /// So many were taken when the story looked last.
    taken: i64,
    span: Span,
    found: Found,
}

/// How often who was chosen since the eligible ones last changed (INV-29).
#[derive(Default)]
struct Span {
    eligible: BTreeSet<String>,
    given: BTreeMap<String, usize>,
}

fn arrive(world: &World, strategy: &str, arrivals: usize) -> Found {
    let crew: Vec<_> = ["Dee", "Eli", "Fay", "Gil", "Hal"].map(|name| world.join(&world.ann(), name, "member")).into();
    let team = team(world, strategy, &crew.iter().collect::<Vec<_>>());
    let worker = |person| Worker { person, in_team: true, away: false, active: true, capacity: None };
    let mut stage = Stage {
        world,
        team,
        crew: crew.into_iter().map(worker).collect(),
        chance: 11,
        open: BTreeMap::new(),
        seen: BTreeMap::new(),
        taken: 0,
        span: Span::default(),
        found: Found::default(),
    };
    for n in 0..arrivals {
        let conversation = world.conversation(&format!("Question {n}"));
        stage.open.insert(conversation, None);
        stage.look();
        stage.something_happens();
        shared_out(world);
        stage.look();
        if stage.open.len() > MOST_OPEN {
            stage.solve_one();
            shared_out(world);
            stage.look();
        }
    }
    stage.found
}

impl Stage<'_> {
    fn below(&mut self, limit: usize) -> usize {
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.chance >> 33) % limit as u64) as usize
    }

    fn something_happens(&mut self) {
        let (what, whom) = (self.below(15), self.below(self.crew.len()));
        let Self { world, team, crew, .. } = self;
        let in_team = crew.iter().filter(|worker| worker.in_team).count();
        let (ann, worker) = (world.ann(), &mut crew[whom]);
        let member = worker.person.member.clone();
        let was_in_team = worker.in_team;
        match what {
            0 if worker.active && !worker.away => {
                availability(&worker.person, "away");
                worker.away = true;
            }
            0 | 1 | 12 if worker.active && worker.away => {
                availability(&worker.person, "available");
                worker.away = false;
            }
            2 if worker.in_team => {
                worker.capacity = [None, Some(2), Some(4)][whom % 3];
                capacity(world, team, &worker.person, worker.capacity);
            }
            // What comes in goes to everybody's queue while a team has nobody.
            3 if worker.in_team && in_team > 1 => {
                ann.delete(&format!("teams/{team}/members/{member}")).ok();
                (worker.in_team, worker.capacity) = (false, None);
            }
            4 if !worker.in_team => {
                ann.put(&format!("teams/{team}/members/{member}"), json!({})).ok();
                worker.in_team = true;
            }
            5 if worker.active => {
                ann.put(&format!("members/{member}/deactivation"), json!({})).ok();
                worker.active = false;
                for assignee in self.open.values_mut().filter(|assignee| assignee.as_ref() == Some(&member)) {
                    *assignee = None;
                }
            }
            5 | 6 | 13 if !worker.active => {
                ann.delete(&format!("members/{member}/deactivation")).ok();
                worker.active = true;
            }
            7..=11 => self.solve_one(),
            _ => {}
        }
        if self.crew[whom].in_team != was_in_team {
            // Who can take work changed, even if nothing came in before it was as it had been.
            self.span = Span::default();
        }
    }

    /// Closes the oldest that somebody has.
    fn solve_one(&mut self) {
        let held = self.open.iter().find(|(_, assignee)| assignee.is_some());
        if let Some(solved) = held.map(|(id, _)| id.clone()) {
            solve(self.world, &solved);
            self.open.remove(&solved);
        }
    }

    /// Looks at everything that moved: whoever got something was eligible, and nothing waits while somebody is.
    fn look(&mut self) {
        let taken = self.world.database.count("select count(*) from assignment_decisions");
        if std::mem::replace(&mut self.taken, taken) != taken {
            self.follow_all();
        }
        let waits = self.open.values().any(Option::is_none);
        let free = self.free();
        assert!(!waits || free.is_empty(), "INV-28: something waits while {free:?} could take it");
    }

    fn follow_all(&mut self) {
        let waiting: Vec<_> = self.open.iter().filter(|(_, who)| who.is_none()).map(|(id, _)| id.clone()).collect();
        let mut new = Vec::new();
        for conversation in waiting {
            // Of what waits for long only the newest decisions are listed.
            let all = decisions(self.world, &conversation);
            let Some(newest) = all.first().map(|decision| text_of(&decision["id"])) else { continue };
            let seen = self.seen.insert(conversation.clone(), newest).unwrap_or_default();
            let unseen = all.into_iter().filter(|decision| text_of(&decision["id"]) > seen);
            new.extend(unseen.map(|decision| (conversation.clone(), decision)));
        }
        new.sort_by_key(|(_, decision)| text_of(&decision["id"]));
        for (conversation, decision) in new {
            self.follow(&conversation, &decision);
        }
    }

    fn follow(&mut self, conversation: &str, decision: &Value) {
        let Some(chosen) = decision["chosen"]["id"].as_str().map(str::to_owned) else { return };
        let eligible: BTreeSet<_> = decision["considered"]
            .as_array()
            .expect("who was considered")
            .iter()
            .filter(|one| one["eligible"] == true)
            .map(|one| text_of(&one["member"]["id"]))
            .collect();
        assert_eq!(eligible, self.free(), "INV-27: who could take {conversation}");
        assert!(eligible.contains(&chosen), "INV-27: {chosen} could not");
        self.found.assigned += 1;
        self.found.waited += usize::from(decision["cause"] == "waited");
        self.span.count(&eligible, &chosen, decision["strategy"] == "round_robin");
        self.found.longest_span = self.found.longest_span.max(self.span.given.values().sum());
        self.open.insert(conversation.to_owned(), Some(chosen));
    }

    /// Who can take one more, as the story knows it.
    fn free(&self) -> BTreeSet<String> {
        let load = |member: &str| self.open.values().filter(|who| who.as_deref() == Some(member)).count() as i64;
        let free = self.crew.iter().filter(|worker| worker.takes_more(load(&worker.person.member)));
        free.map(|worker| worker.person.member.clone()).collect()
    }
}

impl Span {
    fn count(&mut self, eligible: &BTreeSet<String>, chosen: &str, in_turn: bool) {
        if *eligible != self.eligible {
            self.eligible.clone_from(eligible);
            self.given = eligible.iter().map(|member| (member.clone(), 0)).collect();
        }
        *self.given.entry(chosen.to_owned()).or_default() += 1;
        let spread = self.given.values().max().unwrap_or(&0) - self.given.values().min().unwrap_or(&0);
        assert!(!in_turn || spread <= 1, "INV-29: {:?}", self.given);
    }
}
