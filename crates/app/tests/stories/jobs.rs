//! Work for later: retries, dead jobs, the clock.

use std::{sync::Barrier, thread, time::Duration};

use kernel::{Clock, MemberId, Timestamp};
use serde_json::json;
use tenancy::{ConversationReply, Duty, Error, Job, MAX_ATTEMPTS, OnDuty, Pack, Vault};

use super::workspaces::samples::change_role;
use crate::support::{Database, MailServer, Server, World, ran, until};

const HOUR: Duration = Duration::from_secs(60 * 60);
const LEASE: Duration = Duration::from_secs(5 * 60);

/// Servers that share a database and a clock, and whose queue nobody works on but the story.
struct Servers {
    runtime: Server,
    database: Database,
    clock: Clock,
}

impl Servers {
    fn new() -> Self {
        let clock = Clock::movable(Timestamp::from_millis(1_767_600_000_000));
        Self { runtime: Server::new(), database: Database::empty(), clock }
    }

    /// One more server.
    fn vault(&self) -> Vault {
        let pack = Pack::parse(include_str!("../../../../packs/default.toml")).expect("the shipped pack");
        self.runtime.run(Vault::open(&self.database.url, vec![pack], self.clock.clone())).expect("a vault")
    }

    fn enqueue(&self, vault: &Vault, job: &Job) {
        self.runtime.run(async {
            let mut tx = vault.instance().begin().await.expect("a transaction");
            let outcome = tx.enqueue(job).await;
            tx.settle::<(), Error>(outcome).await.expect("enqueued");
        });
    }
}

#[expect(clippy::disallowed_methods, reason = "the story works on the queue itself")]
fn on_duty(vault: &Vault) -> OnDuty {
    vault.on_duty(Duty::Jobs)
}

fn job(key: &str) -> Job {
    Job::new("mail.password_reset", key, json!({ "email": "nobody@example.com" }))
}

/// State and tries of the one job of a kind.
fn state(world: &World, kind: &str) -> (String, i64) {
    let row = &world.database.rows(&format!("select state, attempts from jobs where kind = '{kind}'"))[0];
    let cell = |index: usize| row[index].clone().expect("a value");
    (cell(0), cell(1).parse().expect("a number"))
}

#[test]
fn a_job_that_fails_is_tried_again_after_growing_pauses() {
    let mail = MailServer::start();
    let world = World::with(|settings| settings.smtp_url = Some(mail.url()));
    mail.trouble(true);
    world.browser().post("/api/v1/password-resets", json!({ "email": "ann@example.com" })).ok_with(202);
    let mut pauses = Vec::new();
    for tries in 1..=4 {
        until("a failed try", || (state(&world, "mail.password_reset") == ("waiting".into(), tries)).then_some(()));
        let due = world.database.count("select run_at from jobs where kind = 'mail.password_reset'");
        pauses.push(due - world.clock.now().millis());
        mail.trouble(tries < 4);
        world.clock.set(Timestamp::from_millis(due));
    }
    for (pause, shortest) in pauses.iter().zip([5_000, 10_000, 20_000, 40_000]) {
        // The clock may have gone on a little since the try; the spread is a quarter.
        assert!((shortest - 10..=shortest * 5 / 4).contains(pause), "{pauses:?}");
    }
    let cause = world.database.column("select last_error from jobs where kind = 'mail.password_reset'");
    assert!(cause[0].contains("451") || cause[0].contains("try again later"), "{cause:?}");
    until("a later try", || (state(&world, "mail.password_reset").0 == "done").then_some(()));
    mail.letter("ann@example.com", "Choose a new password");
    assert_eq!(mail.letters().len(), 1);
}

