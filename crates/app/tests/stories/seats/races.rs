//! However many ask at once, no more seats are held than there are, at no moment (INV-15).

use std::{sync::Barrier, thread};

use super::{contract, invite, meters_show_what_is_there, somebody};
use crate::support::{Person, World, text_of, watched};

const CAP: i64 = 5;
const AT_ONCE: usize = 200;

#[test]
fn inv_15_two_hundred_who_invite_at_once_never_get_past_five_seats() {
    invitation_races(20);
}

/// Many rounds, for `bin/soak`; prints what it found.
#[test]
#[ignore = "takes minutes; bin/soak runs it"]
fn soak_seat_races() {
    const ROUNDS: usize = 1000;
    let looks = invitation_races(ROUNDS);
    println!(
        "soak: {ROUNDS} rounds of {AT_ONCE} parallel invitations for the last 2 of {CAP} seats: 2 went out in each, never more than {CAP} held at {looks} looks from beside"
    );
}

/// How often was looked from a connection beside.
fn invitation_races(rounds: usize) -> usize {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    contract(&world, CAP);
    // Members may invite as well, so that more than one person asks.
    let ada = world.join(&ann, "Ada", "admin");
    drop(bo.post("leave", serde_json::json!({})).ok());
    let held = "select (select count(*) from memberships m join workspaces w on w.workspace_id = m.workspace_id
            where w.name = 'Acme' and m.seat_type = 'full' and m.status = 'active')
        + (select count(*) from invitations i join workspaces w on w.workspace_id = i.workspace_id
            where w.name = 'Acme' and i.seat_type = 'full' and i.status = 'pending')";
    assert_eq!(world.database.count(held), CAP - 2, "Ann, Vic and Ada");
    let ((), looks) = watched(
        |looks| assert!(world.database.count(held) <= CAP, "after {looks} looks"),
        || {
            for round in 0..rounds {
                let statuses = all_at_once(&[&ann, &ada]);
                let went_out = statuses.iter().filter(|status| **status == 201).count();
                assert_eq!(went_out, 2, "round {round}: {statuses:?}");
                assert!(statuses.iter().all(|status| [201, 409].contains(status)), "round {round}: {statuses:?}");
                assert_eq!(world.database.count(held), CAP, "round {round}");
                meters_show_what_is_there(&world, &format!("after round {round}"));
                for invitation in ann.all("invitations") {
                    ann.delete(&format!("invitations/{}", text_of(&invitation["id"]))).ok_with(204);
                }
            }
        },
    );
    looks
}

fn all_at_once(people: &[&Person]) -> Vec<u16> {
    let start = Barrier::new(AT_ONCE);
    thread::scope(|scope| {
        let asking = |number: usize| {
            let (start, by) = (&start, people[number % people.len()]);
            scope.spawn(move || {
                start.wait();
                invite(by, &somebody(), "member").status
            })
        };
        let tries: Vec<_> = (0..AT_ONCE).map(asking).collect();
        tries.into_iter().map(|one| one.join().expect("an answer")).collect()
    })
}
