//! Rights: what every role may do, printed by the program and committed, so that a changed right is a changed line.

use std::{collections::BTreeSet, process::Command};

use tenancy::{Pack, Permission};

use super::operations;

const COMMITTED: &str = include_str!("../../../../rights.txt");
/// Permissions of the catalogue whose operations do not exist yet; the list only shrinks.
const NOT_YET_USED: &str = include_str!("permissions_not_yet_used.txt");

#[test]
fn the_committed_rights_are_what_the_code_says() {
    let printed = Command::new(env!("CARGO_BIN_EXE_guildhall")).args(["authz", "rights"]).output();
    let printed = String::from_utf8(printed.expect("the program runs").stdout).expect("text");
    for (line, (now, then)) in (1..).zip(printed.lines().zip(COMMITTED.lines())) {
        assert_eq!(now, then, "rights.txt, line {line}; bin/gen writes it anew");
    }
    assert_eq!(printed.lines().count(), COMMITTED.lines().count(), "bin/gen writes rights.txt anew");
}

#[test]
fn every_operation_is_classified_for_every_role_and_relation() {
    let roles: usize = Pack::shipped().iter().map(|pack| pack.roles.len()).sum();
    let last = COMMITTED.lines().last().expect("a line");
    assert_eq!(last, format!("{} operations × {roles} roles × 5 relations, 0 unclassified", operations().len()));
}

#[test]
fn every_permission_opens_a_door_or_is_known_to_wait_for_one() {
    // Either of `a|b` opens the door.
    let permissions = operations().into_iter().filter_map(|operation| operation.permission);
    let used: BTreeSet<String> =
        permissions.flat_map(|either| either.split('|').map(str::to_owned).collect::<Vec<_>>()).collect();
    let waiting: BTreeSet<String> = NOT_YET_USED.lines().map(str::to_owned).collect();
    for permission in Permission::ALL {
        let name = permission.name();
        let (opens, waits) = (used.contains(name), waiting.contains(name));
        assert!(opens != waits, "{name}: opens a door: {opens}, listed as not yet used: {waits}");
    }
    for name in used.iter().chain(&waiting) {
        assert!(Permission::parse(name).is_some(), "{name} is not in the catalogue");
    }
}
