//! Deleting a workspace: asked for by its owner, stopped in time, or done to the last row and no further (INV-06).

use std::time::Duration;

use kernel::DAY;
use serde_json::json;
use tenancy::{Duty, Vault, Verdict};

use super::samples::literal;
use crate::support::{PASSWORD, Person, Reply, SITE, Server, Visitor, World, fresh_id, tables, text_of, until};

fn signed_in_again(world: &World, person: &Person) -> Person {
    let browser = world.browser();
    let cookie = browser.post("/api/v1/sessions", json!({ "email": person.email, "password": PASSWORD })).cookie();
    Person { browser: browser.with("cookie", &cookie), ..person.clone() }
}

/// Asks for the deletion under the typed name.
fn delete(person: &Person, name: &str) -> Reply {
    person.delete(&format!("/api/v1/workspaces/{}?confirm={name}", person.workspace))
}

/// Mails whose subject says this.
fn told(world: &World, subject: &str) -> Vec<String> {
    let of = |mail: &String| mail.lines().find_map(|line| line.strip_prefix("To: ").map(str::to_owned));
    let mut all: Vec<_> = world.mails().iter().filter(|mail| mail.contains(subject)).filter_map(of).collect();
    all.sort_unstable();
    all
}

/// Table by table, how many rows are one workspace's and how many the others'.
fn rows(world: &World, workspace: &str) -> Vec<(String, i64, i64)> {
    let mut names: Vec<String> = tables(&world.database).into_iter().map(|(name, _)| name).collect();
    names.push("jobs".into());
    let id = literal(workspace);
    let count = |table: &str, which: &str| {
        world.database.count(&format!("select count(*) from {table} where workspace_id {which} {id}"))
    };
    names.into_iter().map(|name| (name.clone(), count(&name, "="), count(&name, "<>"))).collect()
}

/// Something in every corner of Acme: conversations, files, people, rights, offers.
fn fill(world: &World) {
    let (ann, bo) = (world.ann(), world.bo());
    for number in 0..3 {
        let conversation = world.conversation(&format!("Question {number}"));
        let file = text_of(&bo.upload("note.txt", format!("note {number}").as_bytes())["id"]);
        let answer = json!({ "text": "See this", "seen_seq": 1, "attachments": [file] });
        bo.post(&format!("conversations/{conversation}/messages"), answer).ok_with(201);
    }
    let keyed = ann.clone().with("idempotency-key", "channel");
    keyed.post("channels", json!({ "name": "Second" })).ok_with(201);
    ann.post("invitations", json!({ "email": "kim@example.com", "role_key": "agent" })).ok_with(201);
    let wish = json!({ "to_member_id": bo.member, "workspace_name": "Acme" });
    let offered = text_of(&ann.post("ownership-transfers", wish).ok_with(201)["id"]);
    bo.delete(&format!("ownership-transfers/{offered}")).ok_with(204);
    let lee = world.member_with_role("agent");
    ann.delete(&format!("members/{}", lee.member)).ok();
    world.vic().patch("", json!({ "name": "Vic's" })).refused(403, "forbidden");
}

#[test]
fn inv_06_a_deletion_takes_the_owner_the_typed_name_and_a_fresh_proof() {
    let world = World::new();
    let (ann, admin) = (world.ann(), world.member_with_role("admin"));
    for person in [&admin, &world.bo(), &world.cleo()] {
        assert_eq!(delete(person, "Acme").refused(403, "forbidden")["permission"], "workspace.delete");
    }
    ann.delete("").refused(422, "invalid_field");
    for name in ["", "acme", "Acme%20", "ACME"] {
        let refusal = delete(&ann, name).refused(422, "confirmation.mismatch");
        assert_eq!(refusal["errors"][0]["pointer"], "/confirm", "{name:?}");
    }
    world.clock.advance(Duration::from_secs(11 * 60));
    delete(&ann, "Acme").refused(403, "session.confirmation_required");
    assert_eq!(ann.get("").ok()["state"], "active");
    assert_eq!(told(&world, "will be deleted"), Vec::<String>::new());
}

