//! Roles are data: no code asks for one by its name (C26).

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use tenancy::Pack;

const CRATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Where a word that some pack uses as a role's key stands for something else.
const OTHER_MEANINGS: &[(&str, &str, &str)] = &[
    ("app/src/commands/authz/rights.rs", "member", "whom a door admits"),
    ("billing/src/catalogue/file.rs", "custom", "an amount: as agreed with the operator"),
    ("conversations/src/message.rs", "member", "a kind of author"),
    ("conversations/src/mode.rs", "member", "a kind of actor"),
    ("conversations/src/routing/decision.rs", "member", "a kind of subject"),
    ("conversations/src/routing/recipe.rs", "member", "a kind of subject"),
    ("conversations/src/routing/rehearsal.rs", "member", "a kind of subject"),
    ("conversations/src/mention.rs", "member", "a kind of whom a note calls"),
    ("directory/src/explain.rs", "owner", "a reason: it is the workspace's owner"),
    ("directory/src/label.rs", "member", "a kind of subject"),
    ("directory/src/preview.rs", "member", "a kind of preview"),
    ("directory/src/rank.rs", "owner", "a reason: it is the workspace's owner"),
    ("directory/src/workspace.rs", "owner", "a field of an event"),
    ("notifications/src/news.rs", "member", "a kind of subject and of actor"),
    ("notifications/src/news.rs", "owner", "the workspace's owner, whom an event concerns"),
    ("tenancy/src/actor.rs", "member", "a kind of actor"),
    ("tenancy/src/actor.rs", "agent", "a kind of actor: the AI"),
    ("tenancy/src/ceiling.rs", "collaborator", "a seat type"),
    ("tenancy/src/pack/notifications.rs", "owner", "the workspace's owner, whom an event concerns"),
    ("web/src/agent/show.rs", "agent", "the AI"),
    ("web/src/agent/update.rs", "agent", "the AI"),
    ("web/src/audit_events/readable.rs", "member", "a kind of subject"),
    ("web/src/authz/object.rs", "member", "a kind of thing"),
    ("web/src/door.rs", "member", "whom a door admits"),
    ("web/src/permissions/group.rs", "member", "the noun of permissions"),
    ("web/src/realtime/change.rs", "member", "a kind of actor and of subject"),
    ("web/src/realtime/member.rs", "member", "a kind of entity"),
    ("web/src/plans/list.rs", "custom", "an amount: as agreed with the operator"),
];
/// What makes up workspaces makes up members with roles of the default pack: the sample workspace's cast, and the one
/// member of the benchmark.
const FIXTURES: [&str; 2] = ["app/src/demo/team.rs", "tenancy/src/measure.rs"];

#[test]
fn no_code_asks_for_a_role_by_its_name() {
    let packs = Pack::shipped();
    let keys: BTreeSet<&str> = packs.iter().flat_map(|pack| &pack.roles).map(|role| role.key.as_str()).collect();
    let (mut met, mut unknown) = (BTreeSet::new(), Vec::new());
    for file in sources(Path::new(CRATES)) {
        let name = file.strip_prefix(CRATES).expect("a file of ours").to_string_lossy().replace('\\', "/");
        if FIXTURES.contains(&name.as_str()) {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source file");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in (1..).zip(code.lines()) {
            let line = line.split("//").next().unwrap_or_default().replace("Subject::new(\"member\"", "");
            for key in keys.iter().filter(|key| is_quoted(&line, key)) {
                let known = OTHER_MEANINGS.iter().any(|(place, word, _)| *place == name && word == key);
                if !known {
                    unknown.push(format!("{name}, line {number}, asks for {key:?}"));
                }
                met.insert((name.clone(), *key));
            }
        }
    }
    assert!(
        unknown.is_empty(),
        "{unknown:#?}: ask for a permission; if the word means something else here, say so in OTHER_MEANINGS"
    );
    for (place, word, meaning) in OTHER_MEANINGS {
        assert!(met.contains(&((*place).to_owned(), *word)), "{place} no longer says {word:?} ({meaning})");
    }
}

fn is_quoted(line: &str, word: &str) -> bool {
    line.contains(&format!("\"{word}\"")) || line.contains(&format!("'{word}'"))
}

/// The Rust files of every crate's `src`.
fn sources(crates: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = entries(crates).into_iter().map(|path| path.join("src")).collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    assert!(files.len() > 100, "only {} files were looked at", files.len());
    files
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.expect("an entry").path()).collect()
}
