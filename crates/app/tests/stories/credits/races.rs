//! Many at once: nobody spends what another one spends, and a kill in between leaves a ledger that adds up (OWN-7).

use std::{
    sync::{
        Barrier,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use kernel::Clock;
use serde_json::{Value, json};

use super::{assert_whole, entries, literal, pool, verified};
use crate::support::{Beginning, Client, Database, PASSWORD, Process, Reply, World, on_plan, ran, text_of, watched};

#[test]
fn t_j2_inv_31_of_a_thousand_who_spend_one_of_a_hundred_exactly_a_hundred_do() {
    const AT_ONCE: usize = 20;
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    world.on_plan("hundred");
    let (spent, begin) = (AtomicUsize::new(0), Barrier::new(AT_ONCE));
    let never_below_zero = |_| {
        let (balance, available) = pool(&ann);
        assert!(balance >= 0 && (0..=balance).contains(&available), "{balance}, {available} available");
    };
    let spend = || {
        thread::scope(|scope| {
            let spenders = (0..AT_ONCE).map(|place| {
                let (person, spent, begin) = (if place % 2 == 0 { ann.clone() } else { bo.clone() }, &spent, &begin);
                scope.spawn(move || {
                    begin.wait();
                    for _ in 0..1_000 / AT_ONCE {
                        let reserved = person.post("credits/reservations", json!({ "amount": 1, "cause": "analysis" }));
                        if reserved.status == 409 {
                            reserved.refused(409, "credit.insufficient");
                            continue;
                        }
                        let id = text_of(&reserved.ok_with(201)["id"]);
                        person.post(&format!("credits/reservations/{id}/commit"), json!({})).ok();
                        spent.fetch_add(1, Ordering::SeqCst);
                    }
                })
            });
            spenders.collect::<Vec<_>>().into_iter().for_each(|spender| spender.join().expect("a spender"));
        })
    };
    watched(never_below_zero, spend);
    assert_eq!((spent.into_inner(), pool(&ann)), (100, (0, 0)));
    assert_eq!(entries(&ann).len(), 101);
    assert_whole(&world);
}

#[test]
fn t_j3_fifty_requests_under_one_key_reserve_once_and_get_one_answer() {
    let world = World::new();
    let ann = world.ann();
    world.on_plan("hundred");
    let keyed = ann.clone().with("idempotency-key", "analysis-1");
    let said = json!({ "amount": 3, "cause": "analysis" });
    let begin = Barrier::new(50);
    let ids: Vec<String> = thread::scope(|scope| {
        let ask = || {
            begin.wait();
            text_of(&keyed.post("credits/reservations", said.clone()).ok_with(201)["id"])
        };
        let asking: Vec<_> = (0..50).map(|_| scope.spawn(ask)).collect();
        asking.into_iter().map(|asking| asking.join().expect("an answer")).collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(pool(&ann), (100, 97));
    let other = keyed.post("credits/reservations", json!({ "amount": 4, "cause": "analysis" }));
    other.refused(422, "idempotency_key_reused");
    let committing = ann.clone().with("idempotency-key", "commit-1");
    let commit = || committing.post(&format!("credits/reservations/{}/commit", ids[0]), json!({})).ok();
    assert_eq!(commit(), commit());
    assert_eq!(pool(&ann), (97, 97));
    assert_whole(&world);
}

#[test]
fn own_7_ten_thousand_operations_of_64_clients_with_kills_add_up() {
    let found = operations(10_000, 3);
    assert!(found.operations >= 10_000);
}

#[test]
#[ignore = "for bin/soak"]
fn soak_ledger() {
    let found = operations(1_000_000, 20);
    println!(
        "soak: {} ledger operations by 64 clients with {} kills in {} s ({} in a second): {} entries add up, 0 lost, 0 doubled, never below zero",
        found.operations,
        found.kills,
        found.took.as_secs(),
        found.operations * 1000 / found.took.as_millis().max(1) as usize,
        found.entries,
    );
}

/// What a run did.
struct Found {
    operations: usize,
    kills: usize,
    took: Duration,
    entries: i64,
}

/// What one client did.
#[derive(Default)]
struct Done {
    operations: usize,
    /// Reservations that were answered as spent.
    acknowledged: i64,
    /// Those whose answer was cut off.
    in_doubt: i64,
}

/// Something is reserved, and then settled.
const OPERATIONS_AT_ONCE: usize = 2;
const CLIENTS: usize = 64;
/// So long a run lasts at most.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// Reserving, spending and giving back through the doors, while the server is killed and started again.
fn operations(wanted: usize, kills: usize) -> Found {
    let beginning = Beginning::get();
    let database = Database::of(&beginning.snapshot);
    let acme = beginning.workspace();
    on_plan(&database, &acme, "thousands");
    let granted = wanted.to_string();
    let adjust = ["ledger", "adjust", &acme, &granted, "--key", "begin", "--database-url", &database.url];
    assert!(ran(&adjust).0, "a pool to spend from");
    let started = stopwatch();
    let (mut done, mut operations) = (Vec::new(), 0);
    for round in 1..=kills + 1 {
        let process = Process::serve(&database);
        let browsers = [signed_in(&process.origin, "ann"), signed_in(&process.origin, "bo")];
        let wanted = (wanted - operations) / (kills + 2 - round);
        let (tell, told) = channel();
        let round_done: Vec<Done> = thread::scope(|scope| {
            let work = |place: usize| {
                let (browser, acme, tell) = (browsers[place % 2].clone(), &acme, tell.clone());
                scope.spawn(move || client(&browser, acme, &tell, started))
            };
            let clients: Vec<_> = (0..CLIENTS).map(work).collect();
            drop(tell);
            told.iter().take(wanted / OPERATIONS_AT_ONCE).for_each(drop);
            if round <= kills {
                // In the middle of it: they notice by not being answered.
                process.kill();
            } else {
                drop(told);
            }
            clients.into_iter().map(|client| client.join().expect("a client")).collect()
        });
        operations += round_done.iter().map(|done| done.operations).sum::<usize>();
        done.extend(round_done);
    }
    let took = started.elapsed();
    let (whole, said) = verified(&database.url, &acme);
    assert!(whole, "{said}");
    let acknowledged: i64 = done.iter().map(|done| done.acknowledged).sum();
    let in_doubt: i64 = done.iter().map(|done| done.in_doubt).sum();
    let of_acme = format!("from credit_entries where workspace_id = {}", literal(&database, &acme));
    let spent = database.count(&format!("select count(*) {of_acme} and kind = 'consume'"));
    assert!((acknowledged..=acknowledged + in_doubt).contains(&spent), "{acknowledged} acknowledged, {spent} spent");
    Found { operations, kills, took, entries: database.count(&format!("select count(*) {of_acme}")) }
}

/// Reserves and settles until nobody answers any more, or nobody wants to hear of it.
fn client(browser: &Client, acme: &str, tell: &Sender<()>, started: Instant) -> Done {
    let mut done = Done::default();
    let there = format!("/api/v1/workspaces/{acme}/credits/reservations");
    while started.elapsed() < LONGEST {
        let Some(reserved) = send(browser, "POST", &there, Some(json!({ "amount": 2, "cause": "analysis" }))) else {
            break;
        };
        let id = text_of(&reserved.ok_with(201)["id"]);
        let settled = match (done.operations / OPERATIONS_AT_ONCE) % 5 {
            0 => send(browser, "DELETE", &format!("{there}/{id}"), None),
            _ => {
                let commit = send(browser, "POST", &format!("{there}/{id}/commit"), Some(json!({ "amount": 1 })));
                match &commit {
                    Some(_) => done.acknowledged += 1,
                    None => done.in_doubt += 1,
                }
                commit
            }
        };
        let Some(settled) = settled else { break };
        settled.ok();
        done.operations += OPERATIONS_AT_ONCE;
        if tell.send(()).is_err() {
            break;
        }
    }
    done
}

/// The answer; none from a server that is gone. A busy one is asked again.
fn send(browser: &Client, method: &str, path: &str, body: Option<Value>) -> Option<Reply> {
    let body = body.map(|body| ("application/json", body.to_string().into_bytes()));
    loop {
        let reply = browser.attempt(method, path, body.clone()).ok()?;
        if reply.status != 503 {
            return Some(reply);
        }
    }
}

fn signed_in(origin: &str, name: &str) -> Client {
    let browser = Client::new(origin.to_owned(), Clock::system());
    let said = json!({ "email": format!("{name}@example.com"), "password": PASSWORD });
    let signed = browser.post("/api/v1/sessions", said);
    assert_eq!(signed.status, 201, "{}", signed.text());
    browser.with("cookie", &signed.cookie())
}

#[expect(clippy::disallowed_methods, reason = "a span is measured")]
fn stopwatch() -> Instant {
    Instant::now()
}