#[test]
fn inv_06_until_it_happens_the_owner_can_take_it_back() {
    let world = World::new();
    let (ann, admin, bo) = (world.ann(), world.member_with_role("admin"), world.bo());
    let stream = bo.listen();
    let scheduled = delete(&ann, "Acme").ok();
    let due = world.clock.now().plus(DAY * 7).millis();
    let at = kernel::Timestamp::parse(&text_of(&scheduled["deletion_at"])).expect("a moment").millis();
    assert_eq!(scheduled["state"], "scheduled_deletion");
    assert!((due - 60_000..=due).contains(&at), "seven days from now");
    stream.until(|frame| frame.event == "closed");

    let refusal = bo.get("conversations").refused(403, "forbidden");
    assert_eq!(refusal["decided_by"], "state");
    bo.get("members").ok();
    ann.patch("", json!({ "name": "Other" })).refused(403, "forbidden");
    admin.delete("deletion").refused(403, "forbidden");
    let me = ann.get("/api/v1/me").ok();
    let home = &me["memberships"][0]["workspace"];
    assert_eq!((&home["state"], &home["deletion_at"]), (&json!("scheduled_deletion"), &scheduled["deletion_at"]));
    until("letters to who runs it", || {
        (told(&world, "Acme will be deleted on 12 January 2026").len() == 2).then_some(())
    });
    let mut expected = ["ann@example.com".to_owned(), admin.email.clone()];
    expected.sort_unstable();
    assert_eq!(told(&world, "Acme will be deleted"), expected);
    let again = delete(&ann, "Acme").ok();
    assert_eq!(again["deletion_at"], scheduled["deletion_at"], "asking twice changes nothing");

    let back = ann.delete("deletion").ok();
    assert_eq!((&back["state"], &back["deletion_at"]), (&json!("active"), &json!(null)));
    bo.get("conversations").ok();
    until("letters that it stays", || (told(&world, "Acme stays") == expected).then_some(()));
    ann.delete("deletion").refused(409, "workspace.deletion_not_scheduled");
    world.clock.advance(DAY * 8);
    let open = "select count(*) from jobs where state <> 'done'";
    until("the old deletion to find nothing to do", || (world.database.count(open) == 0).then_some(()));
    signed_in_again(&world, &ann).get("conversations").ok();
}

#[test]
fn inv_41_a_restricted_workspace_that_is_not_deleted_is_restricted_again() {
    let world = World::new();
    let ann = world.ann();
    let restrict = "update workspaces set state = 'restricted', rights_version = rights_version + 1";
    world.database.run(&format!("{restrict} where workspace_id = {}", literal(&ann.workspace)));
    assert_eq!(delete(&ann, "Acme").ok()["state"], "scheduled_deletion");
    assert_eq!(ann.delete("deletion").ok()["state"], "restricted");
    ann.get("conversations").refused(403, "forbidden");
}

