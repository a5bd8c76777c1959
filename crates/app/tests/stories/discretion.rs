//! What a server keeps to itself, and what it does not let itself be filled with.

use std::fs;

use kernel::Clock;
use serde_json::json;

use crate::support::{Client, Database, PASSWORD, Process, SITE, Visitor, fresh_id, text_of, until};

const WRONG: &str = "quite another lantern";
const SECRET: &str = "The code of the safe is 4711";

#[test]
fn the_log_holds_no_password_no_token_no_text_and_no_address() {
    let database = Database::empty();
    let log = database.folder.path().join("log");
    let process = Process::telling(&database, &log);
    let browser = Client::new(process.origin.clone(), Clock::system());
    let account = json!({ "name": "Ann", "email": "ann.secret@example.com", "password": PASSWORD });
    let signed_up = browser.post("/api/v1/accounts", account);
    let cookie = signed_up.cookie();
    let me = signed_up.ok_with(201);
    let workspace = format!("/api/v1/workspaces/{}", text_of(&me["memberships"][0]["workspace"]["id"]));
    let wrong = json!({ "email": "ann.secret@example.com", "password": WRONG });
    browser.post("/api/v1/sessions", wrong).refused(401, "session.bad_credentials");
    browser.post("/api/v1/accounts", json!({ "name": "Bo", "password": [PASSWORD] })).refused(422, "invalid_field");
    browser.post("/api/v1/password-resets", json!({ "email": "ann.secret@example.com" })).ok_with(202);

    let ann = browser.clone().with("cookie", &cookie);
    let asked = json!({ "name": "Report", "kind": "workspace", "scopes": ["conversation.view"] });
    let key = text_of(&ann.post(&format!("{workspace}/api-keys"), asked).ok_with(201)["key"]);
    let program = browser.clone().with("authorization", &format!("Bearer {key}"));
    program.get(&format!("{workspace}/conversations")).ok();
    let channels = ann.get(&format!("{workspace}/channels")).ok();
    let channel = &channels["items"][0];
    let allowed = json!({ "allowed_origins": [SITE] });
    ann.patch(&format!("{workspace}/channels/{}", text_of(&channel["id"])), allowed).ok();
    let visitor = Visitor::open(browser.clone(), &text_of(&channel["public_key"]));
    let conversation = visitor.says(SECRET);
    let answer = json!({ "text": SECRET, "seen_seq": 1 });
    ann.post(&format!("{workspace}/conversations/{conversation}/messages"), answer).ok_with(201);
    ann.get(&format!("{workspace}/search?q=safe%204711")).ok();
    let link = until("the mail with the link", || {
        let mails = fs::read_dir(database.folder.path().join("mail")).ok()?.flatten();
        let texts = mails.filter_map(|mail| fs::read_to_string(mail.path()).ok());
        texts.filter_map(|text| text.split_once("/reset/").map(|(_, token)| token[..24].to_owned())).next()
    });
    process.kill();

    let logged = fs::read_to_string(log).expect("a log");
    assert!(logged.contains("/api/v1/sessions"), "the log tells of requests: {logged}");
    let (_, session) = cookie.split_once('=').expect("a cookie");
    let secrets = [PASSWORD, WRONG, SECRET, "ann.secret", &link, &visitor.token, session, &key[10..]];
    for secret in secrets {
        assert!(!logged.contains(secret), "the log tells {secret:?}");
    }
}

#[test]
fn bad_input_does_not_fill_the_memory() {
    const ROUNDS: usize = 40;
    const MOST_MIB: u64 = 64;
    let database = Database::empty();
    let log = database.folder.path().join("log");
    let process = Process::telling(&database, &log);
    let browser = Client::new(process.origin.clone(), Clock::system());
    let deep = "[".repeat(10_000).into_bytes();
    let large = vec![b' '; 1024 * 1024 + 1];
    let refused = |body: &Vec<u8>| {
        let reply = browser.send_raw("POST", "/api/v1/accounts", Some(("application/json", body.clone())));
        assert!((400..500).contains(&reply.status), "{}", reply.status);
    };
    let round = || {
        refused(&deep);
        refused(&large);
        assert!((400..500).contains(&browser.get(&format!("/widget/v1/config?key={}", "x".repeat(4_000))).status));
        let unknown = json!({ "email": format!("{}@example.com", fresh_id()), "password": WRONG });
        browser.post("/api/v1/sessions", unknown).refused(401, "session.bad_credentials");
    };
    // Buffers and the hashing of passwords take their place once.
    (0..ROUNDS).for_each(|_| round());
    let before = process.resident_mib();
    (0..ROUNDS).for_each(|_| round());
    let after = process.resident_mib();
    assert!(after < before + MOST_MIB, "{before} MiB before, {after} MiB after");
}
