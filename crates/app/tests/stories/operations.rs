//! Running an installation for real: its first owner, and what `guildhall doctor` says about it.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use kernel::Clock;
use serde_json::json;

use crate::support::{Client, Console, Database, free_address, fresh_id, ran};

/// A served installation that nobody has used yet.
struct Served {
    console: Console,
    printed: String,
    browser: Client,
}

impl Served {
    fn start(database: &Database) -> Self {
        let listen = free_address().to_string();
        let folder = database.folder.path().display().to_string();
        let arguments = ["serve", "--listen", &listen, "--database-url", &database.url, "--data-dir", &folder];
        let mut console = Console::start(&arguments);
        let printed = console.until("Guildhall answers at");
        let origin = format!("http://{listen}");
        Self { console, printed, browser: Client::new(origin, Clock::system()) }
    }

    /// The token of the link that makes the owner's account, once it was printed.
    fn setup_token(&mut self) -> String {
        self.printed = self.console.until("/setup/");
        let (_, token) = self.printed.split_once("/setup/").expect("a link");
        token.split_whitespace().next().expect("a token").to_owned()
    }

    fn sign_up(&self, name: &str, setup_token: Option<&str>) -> crate::support::Reply {
        let email = format!("{}@example.com", name.to_lowercase());
        let mut account = json!({ "name": name, "email": email, "password": "seven quiet lanterns" });
        if let Some(token) = setup_token {
            account["setup_token"] = json!(token);
        }
        self.browser.post("/api/v1/accounts", account)
    }
}

#[test]
fn the_first_owner_comes_by_a_printed_link_that_works_once() {
    let database = Database::empty();
    let mut served = Served::start(&database);
    let token = served.setup_token();
    assert_eq!(served.browser.get("/api/v1/instance").ok()["needs_owner"], true);
    served.sign_up("Bo", None).refused(403, "sign_up.closed");
    served.sign_up("Bo", Some("go_guessed")).refused(410, "token.invalid");

    let me = served.sign_up("Ann", Some(&token)).ok_with(201);
    assert_eq!(me["memberships"][0]["role"]["key"], "owner");
    assert_eq!(served.browser.get("/api/v1/instance").ok()["needs_owner"], false);
    served.sign_up("Gus", Some(&token)).refused(410, "token.invalid");
    served.console.stop();

    let again = Served::start(&database);
    let printed = again.console.stop();
    assert!(!printed.contains("/setup/"), "{printed}");
}

#[test]
fn an_earlier_starts_link_is_dead() {
    let database = Database::empty();
    let mut served = Served::start(&database);
    let earlier = served.setup_token();
    served.console.stop();
    let mut served = Served::start(&database);
    let token = served.setup_token();
    served.sign_up("Gus", Some(&earlier)).refused(410, "token.invalid");
    served.sign_up("Ann", Some(&token)).ok_with(201);
}

/// What the doctor says, and whether it is content.
fn examined(database: &Database, more: &[&str]) -> (bool, String) {
    let folder = database.folder.path().display().to_string();
    let arguments = ["doctor", "--database-url", &database.url, "--data-dir", &folder];
    ran(&[&arguments, more].concat())
}

fn permit(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permitted");
}

/// An SQLite installation with its owner, in a folder of its user's alone.
fn owned() -> Database {
    let database = Database::sqlite();
    permit(database.folder.path(), 0o700);
    let mut served = Served::start(&database);
    let token = served.setup_token();
    served.sign_up("Ann", Some(&token)).ok_with(201);
    served.console.stop();
    database
}

#[track_caller]
fn finds(database: &Database, more: &[&str], finding: &str, way_out: &str) {
    let (content, said) = examined(database, more);
    let found = said.lines().any(|line| line.starts_with("FIX") && line.contains(finding));
    assert!(found && said.contains(way_out) && !content, "no {finding:?} in: {said}");
}

#[test]
fn the_doctor_is_content_with_a_fresh_installation_and_changes_nothing() {
    let database = owned();
    let rows = || {
        ["accounts", "sessions", "account_tokens", "events", "jobs", "schema_migrations"]
            .map(|table| database.rows(&format!("select * from {table}")))
    };
    let before = rows();
    let (content, said) = examined(&database, &[]);
    assert!(content && !said.contains("FIX") && said.contains("Mail is not sent"), "{said}");
    assert!(said.contains("recorded events are whole and in their place"), "{said}");
    assert!(rows() == before, "the doctor changed something");
    // Whoever made the first account operates the server; taken back, it is worth knowing and nothing to mend.
    assert!(said.contains("One account operates the server."), "{said}");
    database.run("delete from operators");
    let (content, said) = examined(&database, &[]);
    assert!(content && said.contains("note  Nobody operates the server"), "{said}");
    assert!(said.contains("guildhall admin operator grant"), "{said}");
}

#[test]
fn the_doctor_names_unsafe_settings() {
    let database = owned();
    let open_to_all = ["--listen", "0.0.0.0:8080", "--public-url", "https://desk.example.com", "--sign-up", "open"];
    finds(&database, &open_to_all, "Anybody who reaches the server may sign up", "--sign-up");
    finds(&database, &open_to_all, "Mail is not sent", "--smtp-url");
    let (content, said) = examined(&database, &["--public-url", "http://desk.example.com"]);
    assert!(!content && said.contains("use https"), "{said}");
}

#[test]
fn the_doctor_names_what_others_on_the_machine_can_read() {
    let database = owned();
    permit(database.folder.path(), 0o755);
    permit(&database.file(), 0o644);
    finds(&database, &[], "can look into", "chmod 700");
    finds(&database, &[], "can read the database file", "chmod 600");
}

#[test]
fn the_doctor_names_what_is_unfinished_or_stuck() {
    let nobody = Database::sqlite();
    finds(&nobody, &[], "There is no database yet", "guildhall serve");
    assert!(!nobody.file().exists());
    Served::start(&nobody).console.stop();
    finds(&nobody, &[], "Nobody has an account yet", "/setup/");

    let database = owned();
    database.run("update jobs set state = 'dead', finished_at = 1");
    finds(&database, &[], "failed for good", "guildhall jobs dead");
    database.run("delete from schema_migrations where name like '0005%'");
    finds(&database, &[], "lacks 0005_search", "guildhall migrate");
}

/// INV-40.
#[test]
fn inv_40_the_doctor_names_a_tampered_record_and_a_damaged_file() {
    let database = owned();
    database.run("update events set payload = '{}' where seq = 1");
    finds(&database, &[], "event 1 is changed", "backup");

    let database = owned();
    let stranger = fresh_id().replace('-', "");
    database.run(&format!("pragma foreign_keys = off; update memberships set account_id = x'{stranger}'"));
    finds(&database, &[], "a row of memberships points to a row of accounts that is not there", "backup");
}
