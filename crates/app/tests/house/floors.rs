//! A crate depends on lower floors only; neighbours on a floor do not know each other.

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

/// The ground first, the roof last (ARCHITECTURE.md).
const FLOORS: &[&[&str]] = &[
    &["kernel"],
    &["tenancy"],
    &["directory", "customers", "channels", "billing"],
    &["conversations"],
    &["agent", "notifications"],
    &["web", "worker", "connectors"],
    &["app"],
];

#[test]
fn crates_depend_on_lower_floors_only() {
    let floor_of: BTreeMap<&str, usize> =
        FLOORS.iter().enumerate().flat_map(|(floor, names)| names.iter().map(move |name| (*name, floor))).collect();
    for (name, dependencies) in workspace() {
        let floor = *floor_of.get(name.as_str()).unwrap_or_else(|| panic!("crate {name} stands on no floor"));
        for dependency in dependencies {
            if let Some(below) = floor_of.get(dependency.as_str()) {
                assert!(*below < floor, "{name} (floor {floor}) depends on {dependency} (floor {below})");
            }
        }
    }
}

/// The frameworks stay in the crates that need them, so that a capability compiles fast and knows neither HTTP nor a
/// database engine.
#[test]
fn capabilities_know_neither_http_nor_engines() {
    let homes: &[(&str, &[&str])] = &[
        ("axum", &["web", "app"]),
        ("rusqlite", &["tenancy"]),
        ("tokio-postgres", &["tenancy"]),
        ("deadpool-postgres", &["tenancy"]),
    ];
    let crates = workspace();
    for (library, allowed) in homes {
        for (name, dependencies) in &crates {
            let needs = dependencies.iter().any(|dependency| dependency == library);
            assert!(!needs || allowed.contains(&name.as_str()), "{name} depends on {library}");
        }
    }
}

/// Our crates and what each needs to be built; what only its tests need does not count.
fn workspace() -> Vec<(String, Vec<String>)> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let crates: Vec<_> = packages.iter().map(read).collect();
    assert!(!crates.is_empty());
    crates
}

fn read(package: &Value) -> (String, Vec<String>) {
    let dependencies = package["dependencies"].as_array().expect("dependencies");
    let needed = dependencies.iter().filter(|dependency| dependency["kind"] != "dev");
    (text(&package["name"]), needed.map(|dependency| text(&dependency["name"])).collect())
}

fn text(value: &Value) -> String {
    value.as_str().expect("a name").to_owned()
}
