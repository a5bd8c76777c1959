//! The API document: committed, and exactly what the server says.

use std::process::Command;

use serde_json::Value;

use crate::support::World;

const COMMITTED: &str = include_str!("../../../../openapi.json");

#[test]
fn the_committed_document_is_what_the_code_says() {
    let printed = Command::new(env!("CARGO_BIN_EXE_guildhall")).arg("openapi").output().expect("the program runs");
    assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
    let printed = String::from_utf8(printed.stdout).expect("text");
    if let Some((line, (now, then))) =
        (1..).zip(printed.lines().zip(COMMITTED.lines())).find(|(_, (now, then))| now != then)
    {
        panic!("openapi.json, line {line}: the code says {now:?}, committed is {then:?}; bin/gen writes it anew");
    }
    assert_eq!(printed.lines().count(), COMMITTED.lines().count(), "bin/gen writes openapi.json anew");
}

#[test]
fn the_server_shows_its_document() {
    let world = World::empty();
    let shown = world.browser().get("/api/v1/openapi.json").ok();
    let committed: Value = serde_json::from_str(COMMITTED).expect("JSON");
    assert!(shown == committed, "the server shows another document than the committed one");
}

/// Everything a client relies on by name is there once.
#[test]
fn operations_have_distinct_names_and_tell_their_problems() {
    let operations = super::operations();
    let names: std::collections::BTreeSet<_> = operations.iter().map(|operation| &operation.name).collect();
    assert_eq!(names.len(), operations.len(), "operation ids repeat");
    for operation in &operations {
        assert!(operation.tells_problems, "{} does not tell its problems", operation.name);
    }
}
