//! T-B11: whatever a workspace's leaders do to each other at the same moment, it has exactly one owner, who is active.

use std::{collections::BTreeMap, thread};

use serde_json::json;

use super::{deactivate, put_role, reactivate, remove};
use crate::{
    stories::workspaces::{ownerless, samples::literal},
    support::{Person, Reply, World, fresh_id, text_of, watched},
};

/// Requests at the same time in one round.
const AT_ONCE: usize = 100;

#[test]
fn t_b11_inv_02_three_who_push_each_other_out_leave_one_owner() {
    let world = World::new();
    let tally = races(&world, 20);
    for what in ["put role 200", "remove 200", "deactivate 200", "leave 200", "accept 200"] {
        assert!(tally.contains_key(what), "no {what} in {tally:?}");
    }
}

/// Many rounds, for `bin/soak`; prints what it found.
#[test]
#[ignore = "takes minutes; bin/soak runs it"]
fn soak_owner_races() {
    const ROUNDS: usize = 1000;
    let tally = races(&World::new(), ROUNDS);
    let count = |what: &str| tally.get(what).copied().unwrap_or(0);
    println!(
        "soak: {ROUNDS} rounds of {AT_ONCE} parallel requests among three leaders: {} demotions, {} removals, {} deactivations, {} departures, {} hand-overs, exactly one active owner at every look",
        count("put role 200"),
        count("remove 200"),
        count("deactivate 200"),
        count("leave 200"),
        count("accept 200"),
    );
}

/// How often each act was answered how.
type Tally = BTreeMap<String, usize>;

fn races(world: &World, rounds: usize) -> Tally {
    let one_owner = |after: &str| assert_eq!(ownerless(world), 0, "after {after}");
    let (tally, looks) = watched(
        |looks| one_owner(&format!("{looks} looks")),
        || {
            let mut tally = Tally::new();
            for round in 0..rounds {
                for answer in race(&leaders(world, round), round) {
                    *tally.entry(answer).or_default() += 1;
                }
                one_owner(&format!("round {round}"));
            }
            tally
        },
    );
    assert!(looks > rounds, "{looks} looks");
    tally
}

/// Three people in a workspace of their own: its owner and two admins, behind the program's back for speed.
fn leaders(world: &World, round: usize) -> Vec<Person> {
    let ann = world.ann();
    let made = ann.post("/api/v1/workspaces", json!({ "name": name_of(round) })).ok_with(201);
    let workspace = text_of(&made["id"]);
    let owner = ann.clone().in_workspace(&workspace);
    let member = text_of(&owner.all("members")[0]["id"]);
    let mut leaders = vec![Person { member, ..owner }];
    for person in [world.bo(), world.vic()] {
        let member = fresh_id();
        world.database.run(&format!(
            "insert into memberships (workspace_id, id, account_id, role_key, seat_type, status, joined_at)
             values ({0}, {1}, {2}, 'admin', 'full', 'active', {3});
             update meters set used = used + 1 where workspace_id = {0} and meter = 'full_seats'",
            literal(&workspace),
            literal(&member),
            literal(&person.account),
            world.clock.now().millis()
        ));
        leaders.push(Person { member, ..person.in_workspace(&workspace) });
    }
    leaders
}

fn name_of(round: usize) -> String {
    format!("Race {round}")
}

fn race(leaders: &[Person], round: usize) -> Vec<String> {
    thread::scope(|scope| {
        let acts: Vec<_> = (0..AT_ONCE).map(|number| scope.spawn(move || act(leaders, round, number))).collect();
        acts.into_iter().flat_map(|act| act.join().expect("an answer")).collect()
    })
}

/// One of the things that leaders do to each other, another mixture in every round.
fn act(leaders: &[Person], round: usize, number: usize) -> Vec<String> {
    let dice = (round * AT_ONCE + number).wrapping_mul(2_654_435_761) >> 7;
    let (by, target) = (&leaders[dice % 3], &leaders[dice / 3 % 3]);
    match dice / 9 % 8 {
        0 => vec![told("put role", &put_role(by, target, if dice.is_multiple_of(2) { "agent" } else { "admin" }))],
        1 if number.is_multiple_of(4) => vec![told("remove", &remove(by, target))],
        2 => vec![told("deactivate", &deactivate(by, target))],
        1 | 3 => vec![told("reactivate", &reactivate(by, target))],
        4 if number.is_multiple_of(4) => vec![told("leave", &by.post("leave", json!({})))],
        4 | 5 => {
            let offer = json!({ "to_member_id": target.member, "workspace_name": name_of(round) });
            vec![told("offer", &by.post("ownership-transfers", offer))]
        }
        _ => accept(by),
    }
}

/// Takes over whatever is offered.
fn accept(by: &Person) -> Vec<String> {
    let known = by.get("ownership-transfers");
    let open = known.body["items"].as_array().into_iter().flatten();
    let mine = open.filter(|offer| offer["state"] == "awaiting_acceptance" && offer["to"]["id"] == json!(by.member));
    let path = |offer: &serde_json::Value| format!("ownership-transfers/{}/acceptance", text_of(&offer["id"]));
    mine.map(|offer| told("accept", &by.post(&path(offer), json!({})))).collect()
}

fn told(what: &str, reply: &Reply) -> String {
    let known = [200, 201, 204, 403, 404, 409, 422];
    assert!(known.contains(&reply.status), "{}: {} {}", reply.asked, reply.status, reply.text());
    format!("{what} {}", reply.status)
}