#[test]
fn inv_06_when_it_is_due_every_row_goes_and_nothing_of_anybody_else() {
    let world = World::new();
    fill(&world);
    let (ann, bo, gus) = (world.ann(), world.bo(), world.gus());
    let second = ann.post("/api/v1/workspaces", json!({ "name": "Side project" })).ok_with(201);
    let (ann, second) = (ann, world.ann().in_workspace(&text_of(&second["id"])));
    second.upload("kept.txt", b"kept");
    // Otherwise the week would set them away.
    for other in [&second, &gus] {
        other.patch("inbox-settings", json!({ "auto_away_minutes": 0 })).ok();
    }
    let accounts = world.database.count("select count(*) from accounts");
    let files = world.database.folder.path().join("files");
    assert!(files.join(&ann.workspace).is_dir());

    delete(&ann, "Acme").ok();
    until("no job that waits but the deletion", || {
        let open = "select count(*) from jobs where state <> 'done' and kind not like '%.expire' and kind not like 'workspace.%'";
        (world.database.count(open) == 0).then_some(())
    });
    let before = rows(&world, &ann.workspace);
    let held = before.iter().filter(|(_, own, _)| *own > 0).count();
    assert!(held >= 20, "only {held} tables have anything of the workspace");

    world.clock.advance(DAY * 7);
    until("the workspace to be gone", || {
        (rows(&world, &ann.workspace).iter().all(|(_, own, _)| *own == 0)).then_some(())
    });
    let after = rows(&world, &ann.workspace);
    for ((table, _, others), (_, own, others_now)) in before.iter().zip(&after) {
        assert_eq!(*own, 0, "{table}");
        // Whoever's they are, these are forgotten when they are old, or come of themselves when a day has gone by.
        if !["digests", "idempotency_records", "jobs", "notifications"].contains(&table.as_str()) {
            assert_eq!(others, others_now, "{table}: something of another workspace");
        }
    }
    until("its files to be gone", || (!files.join(&ann.workspace).exists()).then_some(()));
    assert!(files.join(&second.workspace).is_dir());
    assert_eq!(world.database.count("select count(*) from accounts"), accounts, "people stay");

    let ann = signed_in_again(&world, &ann);
    ann.get("members").refused(404, "not_found");
    let me = ann.get("/api/v1/me").ok();
    let places: Vec<_> = me["memberships"]
        .as_array()
        .expect("places")
        .iter()
        .map(|place| text_of(&place["workspace"]["name"]))
        .collect();
    assert_eq!(places, ["Side project"]);
    signed_in_again(&world, &second).get("conversations").ok();
    signed_in_again(&world, &gus).get("conversations").ok();
    assert_eq!(signed_in_again(&world, &bo).get("/api/v1/me").ok()["memberships"], json!([]));
    let gone = world.browser().with("origin", SITE);
    let visit = gone.post("/widget/v1/visitors", json!({ "channel_key": world.channel_key }));
    assert_eq!(visit.status, 404, "{}", visit.text());
    assert_recorded(&world);
}

/// The instance remembers that a workspace was deleted, and not what was in it.
fn assert_recorded(world: &World) {
    let written = "select payload from instance_events where kind = 'workspace.deleted'";
    assert_eq!(world.database.column(written).len(), 1);
    let server = Server::new();
    #[expect(clippy::disallowed_methods, reason = "an operator's inspection looks across workspaces")]
    let verdict = server.run(async {
        let vault =
            Vault::open(&world.database.url, tenancy::Pack::shipped(), world.clock.clone()).await.expect("a vault");
        vault.on_duty(Duty::Inspection).verify_accounts().await.expect("a verdict")
    });
    assert!(matches!(verdict, Verdict::Whole { events, .. } if events > 0), "{verdict:?}");
}

#[test]
fn inv_06_what_comes_in_while_it_is_being_erased_goes_too() {
    let world = World::new();
    let ann = world.ann();
    let visitors: Vec<Visitor> = (0..4).map(|_| world.visitor()).collect();
    visitors.iter().for_each(|visitor| drop(visitor.says("Hello")));
    delete(&ann, "Acme").ok();
    std::thread::scope(|scope| {
        for visitor in &visitors {
            let asks =
                || visitor.browser.post("/widget/v1/messages", json!({ "client_id": fresh_id(), "text": "Hello?" }));
            scope.spawn(move || while asks().status < 300 {});
        }
        world.clock.advance(DAY * 7);
        until("the workspace to be gone", || {
            let gone = format!("select count(*) from workspaces where workspace_id = {}", literal(&ann.workspace));
            (world.database.count(&gone) == 0).then_some(())
        });
    });
    assert!(rows(&world, &ann.workspace).iter().all(|(_, own, _)| *own == 0));
    assert_eq!(world.database.count("select count(*) from jobs where state = 'dead'"), 0);
}
