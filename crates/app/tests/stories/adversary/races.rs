//! Two at the same moment, on a server where transactions run beside each other. What is held here is let go once both
//! wait, so that each race goes the same way every time.

use std::{sync::mpsc, thread};

use serde_json::json;
use tokio_postgres::NoTls;

use super::{new_role, put_role};
use crate::support::{PLACE, Place, World, text_of, until};

/// Transactions of a workspace wait here before they end: their events have no number yet.
struct Held {
    let_go: mpsc::Sender<()>,
    holder: thread::JoinHandle<()>,
}

impl Held {
    fn new(world: &World) -> Self {
        let url = world.database.url.clone();
        let ((let_go, going), (holding, held)) = (mpsc::channel(), mpsc::channel());
        let holder = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let (client, connection) = tokio_postgres::connect(&url, NoTls).await.expect("a connection");
                tokio::spawn(connection);
                client.batch_execute("begin; select seq from workspace_heads for update").await.expect("held");
                holding.send(()).expect("somebody waits");
                let going = tokio::task::spawn_blocking(move || going.recv());
                // Let go by a word, or by the end of the story.
                let _ = going.await;
                client.batch_execute("rollback").await.expect("let go");
            });
        });
        held.recv().expect("it is held");
        Self { let_go, holder }
    }

    /// Waits until so many transactions wait, for this or for each other.
    #[track_caller]
    fn until_waiting(&self, world: &World, transactions: i64) {
        let waiting = "select count(distinct pid) from pg_locks where not granted
            and pid in (select pid from pg_stat_activity where datname = current_database())";
        let look = || (world.database.count(waiting) == transactions).then_some(());
        until(&format!("{transactions} that wait"), look);
    }

    fn let_go(self) {
        self.let_go.send(()).expect("it is held");
        self.holder.join().expect("it ends");
    }
}

fn one_by_one() -> bool {
    matches!(*PLACE, Place::Sqlite)
}

#[test]
fn own_17_no_change_of_a_name_takes_back_the_day_on_which_a_membership_ends() {
    if one_by_one() {
        return;
    }
    let world = World::new();
    let (ann, kim) = (world.ann(), world.member_with_role("agent"));
    put_role(&ann, &kim, &new_role(&ann, "agent", &json!({ "member.edit": "own" }))).ok();
    let (path, day) = (format!("members/{}", kim.member), "2026-03-01T00:00:00Z");
    // Nothing else of hers is written when she comes.
    kim.get("members").ok();
    let held = Held::new(&world);
    thread::scope(|scope| {
        let ending = scope.spawn(|| ann.patch(&path, json!({ "ends_on": day })).ok());
        held.until_waiting(&world, 1);
        let naming = scope.spawn(|| kim.patch(&path, json!({ "display_name": "Kim" })).ok());
        held.until_waiting(&world, 2);
        held.let_go();
        ending.join().expect("set");
        naming.join().expect("named");
    });
    let shown = ann.get(&path).ok();
    assert_eq!((&shown["name"], shown["ends_on"].is_null()), (&json!("Kim"), false), "{shown}");
}

#[test]
fn inv_26_nobody_keeps_a_conversation_that_they_claim_while_their_role_stops_being_given_any() {
    if one_by_one() {
        return;
    }
    let world = World::new();
    let (ann, kim) = (world.ann(), world.member_with_role("agent"));
    let role = new_role(&ann, "agent", &json!({}));
    put_role(&ann, &kim, &role).ok();
    let conversation = world.conversation("Hello");
    let held = Held::new(&world);
    let claim = format!("conversations/{conversation}/claim");
    thread::scope(|scope| {
        let claiming = scope.spawn(|| kim.post(&claim, json!({})).ok());
        held.until_waiting(&world, 1);
        let none = json!({ "version": 1, "grants": { "conversation.be_assigned": "none" } });
        let changing = scope.spawn(|| ann.patch(&format!("roles/{role}"), none).ok());
        held.until_waiting(&world, 2);
        held.let_go();
        assert_eq!(text_of(&claiming.join().expect("claimed")["assignee"]["id"]), kim.member);
        changing.join().expect("changed");
    });
    let shown = ann.get(&format!("conversations/{conversation}")).ok();
    assert_eq!(shown["assignee"], json!(null));
}
