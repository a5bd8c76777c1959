//! Proof that nothing in the log was changed, taken out or moved (INV-40, OWN-16).

use rand::seq::IndexedRandom;
use serde_json::{Value, json};

use crate::support::{Database, MIRROR, PLACE, Person, Place, World, ran};

/// The three chains: their events, their details, the column that says whose they are.
const CHAINS: [(&str, &str, &str); 3] = [
    ("events", "event_details", "workspace_id"),
    ("access_events", "access_event_details", "workspace_id"),
    ("instance_events", "instance_event_details", "chain"),
];

/// A column, and what is written over it.
type Tampering = (&'static str, &'static str);

/// Every column that a row is read by, with another value of its kind; an empty one is filled.
fn tamperings() -> Vec<Tampering> {
    let (id, hash) = match *PLACE {
        Place::Sqlite => ("x'0123456789abcdef0123456789abcdef'", "zeroblob(32)"),
        Place::Postgres(_) => ("'01234567-89ab-cdef-0123-456789abcdef'", "decode(repeat('00', 32), 'hex')"),
    };
    vec![
        ("seq", "seq + 1000000"),
        ("at", "at + 1"),
        ("kind", "kind || 'x'"),
        ("actor_kind", "actor_kind || 'x'"),
        ("actor_id", id),
        ("permission", "permission || 'x'"),
        ("subject_kind", "subject_kind || 'x'"),
        ("subject_id", id),
        ("parent_seq", "coalesce(parent_seq - 1, seq)"),
        ("sight", "coalesce(sight || ' ', '')"),
        ("payload", "payload || ' '"),
        ("row_hash", hash),
        ("hash", hash),
    ]
}

/// A workspace whose chains all have something in them.
fn world() -> World {
    let world = super::lived_in();
    let bo = world.bo();
    (0..8).for_each(|_| drop(bo.patch("", json!({ "name": "Mine" })).refused(403, "forbidden")));
    (0..4).for_each(|round| drop(bo.patch("/api/v1/me", json!({ "name": format!("Bo {round}") })).ok()));
    world
}

/// What the command says, and whether it is content.
fn verified(database: &Database, more: &[&str]) -> (bool, String) {
    let folder = database.folder.path().display().to_string();
    ran(&[&["audit", "verify", "--database-url", &database.url, "--data-dir", &folder], more].concat())
}

/// The rows of a chain of the real workspace, or of the accounts: their numbers, those without details only.
fn bare_rows(world: &World, (events, details, owner): (&str, &str, &str)) -> Vec<i64> {
    let own = own(world, owner);
    let query = format!(
        "select seq from {events} e where {own} and not exists (
            select 1 from {details} d where d.seq = e.seq and d.{owner} = e.{owner}) order by seq"
    );
    world.database.column(&query).iter().map(|seq| seq.parse().expect("a number")).collect()
}

fn own(world: &World, owner: &str) -> String {
    let id = world.workspace();
    match (owner, &*PLACE) {
        ("chain", _) => "chain = 'accounts'".to_owned(),
        (_, Place::Sqlite) => format!("workspace_id = x'{}'", id.replace('-', "")),
        (_, Place::Postgres(_)) => format!("workspace_id = '{id}'"),
    }
}

#[track_caller]
fn is_broken(world: &World, at: i64, what: &str) {
    let (content, said) = verified(&world.database, &["--workspace", &world.workspace()]);
    let broken: Vec<_> = said.lines().filter(|line| line.starts_with("BROKEN")).collect();
    assert!(!content && broken.len() == 1, "{what}: {said}");
    let named = broken[0].split("event ").nth(1).and_then(|rest| rest.split(' ').next()).expect("a number");
    assert!(named.parse::<i64>().expect("a number") <= at + 1, "{what}, event {at}: {said}");
    assert!(!said.contains(MIRROR));
}

#[track_caller]
fn is_whole(world: &World) {
    let (content, said) = verified(&world.database, &["--workspace", &world.workspace()]);
    assert!(content && said.lines().filter(|line| line.starts_with("whole")).count() == 3, "{said}");
}

#[test]
fn own_16_any_column_of_any_row_that_was_changed_is_found() {
    let world = world();
    let database = &world.database;
    is_whole(&world);
    for chain @ (events, _, owner) in CHAINS {
        let (rows, own) = (bare_rows(&world, chain), own(&world, owner));
        let row = *rows.choose(&mut rand::rng()).expect("a row");
        for (column, other) in tamperings() {
            let what = format!("{events}.{column} = {other} of {row}");
            database.run(&format!(
                "create table kept as select {column} as cell from {events} where {own} and seq = {row}"
            ));
            database.run(&format!("update {events} set {column} = {other} where {own} and seq = {row}"));
            is_broken(&world, row, &what);
            let now = if column == "seq" { row + 1_000_000 } else { row };
            database
                .run(&format!("update {events} set {column} = (select cell from kept) where {own} and seq = {now}"));
            database.run("drop table kept");
        }
    }
    is_whole(&world);
}

