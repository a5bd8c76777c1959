//! What a newcomer starts with: the demo, its people's links and its website.

use std::{net::TcpListener, path::Path};

use kernel::Clock;
use serde_json::{Value, json};

use crate::support::{Client, Console, free_address, fresh_id, ran, text_of};

/// A started demo.
struct Demo {
    console: Console,
    printed: String,
    origin: String,
    site: String,
}

impl Demo {
    fn start(folder: &Path, more: &[&str]) -> Self {
        let (listen, site) = (free_address().to_string(), free_address().to_string());
        let folder = folder.display().to_string();
        let arguments = ["demo", "--listen", &listen, "--sample-site", &site, "--data-dir", &folder];
        let mut console = Console::start(&[&arguments, more].concat());
        let printed = console.until("Ctrl-C stops the demo");
        Self { console, printed, origin: format!("http://{listen}"), site: format!("http://{site}") }
    }

    fn browser(&self) -> Client {
        Client::new(self.origin.clone(), Clock::system())
    }

    /// The link that was printed beside a name, without the server's address.
    fn link(&self, name: &str) -> String {
        let line = self.printed.lines().find(|line| line.trim_start().starts_with(name));
        let line = line.unwrap_or_else(|| panic!("{name} is not in {}", self.printed));
        let link = line.split(' ').next_back().and_then(|link| link.strip_prefix(&self.origin));
        link.unwrap_or_else(|| panic!("no link in {line:?}")).to_owned()
    }

    /// A browser in which somebody opened their link.
    fn signed_in(&self, name: &str) -> Client {
        let reply = self.browser().get(&self.link(name));
        assert_eq!((reply.status, reply.header("location")), (303, Some("/")));
        self.browser().with("cookie", &reply.cookie())
    }

    /// A page of the sample site, and the key of the chat on it.
    fn page(&self, path: &str) -> (String, Option<String>) {
        let page = Client::new(self.site.clone(), Clock::system()).get(path).text();
        let key = page.split_once("data-key=\"").and_then(|(_, rest)| rest.split('"').next());
        let key = key.map(str::to_owned);
        (page, key)
    }
}

fn me(browser: &Client) -> Value {
    browser.get("/api/v1/me").ok()
}

#[test]
fn a_newcomer_signs_in_by_a_printed_link_and_talks_to_themselves_through_the_sample_site() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("demo");
    let demo = Demo::start(&folder, &[]);

    let ann = demo.signed_in("Ann Keller");
    assert_eq!(me(&ann)["is_operator"], true, "whoever founds the sample has the console too");
    assert!(demo.printed.contains(&format!("{}/admin", demo.origin)), "{}", demo.printed);
    let home = &me(&ann)["memberships"][0];
    let at_home = |path: &str| format!("/api/v1/workspaces/{}/{path}", text_of(&home["workspace"]["id"]));
    let members = ann.get(&at_home("members")).ok();
    let mut roles: Vec<_> =
        members["items"].as_array().expect("members").iter().map(|one| &one["role"]["key"]).collect();
    roles.sort_by_key(|role| role.to_string());
    assert_eq!(json!(roles), json!(["agent", "collaborator", "member", "owner", "supervisor", "viewer"]));
    assert_eq!(me(&demo.signed_in("Bo Lindqvist"))["account"]["email"], "bo@larkspur.example");

    let (_, key) = demo.page("/");
    let key = key.expect("a chat");
    let on_the_site = demo.browser().with("origin", &demo.site);
    let visitor = on_the_site.post("/widget/v1/visitors", json!({ "channel_key": key })).ok_with(201);
    let visitor = on_the_site.with("authorization", &format!("Visitor {}", text_of(&visitor["token"])));
    let said = json!({ "client_id": fresh_id(), "text": "Is the Sidra back already?" });
    let conversation = text_of(&visitor.post("/widget/v1/messages", said).ok()["conversation_id"]);
    let newest = ann.get(&at_home("conversations?status=open&limit=1")).ok();
    assert_eq!(text_of(&newest["items"][0]["id"]), conversation);
    let elsewhere = demo.browser().with("origin", "http://127.0.0.1:1");
    elsewhere.post("/widget/v1/visitors", json!({ "channel_key": key })).refused(403, "origin.not_allowed");

    // The next start: other links, the same people and conversations, and whoever was signed in still is.
    let link = demo.link("Ann Keller");
    demo.console.stop();
    let again = Demo::start(&folder, &[]);
    assert_eq!(again.browser().get(&link).status, 410);
    let ann = again.browser().with("cookie", ann.header("cookie").expect("a session"));
    assert_eq!(ann.get(&at_home(&format!("conversations/{conversation}"))).ok()["id"], json!(conversation));
    assert_eq!(again.page("/").1, Some(key));
    assert_eq!(me(&again.signed_in("Vic Tanaka"))["memberships"].as_array().map(Vec::len), Some(1));
}

