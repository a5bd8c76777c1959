//! Policy packs: the operator loads one of their own, and workspaces stand on the version they chose.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use crate::support::{Database, Person, World, ran};

const DEFAULT: &str = include_str!("../../../../packs/default.toml");

/// The default pack under another name, in which viewers are called readers.
fn readers(version: u32) -> String {
    let changes = [
        ("id = \"default\"", "id = \"readers\"".to_owned()),
        ("title = \"Default\"", "title = \"Readers\"".to_owned()),
        ("version = 1", format!("version = {version}")),
        ("label = \"Viewer\"", "label = \"Reader\"".to_owned()),
    ];
    changes.iter().fold(DEFAULT.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from:?} is not in the pack");
        text.replacen(from, to, 1)
    })
}

/// The program, asked about a database.
fn guildhall(database: &Database, arguments: &[&str]) -> (bool, String) {
    let folder = database.folder.path().display().to_string();
    ran(&[arguments, &["--database-url", &database.url, "--data-dir", &folder]].concat())
}

fn written(database: &Database, text: &str) -> PathBuf {
    let file = database.folder.path().join("own.toml");
    fs::write(&file, text).expect("written");
    file
}

/// Loads a pack of this text; whether it was taken in, and what was said.
fn load(database: &Database, text: &str) -> (bool, String) {
    let file = written(database, text).display().to_string();
    guildhall(database, &["admin", "pack", "load", &file])
}

fn list(database: &Database) -> String {
    let (listed, packs) = guildhall(database, &["admin", "pack", "list"]);
    assert!(listed, "{packs}");
    packs
}

#[test]
fn a_pack_that_was_loaded_stands_in_the_list_and_in_the_matrix() {
    let database = Database::empty();
    assert_eq!(list(&database).lines().count(), 6, "those of the program");
    let (loaded, said) = load(&database, &readers(1));
    assert!(loaded && said.contains("readers 1, 7 roles"), "{said}");
    let (loaded, said) = load(&database, &readers(2));
    assert!(loaded && said.contains("readers 2"), "{said}");

    let packs = list(&database);
    let lines: Vec<Vec<&str>> = packs.lines().map(|line| line.split_whitespace().collect()).collect();
    assert!(lines[0].starts_with(&["default", "1"]) && packs.contains("comes with the program"), "{packs}");
    assert_eq!(
        [&lines[6][..4], &lines[7][..4]],
        [["readers", "2", "Readers", "loaded"], ["readers", "1", "Readers", "loaded"]]
    );

    let (_, printed) = guildhall(&database, &["authz", "matrix", "--pack", "readers", "--format", "json"]);
    let matrix: Value = serde_json::from_str(&printed).expect("JSON");
    assert_eq!((&matrix["pack"]["version"], &matrix["roles"][6]["label"]), (&2.into(), &"Reader".into()));
    assert_eq!(matrix["roles"][6]["grants"]["customer.view_unmasked"], "masked");
    let (_, table) = guildhall(&database, &["authz", "matrix", "--pack", "readers"]);
    assert!(table.contains("# viewer: Reader, rank 10, full seat"), "{table}");

    let recorded = "select payload from instance_events where kind = 'policy_pack.loaded' order by seq";
    assert_eq!(database.column(recorded), [r#"{"pack":"readers","version":1}"#, r#"{"pack":"readers","version":2}"#]);
}

#[test]
fn a_faulty_pack_is_refused_whole_with_its_line_and_the_reason() {
    let database = Database::empty();
    let good = readers(1);
    let line_of = |start: &str| 1 + good.lines().position(|line| line.starts_with(start)).expect("a line of it");
    let row = good.lines().find(|line| line.starts_with("\"note.view\"")).expect("a row");
    for (from, to, at, why) in [
        (row, "", "[permissions]", "\"note.view\" has no row"),
        (row, "\"note.view\" = [\"any\"]", "\"note.view\"", "1 cells for 7 roles"),
        ("reply_lock = \"soft\"", "reply_lock = \"hard\"", "reply_lock", "unknown variant `hard`"),
        ("masking = \"on\"", "masking = \"off\"", "masking", "\"viewer\" sees masked customers"),
        ("owner_role = \"owner\"", "owner_role = \"king\"", "owner_role", "not among the roles"),
        ("[pack]", "[pack", "[pack]", "unclosed table"),
    ] {
        let (loaded, said) = load(&database, &good.replacen(from, to, 1));
        let place = format!("own.toml: line {}: ", line_of(at));
        assert!(!loaded && said.contains(&place) && said.contains(why), "{to}: {said}");
    }
    let (loaded, said) = guildhall(&database, &["admin", "pack", "load", "/nowhere/own.toml"]);
    assert!(!loaded && said.contains("/nowhere/own.toml"), "{said}");
    assert_eq!(list(&database).lines().count(), 6);
    assert_eq!(database.count("select count(*) from instance_events"), 0);
}

#[test]
fn what_was_loaded_never_changes() {
    let database = Database::empty();
    let (loaded, said) = load(&database, DEFAULT);
    assert!(!loaded && said.contains("\"default\" comes with the program"), "{said}");
    assert!(load(&database, &readers(2)).0);
    for version in [1, 2] {
        let (loaded, said) = load(&database, &readers(version));
        assert!(!loaded && said.contains("version 2 of the pack \"readers\" is loaded already"), "{said}");
    }
    assert_eq!(database.column("select version from policy_packs"), ["2"]);
    let (known, said) = guildhall(&database, &["authz", "matrix", "--pack", "writers"]);
    assert!(!known && said.contains("no pack \"writers\""), "{said}");
}

#[test]
fn a_workspace_stands_on_the_version_it_chose_while_others_are_loaded() {
    let world = World::new();
    let founded = |name: &str| {
        let made = world.ann().post("/api/v1/workspaces", json!({ "name": name, "pack": "readers" }));
        world.ann().in_workspace(made.ok_with(201)["id"].as_str().expect("an id"))
    };
    let lowest = |ann: &Person| ann.all("roles").last().expect("a role")["label"].clone();
    world.ann().post("/api/v1/workspaces", json!({ "name": "Early", "pack": "readers" })).refused(422, "invalid_field");
    assert!(load(&world.database, &readers(1)).0);
    let first = founded("First");
    assert_eq!(lowest(&first), "Reader");
    assert!(load(&world.database, &readers(2).replace("label = \"Reader\"", "label = \"Guest\"")).0);
    assert_eq!([lowest(&first), lowest(&founded("Second"))], ["Reader", "Guest"]);
    assert_eq!(lowest(&world.ann()), "Viewer", "Acme stands on the default pack");
}
