//! What the packs promise, cell by cell, held against the matrix that the program prints.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use serde::Deserialize;
use serde_json::Value;
use tenancy::{Pack, Reach};

const CELLS: &str = include_str!("cells.toml");

#[derive(Deserialize)]
struct CellFile {
    cell: Vec<Cell>,
}

#[derive(Deserialize)]
struct Cell {
    pack: String,
    /// Requirements.
    shows: Vec<String>,
    says: String,
    checks: Vec<String>,
}

/// Every requirement that a cell shows: its id, the pack and what it says.
pub(super) fn shown() -> Vec<(String, String, String)> {
    let each = |cell: Cell| cell.shows.into_iter().map(move |id| (id, cell.pack.clone(), cell.says.clone()));
    cells().into_iter().flat_map(each).collect()
}

/// A printed matrix.
#[derive(Clone)]
struct Matrix {
    /// Role → permission → reach.
    grants: BTreeMap<String, BTreeMap<String, Reach>>,
    toggles: BTreeSet<String>,
}

impl Matrix {
    fn printed(pack: &str) -> Self {
        let output = Command::new(env!("CARGO_BIN_EXE_guildhall"))
            .args(["authz", "matrix", "--pack", pack, "--format", "json"])
            .output()
            .expect("the program runs");
        let printed: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let grants = |role: &Value| {
            let grants = role["grants"].as_object().expect("grants").iter();
            grants.map(|(name, reach)| (name.clone(), parsed(reach.as_str().expect("a reach")))).collect()
        };
        let roles = printed["roles"].as_array().expect("roles").iter();
        Self {
            grants: roles.map(|role| (role["key"].as_str().expect("a key").to_owned(), grants(role))).collect(),
            toggles: printed["toggles"].as_object().expect("toggles").keys().cloned().collect(),
        }
    }

    fn holds(&self, check: &str) -> bool {
        let words = |list: &str| -> BTreeSet<String> { list.split([' ', ',']).map(str::to_owned).collect() };
        if let Some(toggles) = check.strip_prefix("TOGGLES ") {
            return words(toggles) == self.toggles;
        }
        if let Some(difference) = check.strip_prefix("DIFF ") {
            let (roles, expected) = difference.split_once(" == ").expect("two roles and their difference");
            let (one, other) = roles.split_once(' ').expect("two roles");
            let differs = |name: &&String| self.grants[one][*name] != self.grants[other][*name];
            return self.grants[one].keys().filter(differs).cloned().collect::<BTreeSet<_>>() == words(expected);
        }
        let (check, except) = check.split_once(" EXCEPT ").unwrap_or((check, ""));
        let (role, permission, operator, reach) = parts(check);
        let fits = |found: Reach| match operator {
            "==" => found == reach,
            ">=" => found >= reach,
            "<" => found < reach,
            other => panic!("{other:?} compares nothing"),
        };
        if permission != "*" {
            return fits(self.grants[role][permission]);
        }
        self.grants[role].iter().all(|(name, found)| name == except || fits(*found))
    }
}

/// `role:permission >= reach`: the place, the comparison and the reach.
fn parts(check: &str) -> (&str, &str, &str, Reach) {
    let [place, operator, reach] = check.split(' ').collect::<Vec<_>>()[..] else { panic!("{check:?} is no check") };
    let (role, permission) = place.split_once(':').expect("a role and a permission");
    (role, permission, operator, parsed(reach))
}

fn parsed(reach: &str) -> Reach {
    Reach::parse(reach).unwrap_or_else(|| panic!("{reach:?} is no reach"))
}

fn cells() -> Vec<Cell> {
    toml::from_str::<CellFile>(CELLS).expect("the cells").cell
}

fn matrices() -> BTreeMap<String, Matrix> {
    Pack::shipped().into_iter().map(|pack| (pack.id.clone(), Matrix::printed(&pack.id))).collect()
}

#[test]
fn every_cell_that_the_packs_promise_holds_in_the_printed_matrix() {
    let (matrices, mut checks) = (matrices(), 0);
    for cell in cells() {
        for check in &cell.checks {
            assert!(matrices[&cell.pack].holds(check), "{:?} of {}, {:?}: {check}", cell.shows, cell.pack, cell.says);
            checks += 1;
        }
    }
    assert_eq!((cells().len(), checks), (182, 355), "cells and checks");
}

#[test]
fn every_check_fails_when_the_matrix_says_something_else() {
    let matrices = matrices();
    for cell in cells() {
        let matrix = &matrices[&cell.pack];
        for check in &cell.checks {
            let fails = changed(matrix, check).iter().any(|changed| !changed.holds(check));
            assert!(fails, "{check} holds whatever the matrix says");
        }
    }
}

/// The matrix with something else where a check looks.
fn changed(matrix: &Matrix, check: &str) -> Vec<Matrix> {
    let with = |role: &str, permission: &str, reach: Reach| {
        let mut changed = matrix.clone();
        changed.grants.get_mut(role).expect("a role").insert(permission.to_owned(), reach);
        changed
    };
    if check.starts_with("TOGGLES ") {
        return vec![Matrix { toggles: BTreeSet::new(), ..matrix.clone() }];
    }
    if let Some(roles) = check.strip_prefix("DIFF ") {
        return vec![with(roles.split(' ').next().expect("a role"), "note.view", Reach::None)];
    }
    let (role, permission, ..) = parts(check.split(" EXCEPT ").next().unwrap_or(check));
    let permission = if permission == "*" { "note.view" } else { permission };
    [Reach::None, Reach::Any].map(|reach| with(role, permission, reach)).into()
}

/// ROL-013…036, 053…072, 075…082 and 099…206 are the cells of the five systems' own tables.
#[test]
fn every_numbered_cell_stands_in_its_one_place() {
    let numbered = [13..=36, 53..=72, 75..=82, 99..=206].into_iter().flatten();
    let cells = cells();
    for id in numbered.map(|number| format!("ROL-{number:03}")) {
        let places = cells.iter().filter(|cell| cell.shows.contains(&id)).count();
        assert_eq!(places, 1, "{id}");
    }
}