#[test]
fn the_sample_workspace_has_everything_that_a_desk_has() {
    let scratch = tempfile::tempdir().expect("a folder");
    let demo = Demo::start(&scratch.path().join("demo"), &[]);
    let ann = demo.signed_in("Ann Keller");
    let workspace = text_of(&me(&ann)["memberships"][0]["workspace"]["id"]);
    let at_home = |path: &str| format!("/api/v1/workspaces/{workspace}/{path}");
    for status in ["open", "snoozed", "solved", "spam", "archived"] {
        let some = ann.get(&at_home(&format!("conversations?status={status}&limit=5"))).ok();
        assert_eq!(some["items"].as_array().map(Vec::len), Some(5), "{status}");
    }
    for assignee in ["me", "none"] {
        let some = ann.get(&at_home(&format!("conversations?status=open&assignee_id={assignee}"))).ok();
        assert!(!some["items"].as_array().expect("conversations").is_empty(), "assignee_id={assignee}");
    }
    let unread = ann.get(&at_home("conversations?status=open&unread=true")).ok();
    assert!(!unread["items"].as_array().expect("conversations").is_empty(), "nothing is unread");
    for word in ["invoice", "factura", "photo.png"] {
        let found = ann.get(&at_home(&format!("search?q={word}"))).ok();
        assert!(!found["items"].as_array().expect("hits").is_empty(), "{word} is not found");
    }

    // The wholesale page vouches for its user, who finds her own conversations.
    let (page, key) = demo.page("/wholesale?lang=es");
    assert!(page.contains("<html lang=\"es\">"), "{page}");
    let user = page.split_once("Guildhall('identify', ").and_then(|(_, rest)| rest.split_once(");"));
    let identity: Value = serde_json::from_str(user.expect("an identity").0).expect("JSON");
    let site = demo.browser().with("origin", &demo.site);
    let visit = json!({ "channel_key": key, "identity": identity });
    let visitor = site.post("/widget/v1/visitors", visit).ok_with(201);
    assert_eq!(visitor["visitor"]["identified"], true);
    let forged = json!({ "user_id": "C10401", "hash": identity["hash"] });
    let visit = json!({ "channel_key": key, "identity": forged });
    site.post("/widget/v1/visitors", visit).refused(401, "visitor.identity_invalid");
}

#[test]
fn an_empty_demo_begins_with_its_owner_and_its_site_follows() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("empty");
    let demo = Demo::start(&folder, &["--empty"]);
    let (page, key) = demo.page("/");
    assert!(key.is_none() && page.contains("once somebody has an account"), "{page}");
    let (_, token) = demo.printed.split_once("/setup/").expect("a link for the owner");
    let token = token.split_whitespace().next().expect("a token");
    let owner = json!({
        "name": "Ann", "email": "ann@example.com", "password": "seven quiet lanterns", "setup_token": token
    });
    demo.browser().post("/api/v1/accounts", owner).ok_with(201);
    let key = demo.page("/").1.expect("a chat");
    let on_the_site = demo.browser().with("origin", &demo.site);
    on_the_site.post("/widget/v1/visitors", json!({ "channel_key": key })).ok_with(201);
    demo.console.stop();

    // What was begun there goes on; it is never taken for the sample workspace, nor cleared.
    let again = Demo::start(&folder, &["--empty"]);
    assert_eq!(me(&again.signed_in("Ann"))["account"]["email"], "ann@example.com");
    again.console.stop();
    let folder = folder.display().to_string();
    let [listen, site] = [free_address().to_string(), free_address().to_string()];
    let (ended_well, said) = ran(&["demo", "--listen", &listen, "--sample-site", &site, "--data-dir", &folder]);
    assert!(!ended_well && said.contains("--data-dir"), "{said}");
}

#[test]
fn the_demo_stays_on_this_machine() {
    let loopback = free_address().to_string();
    for (listen, site) in [("0.0.0.0:0", loopback.as_str()), (loopback.as_str(), "[::]:0")] {
        let (ended_well, said) = ran(&["demo", "--listen", listen, "--sample-site", site, "--data-dir", "unused"]);
        assert!(!ended_well && said.contains("no loopback address") && said.contains("guildhall serve"), "{said}");
    }
    let (ended_well, said) = ran(&["demo", "--database-url", "postgres://somewhere/real"]);
    assert!(!ended_well && said.contains("--database-url"), "{said}");
}

#[test]
fn a_taken_port_is_said_with_the_way_out_before_anything_is_made() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("demo").display().to_string();
    let holder = TcpListener::bind("127.0.0.1:0").expect("a port");
    let (taken, free) = (holder.local_addr().expect("its address"), free_address());
    for (flag, listen, site) in [("--listen", taken, free), ("--sample-site", free, taken)] {
        let (listen, site) = (listen.to_string(), site.to_string());
        let (ended_well, said) = ran(&["demo", "--listen", &listen, "--sample-site", &site, "--data-dir", &folder]);
        assert!(!ended_well && said.contains(&format!("{taken} is taken")) && said.contains(flag), "{said}");
    }
    assert!(!Path::new(&folder).exists());
}
