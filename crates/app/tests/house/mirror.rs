//! The mirror itself: it stands behind every table of workspaces, and nothing of it can be shown unnoticed.

use crate::support::{CODES, CONTENTS, MIRROR, PLACE, Place, World, no_mirror, tables};

#[test]
fn every_text_column_is_known_as_content_or_as_code() {
    let world = World::empty();
    let mut seen = Vec::new();
    for (table, columns) in tables(&world.database) {
        for (column, _) in columns.iter().filter(|(_, kind)| kind == "text") {
            let name = format!("{table}.{column}");
            let known = (CONTENTS.contains(&name.as_str()), CODES.contains(&name.as_str()));
            assert!(known.0 != known.1, "{name}: say in support/mirror.rs whether people or the program write it");
            seen.push(name);
        }
    }
    for name in CONTENTS.iter().chain(CODES) {
        assert!(seen.iter().any(|column| column == name), "{name} is listed and does not exist");
    }
}

#[test]
fn whatever_a_workspace_holds_its_mirror_holds_with_other_contents() {
    let world = World::new();
    world.conversation("Hello from the shop");
    let mut mirrored = 0;
    for (table, columns) in tables(&world.database) {
        if table == "search_entries" && matches!(*PLACE, Place::Sqlite) {
            continue;
        }
        let (real, mirror) = match *PLACE {
            Place::Sqlite => ("substr(workspace_id, 1, 2) <> x'ffff'", "substr(workspace_id, 1, 2) = x'ffff'"),
            Place::Postgres(_) => ("left(workspace_id::text, 4) <> 'ffff'", "left(workspace_id::text, 4) = 'ffff'"),
        };
        let count = |which: &str| world.database.count(&format!("select count(*) from {table} where {which}"));
        if columns.iter().any(|(name, _)| name == "id") {
            let unmatched = world.database.count(&format!(
                "select count(*) from {table} a where {real} and not exists (select 1 from {table} b where b.id = a.id and {})",
                mirror.replace("workspace_id", "b.workspace_id")
            ));
            assert_eq!(unmatched, 0, "{table}: a row has no mirror");
        }
        if count(real) > 0 {
            mirrored += 1;
            assert!(count(mirror) > 0, "{table} has rows and no mirror");
        }
    }
    assert!(mirrored >= 10, "only {mirrored} tables had anything to mirror");
    let texts = world.database.column(&format!("select text from messages where text like '{MIRROR}%'"));
    assert_eq!(texts, [format!("{MIRROR} Hello from the shop")]);
}

#[test]
#[should_panic(expected = "shows another workspace")]
fn a_browser_that_is_shown_the_mirror_fails_its_story() {
    no_mirror("a page", format!("{{\"name\":\"{MIRROR} Acme\"}}").as_bytes());
}