#[test]
fn a_job_whose_last_try_failed_waits_for_the_operator_who_revives_it() {
    let mail = MailServer::start();
    let world = World::with(|settings| settings.smtp_url = Some(mail.url()));
    mail.trouble(true);
    world.browser().post("/api/v1/password-resets", json!({ "email": "ann@example.com" })).ok_with(202);
    until("a first try", || (state(&world, "mail.password_reset").1 == 1).then_some(()));
    world.database.run(&format!("update jobs set attempts = {} where state = 'waiting'", MAX_ATTEMPTS - 1));
    world.clock.advance(HOUR);
    until("the last try", || (state(&world, "mail.password_reset").0 == "dead").then_some(()));
    world.clock.advance(HOUR * 24);

    let folder = world.database.folder.path().display().to_string();
    let jobs = |question: &[&str]| {
        let database = ["--database-url", &world.database.url, "--data-dir", &folder];
        ran(&[&["jobs"], question, &database].concat())
    };
    let (listed, printed) = jobs(&["dead"]);
    assert!(listed && printed.contains("mail.password_reset") && printed.contains("1 dead job"), "{printed}");
    let id = printed.split_whitespace().next().expect("an id").to_owned();
    assert!(!printed.contains("ann@example.com"), "the list shows no content: {printed}");
    assert!(!jobs(&["revive", "nonsense"]).0);

    mail.trouble(false);
    let (revived, printed) = jobs(&["revive", &id]);
    assert!(revived, "{printed}");
    // The operator's program lives by the machine's clock.
    world.clock.set(Clock::system().now().plus(HOUR));
    mail.letter("ann@example.com", "Choose a new password");
    until("the job's end", || (state(&world, "mail.password_reset").0 == "done").then_some(()));
    assert!(!jobs(&["revive", &id]).0, "what is not dead is not revived");
}

#[test]
fn a_job_exists_once_per_key() {
    let servers = Servers::new();
    let vault = servers.vault();
    for key in ["one", "one", "two", "one"] {
        servers.enqueue(&vault, &job(key));
    }
    let claimed = servers.runtime.run(on_duty(&vault).claim_jobs(10)).expect("jobs");
    assert_eq!(claimed.len(), 2);
    for job in &claimed {
        servers.runtime.run(on_duty(&vault).finish_job(job, None)).expect("finished");
    }
    servers.enqueue(&vault, &job("one"));
    assert!(servers.runtime.run(on_duty(&vault).claim_jobs(10)).expect("jobs").is_empty(), "done is done");
}

#[test]
fn of_several_servers_each_job_is_claimed_by_one() {
    let servers = Servers::new();
    let vaults = [servers.vault(), servers.vault(), servers.vault()];
    for number in 0..30 {
        servers.enqueue(&vaults[0], &job(&number.to_string()));
    }
    let start = Barrier::new(vaults.len());
    let mut claimed: Vec<_> = thread::scope(|scope| {
        let claim = |vault| {
            let (start, runtime) = (&start, &servers.runtime);
            scope.spawn(move || {
                start.wait();
                let take = || runtime.run(on_duty(vault).claim_jobs(5)).expect("jobs");
                std::iter::repeat_with(take).take_while(|jobs| !jobs.is_empty()).flatten().collect::<Vec<_>>()
            })
        };
        let workers: Vec<_> = vaults.iter().map(claim).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker ends")).map(|job| job.id).collect()
    });
    claimed.sort_unstable();
    let before = claimed.len();
    claimed.dedup();
    assert_eq!((before, claimed.len()), (30, 30));
}

#[test]
fn another_server_takes_over_when_a_worker_has_vanished_and_the_first_has_no_say_any_more() {
    let servers = Servers::new();
    let (first, second) = (servers.vault(), servers.vault());
    servers.enqueue(&first, &job("one"));
    let claim = |vault: &Vault| servers.runtime.run(on_duty(vault).claim_jobs(10)).expect("jobs");
    let finish =
        |vault: &Vault, job, failure| servers.runtime.run(on_duty(vault).finish_job(job, failure)).expect("an end");
    let states = || servers.database.column("select state from jobs");

    let vanished = claim(&first).remove(0);
    servers.clock.advance(LEASE - Duration::from_millis(1));
    assert!(claim(&second).is_empty());
    servers.clock.advance(Duration::from_millis(1));
    let taken_over = claim(&second).remove(0);
    assert_eq!((taken_over.id, taken_over.attempts), (vanished.id, 1), "a vanished worker has used up a try");
    finish(&first, &vanished, Some("too late"));
    assert_eq!(states(), ["running"]);
    finish(&second, &taken_over, None);
    finish(&first, &vanished, Some("much too late"));
    assert_eq!(states(), ["done"]);
}

