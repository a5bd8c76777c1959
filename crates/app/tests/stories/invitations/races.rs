//! Many who accept one invitation at once: one of them joins (R3).

use std::{sync::Barrier, thread};

use serde_json::json;

use super::{accept, invite, verified_gus};
use crate::support::{World, until};

#[test]
fn r3_inv_11_of_many_who_accept_one_invitation_at_once_one_joins() {
    acceptance_races(20, 12);
}

/// Every round as many at once as the bar says, for `bin/soak`; prints what it found.
#[test]
#[ignore = "takes minutes; bin/soak runs it"]
fn soak_acceptance_races() {
    const ROUNDS: usize = 1000;
    const AT_ONCE: usize = 200;
    acceptance_races(ROUNDS, AT_ONCE);
    println!("soak: {ROUNDS} invitations, each accepted {AT_ONCE} times at once: {ROUNDS} memberships, 0 doubled");
}

fn acceptance_races(rounds: usize, at_once: usize) {
    let world = World::new();
    let (ann, gus) = (world.ann(), verified_gus(&world));
    let mut earlier = String::new();
    for round in 0..rounds {
        invite(&ann, &gus.email, "agent");
        let token = until("a link of this round", || {
            Some(world.mailed(&gus.email, "/invite/")).filter(|token| *token != earlier)
        });
        let statuses = all_at_once(at_once, || accept(&gus, &token).status);
        let joined = statuses.iter().filter(|status| **status == 200).count();
        assert_eq!(joined, 1, "round {round}: {statuses:?}");
        assert!(statuses.iter().all(|status| [200, 409, 410].contains(status)), "round {round}: {statuses:?}");
        let places = ann.all("members").iter().filter(|member| member["email"] == gus.email).count();
        assert_eq!(places, 1, "round {round}");
        gus.clone().in_workspace(&ann.workspace).post("leave", json!({})).ok();
        earlier = token;
    }
}

fn all_at_once(count: usize, ask: impl Fn() -> u16 + Sync) -> Vec<u16> {
    let start = Barrier::new(count);
    thread::scope(|scope| {
        let asking = |_| {
            scope.spawn(|| {
                start.wait();
                ask()
            })
        };
        let tries: Vec<_> = (0..count).map(asking).collect();
        tries.into_iter().map(|one| one.join().expect("an answer")).collect()
    })
}
