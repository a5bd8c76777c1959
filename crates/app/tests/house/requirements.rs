//! Every requirement of people and rights is shown by a test, and docs/requirements.md says by which.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::cells;

const FILE: &str = include_str!("requirements.toml");
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const PAGE: &str = "docs/requirements.md";
/// Set, the test writes the page instead of comparing it.
const WRITE: &str = "GUILDHALL_WRITE_REQUIREMENTS";

#[derive(Deserialize)]
struct File {
    says: BTreeMap<String, String>,
    /// What waits for a feature, and for which.
    waits: BTreeMap<String, String>,
    shown: BTreeMap<String, Vec<String>>,
}

/// A test: where it stands and what it is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Test {
    file: String,
    name: String,
}

#[test]
fn every_requirement_is_shown_by_a_test_that_exists() {
    let file: File = toml::from_str(FILE).expect("requirements.toml is whole");
    let page = page(&file, &tests());
    let path = Path::new(ROOT).join(PAGE);
    if to_be_written() {
        std::fs::write(&path, &page).expect("the page is written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(committed, page, "{PAGE} is out of date: run bin/gen");
}

#[expect(clippy::disallowed_methods, reason = "bin/gen says whether the page is written or compared")]
fn to_be_written() -> bool {
    std::env::var_os(WRITE).is_some()
}

fn page(file: &File, tests: &BTreeSet<Test>) -> String {
    let mut shown: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for test in tests {
        for id in ids(&test.name) {
            shown.entry(id).or_default().insert(format!("`{}`: {}", test.file, test.name));
        }
    }
    for (id, names) in &file.shown {
        for name in names {
            let test = tests.iter().find(|test| test.name == *name);
            let test = test.unwrap_or_else(|| panic!("{id} is shown by {name:?}, which is no test"));
            shown.entry(id.clone()).or_default().insert(format!("`{}`: {}", test.file, test.name));
        }
    }
    let mut says = file.says.clone();
    for (id, pack, cell) in cells::shown() {
        let says = says.entry(id.clone()).or_default();
        let separator = if says.is_empty() { "" } else { " " };
        let _ = write!(says, "{separator}{pack}: {cell}.");
        shown.entry(id).or_default().insert("`crates/app/tests/house/cells.rs`: every cell holds".into());
    }
    for (id, what) in &file.waits {
        shown.entry(id.clone()).or_default().insert(format!("not yet: {what}"));
    }
    let missing: Vec<_> = says.keys().filter(|id| !shown.contains_key(*id)).collect();
    assert!(missing.is_empty(), "no test shows {missing:?}");
    let mut page = String::from(
        "# Requirements and the tests that show them\n\nWritten by a test, which fails when a requirement has no test \
         or a named one is gone. The ids are those of the\nspecification of the five systems that Guildhall unites.\n\n\
         | id | what | shown by |\n|---|---|---|\n",
    );
    for (id, says) in &says {
        let by = shown[id].iter().cloned().collect::<Vec<_>>().join("<br>");
        // Writing to a String cannot fail.
        let _ = writeln!(page, "| {id} | {} | {by} |", says.replace('|', "/"));
    }
    page
}

/// Requirements in a test's name: `ws_013_mem_002_…`, or `WS-013, MEM-002 … MEM-004` in a title.
fn ids(name: &str) -> BTreeSet<String> {
    const CAPABILITIES: [&str; 17] = [
        "WS", "MEM", "ROL", "SEAT", "SEC", "UX", "AI", "INB", "ASG", "LBL", "NOTE", "NOT", "RES", "OUT", "CRED",
        "PLAN", "BIL",
    ];
    let upper = name.to_uppercase();
    let words: Vec<&str> = upper.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '…').collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let mut found = BTreeSet::new();
    let mut last: Option<(&str, u32)> = None;
    for (place, pair) in words.windows(2).enumerate() {
        let number = pair[1].parse().ok().filter(|_| pair[1].len() == 3);
        let (true, Some(number)) = (CAPABILITIES.contains(&pair[0]), number) else { continue };
        let range = place > 0 && words[place - 1] == "…";
        let from = last.filter(|(capability, _)| range && *capability == pair[0]).map_or(number, |(_, first)| first);
        found.extend((from..=number).map(|number| format!("{}-{number:03}", pair[0])));
        last = Some((pair[0], number));
    }
    found
}

/// Every test of the program, of the web interface and of the widget.
fn tests() -> BTreeSet<Test> {
    let mut tests = BTreeSet::new();
    for (folder, ending) in [("crates", ".rs"), ("ui/e2e", ".mjs"), ("ui/src", ".test.ts"), ("ui/src", ".test.tsx")] {
        for path in files(&Path::new(ROOT).join(folder), ending) {
            let text = std::fs::read_to_string(&path).expect("a readable file");
            let file = path.to_string_lossy();
            let file = file.split_once("/../../").map_or(&*file, |(_, inside)| inside).to_owned();
            let names = if ending == ".rs" { rust_tests(&text) } else { stories(&text) };
            tests.extend(names.into_iter().map(|name| Test { file: file.clone(), name }));
        }
    }
    tests
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found
}

/// The functions under `#[test]`.
fn rust_tests(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (_, after) in text.match_indices("#[test]").map(|(place, _)| text.split_at(place)) {
        if let Some((_, declared)) = after.split_once("fn ")
            && let Some((name, _)) = declared.split_once('(')
        {
            names.push(name.to_owned());
        }
    }
    names
}

/// The titles of `test(…)` and `it(…)`, and of the chapters of a browser story.
fn stories(text: &str) -> Vec<String> {
    let mut titles = Vec::new();
    for call in ["test(", "it(", ".chapter("] {
        for (place, _) in text.match_indices(call) {
            let before = text[..place].chars().next_back().filter(|_| !call.starts_with('.'));
            let after = text[place + call.len()..].trim_start();
            let Some(quote) = after.chars().next().filter(|quote| "'\"`".contains(*quote)) else { continue };
            if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '.') {
                continue;
            }
            if let Some((title, _)) = after[1..].split_once(quote) {
                titles.push(title.to_owned());
            }
        }
    }
    titles
}

#[test]
fn ids_are_found_in_names_and_titles() {
    let found = |name: &str| ids(name).into_iter().collect::<Vec<_>>();
    assert_eq!(found("ws_013_mem_002_somebody_switches_in_100_ways"), ["MEM-002", "WS-013"]);
    assert_eq!(found("the menu switches (WS-011 … WS-013, UX-001)"), ["UX-001", "WS-011", "WS-012", "WS-013"]);
    assert_eq!(found("inv_07_of_2_one_wins"), Vec::<String>::new());
}