#[test]
fn own_16_rows_that_were_taken_out_moved_or_cut_off_are_found() {
    let world = world();
    let database = &world.database;
    for chain @ (events, _, owner) in CHAINS {
        let (rows, own) = (bare_rows(&world, chain), own(&world, owner));
        let [one, other] = [rows[1], rows[rows.len() - 2]];
        let at = |seq: i64| format!("{own} and seq = {seq}");
        let renumber = |from: i64, to: i64| database.run(&format!("update {events} set seq = {to} where {}", at(from)));
        let swap = || {
            renumber(one, 2_000_000);
            renumber(other, one);
            renumber(2_000_000, other);
        };
        swap();
        is_broken(&world, one, &format!("{events}: {one} and {other} changed places"));
        swap();
        is_whole(&world);

        for (gone, what) in [(one, "one in between"), (*rows.last().expect("a row"), "the newest")] {
            database.run(&format!("create table kept as select * from {events} where {}", at(gone)));
            database.run(&format!("delete from {events} where {}", at(gone)));
            is_broken(&world, gone, &format!("{events}: {what} is gone"));
            database.run(&format!("insert into {events} select * from kept; drop table kept"));
            is_whole(&world);
        }
    }
}

#[test]
fn own_16_the_heads_are_part_of_the_proof() {
    let world = world();
    let database = &world.database;
    for (heads, owner) in
        [("workspace_heads", "workspace_id"), ("access_heads", "workspace_id"), ("instance_heads", "chain")]
    {
        let own = own(&world, owner);
        let last: i64 = database.count(&format!("select seq from {heads} where {own}"));
        for (there, back) in [("seq = seq + 1", "seq = seq - 1"), ("seq = seq - 1", "seq = seq + 1")] {
            database.run(&format!("update {heads} set {there} where {own}"));
            is_broken(&world, last, &format!("{heads}: {there}"));
            database.run(&format!("update {heads} set {back} where {own}"));
        }
        is_whole(&world);
    }
    database.run(&format!("delete from access_heads where {}", own(&world, "workspace_id")));
    is_broken(&world, 1, "a chain without its head");
}

#[test]
fn own_16_a_text_beside_an_event_is_what_was_recorded_or_was_erased() {
    let world = world();
    let database = &world.database;
    let own = own(&world, "workspace_id");
    let row: i64 = database.count(&format!("select max(seq) from event_details where {own}"));
    let text = |change: &str| {
        database.run(&format!("update event_details set details = {change} where {own} and seq = {row}"));
    };
    text("replace(details, 'Acme', 'Acne')");
    is_broken(&world, row, "a changed text");
    text("replace(details, 'Acne', 'Acme')");
    is_whole(&world);
    let invented =
        "insert into event_details (workspace_id, seq, details) select workspace_id, 1, '{}' from workspaces";
    database.run(&format!("{invented} where {own}"));
    is_broken(&world, 1, "a text that nobody recorded");
    database.run(&format!("delete from event_details where {own}"));
    let (content, said) = verified(database, &["--workspace", &world.workspace()]);
    assert!(content && said.contains("were erased"), "what people wrote can be erased: {said}");
}

#[test]
fn the_page_verifies_what_the_command_does_and_says_where_it_is_broken() {
    let world = world();
    let ann = world.ann();
    let verify = |person: &Person| person.post("audit-events/verification", json!({})).ok();
    let found = verify(&ann);
    for chain in ["changes", "access"] {
        assert_eq!((&found[chain]["whole"], &found[chain]["broken_at"]), (&json!(true), &Value::Null), "{found}");
        assert!(found[chain]["events"].as_i64() > Some(2), "{found}");
    }
    let own = own(&world, "workspace_id");
    world.database.run(&format!("update access_events set actor_kind = 'duty' where {own} and seq = 3"));
    let found = verify(&ann);
    assert_eq!((&found["changes"]["whole"], &found["access"]["whole"]), (&json!(true), &json!(false)));
    assert_eq!((&found["access"]["broken_at"], &found["access"]["finding"]), (&json!(3), &json!("changed")));
    assert_eq!(verify(&world.gus())["access"]["whole"], true, "a chain is its workspace's own");
}

#[test]
fn the_command_names_a_workspace_that_is_not_there_and_a_schema_that_is_old() {
    let world = World::new();
    let (content, said) = verified(&world.database, &["--workspace", &world.ann().member]);
    assert!(!content && said.contains("there is no workspace"), "{said}");
    world.database.run("delete from schema_migrations where name like '0009%'");
    let (content, said) = verified(&world.database, &[]);
    assert!(!content && said.contains("lacks 0009_access_heads"), "{said}");
}

#[test]
fn verifying_while_others_work_raises_no_alarm() {
    let world = world();
    let (ann, bo) = (world.ann(), world.bo());
    std::thread::scope(|scope| {
        let busy = scope.spawn(|| {
            for round in 0..60 {
                bo.patch("/api/v1/me", json!({ "name": format!("Bo {round}") })).ok();
                bo.patch("", json!({ "name": "Mine" })).refused(403, "forbidden");
                world.ann().patch("", json!({ "name": format!("Acme {round}") })).ok();
            }
        });
        while !busy.is_finished() {
            let found = ann.post("audit-events/verification", json!({})).ok();
            assert!(found["changes"]["whole"] == true && found["access"]["whole"] == true, "{found}");
        }
    });
}
