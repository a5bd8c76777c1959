//! Money on the operator's command line: what can be sold, who is on which plan, and what was paid.

use std::path::PathBuf;

use kernel::Clock;
use serde_json::json;

use super::CATALOGUE;
use crate::support::{Console, Database, World, free_address, fresh_id, ran, text_of};

/// A command with what every command is told of the database.
fn told(database: &Database, arguments: &[&str]) -> (bool, String) {
    let data = database.folder.path().to_str().expect("a path");
    ran(&[arguments, &["--database-url", &database.url, "--data-dir", data]].concat())
}

#[track_caller]
pub(super) fn done(database: &Database, arguments: &[&str]) -> String {
    let (done, said) = told(database, arguments);
    assert!(done, "{arguments:?}: {said}");
    said
}

#[track_caller]
fn refused(database: &Database, arguments: &[&str], why: &str) {
    let (done, said) = told(database, arguments);
    assert!(!done && said.contains(why), "{arguments:?}: {said}");
}

/// A catalogue as the operator has written it down.
fn written(database: &Database, name: &str, text: &str) -> PathBuf {
    let file = database.folder.path().join(name);
    std::fs::write(&file, text).expect("a file");
    file
}

#[test]
fn a_catalogue_is_taken_in_once_whole_and_not_at_all_where_it_is_faulty() {
    let database = Database::empty();
    let listed = || {
        let said = done(&database, &["admin", "catalogue", "list"]);
        said.lines().map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    let shipped = listed();
    assert!(shipped.contains(&"askusers 1".to_owned()), "{shipped:?}");
    let faulty = written(&database, "faulty.toml", &CATALOGUE.replace("monthly = 1900", "monthly = -1"));
    refused(&database, &["admin", "catalogue", "load", faulty.to_str().expect("a path")], "faulty.toml: line 18: -1");
    refused(&database, &["admin", "catalogue", "load", "nowhere.toml"], "nowhere.toml");
    refused(&database, &["admin", "catalogue", "show", "walked"], "comes with the program");
    assert_eq!(listed(), shipped, "what was refused left nothing");

    let whole = written(&database, "whole.toml", CATALOGUE);
    let load = ["admin", "catalogue", "load", whole.to_str().expect("a path")];
    assert!(done(&database, &load).contains("New workspaces can begin with Every path (walked 1)"));
    refused(&database, &load, "give this one a higher version");
    assert_eq!(listed(), [&shipped[..], &["walked 1".to_owned()]].concat());
    // What comes with the program is where one's own begins.
    let text = done(&database, &["admin", "catalogue", "show", "askusers"]);
    let newer =
        text.replacen("version = 1", "version = 2", 1).replacen("monthly = 9900", "monthly = \"not_stated\"", 1);
    let newer = written(&database, "newer.toml", &newer);
    let said = done(&database, &["admin", "catalogue", "load", newer.to_str().expect("a path")]);
    assert!(said.contains("(askusers 2)") && said.contains("enterprise has no price"), "{said}");
}

#[test]
fn a_server_does_not_start_for_a_catalogue_that_is_not_there_and_does_once_it_is_taken_in() {
    let database = Database::empty();
    let listen = free_address().to_string();
    let serve = ["serve", "--listen", &listen, "--catalogue", "walked"];
    refused(&database, &serve, "there is no plan catalogue \"walked\"");
    let (content, said) = told(&database, &["doctor", "--catalogue", "walked"]);
    assert!(!content && said.contains("GUILDHALL_CATALOGUE"), "{said}");
    let whole = written(&database, "whole.toml", CATALOGUE);
    // The same setting stands in the way of no other command.
    done(&database, &["admin", "catalogue", "load", whole.to_str().expect("a path"), "--catalogue", "walked"]);
    let data = database.folder.path().to_str().expect("a path");
    let told = ["--database-url", &database.url, "--data-dir", data];
    let mut console = Console::start(&[&serve[..], &told].concat());
    console.until("Guildhall answers at");
    console.stop();
}

#[test]
fn the_operator_puts_a_workspace_on_a_plan_and_says_what_was_paid() {
    let world = World::with(|settings| settings.till = Some(guildhall::TillChoice::Manual));
    world.clock.set(Clock::system().now());
    let (database, owner) = (&world.database, world.sign_up("Olga"));
    owner.patch("", json!({ "name": "Harbour Books" })).ok();
    let id = owner.workspace.as_str();
    let whole = written(database, "whole.toml", CATALOGUE);
    done(database, &["admin", "catalogue", "load", whole.to_str().expect("a path")]);
    let assign = |id, plan| ["admin", "plan", "assign", "--workspace", id, "--catalogue", "walked", plan];
    refused(database, &assign(id, "gold"), "gold");
    let nobody = fresh_id();
    assert!(!told(database, &assign(&nobody, "growth")).0, "there is no such workspace");
    assert_eq!(owner.get("billing").ok()["plan"], "community", "nothing changed");
    done(database, &assign(id, "starter"));
    assert_eq!(owner.get("billing").ok()["plan"], "starter");

    assert!(done(database, &["admin", "invoices", "list"]).contains("0 invoices are open"));
    let asked = |plan: &str| {
        let changed = owner.put("billing/plan", json!({ "plan": plan, "interval": "month" })).ok();
        text_of(&changed["invoice"]["number"])
    };
    let first = asked("growth");
    let listed = done(database, &["admin", "invoices", "list"]);
    assert!(listed.contains(&format!("{first}  \"Harbour Books\": 3000 USD")), "{listed}");
    let void = ["admin", "invoices", "void", &first];
    assert!(done(database, &void).contains("taken back"));
    for again in [void, ["admin", "invoices", "pay", &first], ["admin", "invoices", "pay", "INV-999999"]] {
        refused(database, &again, "open");
    }
    assert_eq!(owner.get("billing").ok()["plan"], "starter", "what was taken back is not had");
    let second = asked("growth");
    let pay = ["admin", "invoices", "pay", &second];
    assert!(done(database, &pay).contains("paid"));
    refused(database, &pay, "open");
    assert_eq!(owner.get("billing").ok()["plan"], "growth");
    let states: Vec<_> = owner.all("billing/invoices").into_iter().map(|invoice| invoice["state"].clone()).collect();
    assert_eq!(states, ["paid", "void"]);
}