#[test]
fn a_job_that_takes_its_worker_down_every_time_ends_as_a_dead_one() {
    let servers = Servers::new();
    let vault = servers.vault();
    servers.enqueue(&vault, &job("one"));
    let claim = || servers.runtime.run(on_duty(&vault).claim_jobs(10)).expect("jobs").len();
    for _ in 0..MAX_ATTEMPTS {
        assert_eq!(claim(), 1);
        servers.clock.advance(LEASE);
    }
    assert_eq!(claim(), 0);
    let dead = servers.runtime.run(on_duty(&vault).dead_jobs(10)).expect("jobs");
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].last_error.as_deref(), Some("its worker vanished"));
}

#[test]
fn a_recurring_duty_falls_to_one_of_several_servers() {
    let servers = Servers::new();
    let vaults = [servers.vault(), servers.vault(), servers.vault()];
    let claims = || -> usize {
        let start = Barrier::new(vaults.len());
        thread::scope(|scope| {
            let claim = |vault| {
                let (start, runtime) = (&start, &servers.runtime);
                scope.spawn(move || {
                    start.wait();
                    runtime.run(on_duty(vault).claim_schedule("sweep", "17 * * * *")).expect("an answer")
                })
            };
            let workers: Vec<_> = vaults.iter().map(claim).collect();
            workers.into_iter().filter_map(|worker| worker.join().expect("a worker ends").then_some(())).count()
        })
    };
    assert_eq!(claims(), 0, "what was never due is planned first");
    for _ in 0..5 {
        servers.clock.advance(HOUR);
        assert_eq!(claims(), 1);
        assert_eq!(claims(), 0);
    }
    servers.clock.advance(HOUR * 10);
    assert_eq!(claims(), 1, "what was missed is done once");
    let wrong = servers.runtime.run(on_duty(&vaults[0]).claim_schedule("sweep", "nonsense"));
    assert!(wrong.is_err());
}

#[test]
fn work_for_a_person_enters_as_them_with_the_rights_they_have_then() {
    let world = World::new();
    let (bo, runtime) = (world.bo(), Server::new());
    let pack = || Pack::parse(include_str!("../../../../packs/default.toml")).expect("the shipped pack");
    let vault = |clock| runtime.run(Vault::open(&world.database.url, vec![pack()], clock)).expect("a vault");
    let now = vault(world.clock.clone());
    let due = world.clock.now().plus(HOUR);
    runtime.run(async {
        let token = bo.browser.header("cookie").and_then(|cookie| cookie.strip_prefix("sid=")).expect("signed in");
        let caller = now.caller_of_session(token).await.expect("an answer").expect("signed in");
        let scope = now.enter(&caller, bo.workspace.parse().expect("an id")).await.expect("a member");
        let mut tx = scope.grant::<ConversationReply>().expect("a right").begin().await.expect("a transaction");
        let later = Job::new("reply.planned", "one", json!({})).at(due);
        tx.enqueue(later.on_behalf_of(bo.member.parse::<MemberId>().expect("an id")));
        tx.settle::<(), Error>(Ok(())).await.expect("enqueued");
    });
    // A server an hour ahead: the world's own finds nothing due.
    let later = vault(Clock::movable(due));
    let claimed = runtime.run(on_duty(&later).claim_jobs(10)).expect("jobs");
    let job = claimed.into_iter().find(|job| job.kind == "reply.planned").expect("the job");
    let enter = || runtime.run(on_duty(&later).enter_for(&job));

    let scope = enter().expect("Bo is a member");
    assert_eq!(scope.member().map(|member| member.name.as_str()), Some("Bo"));
    assert!(scope.grant::<ConversationReply>().is_ok());
    change_role(&world, &bo, "viewer");
    let refused = enter().expect("still a member").grant::<ConversationReply>().err();
    assert!(matches!(refused, Some(Error::Forbidden { .. })), "{refused:?}");
    world.database.run("update memberships set status = 'removed' where role_key = 'viewer'");
    assert!(matches!(enter().err(), Some(Error::NotFound)), "who has left does nothing any more");
}
