//! Signing up, in and out; passwords, sessions, e-mail addresses.

mod mail;
mod passwords;
mod sessions;
mod sign_in;

use std::{thread, time::Duration};

use guildhall::SignUp;
use serde_json::{Value, json};
use tenancy::{Token, Vault};

use crate::support::{Client, PASSWORD, PLACE, Person, Place, Reply, SITE, Server, Visitor, World, text_of, until};

const HOUR: Duration = Duration::from_secs(60 * 60);

fn account(name: &str, email: &str) -> Value {
    json!({ "name": name, "email": email, "password": PASSWORD })
}

#[track_caller]
fn sign_in(browser: &Client, email: &str, password: &str) -> Reply {
    browser.post("/api/v1/sessions", json!({ "email": email, "password": password }))
}

/// The token of a link that was mailed after the one given.
#[track_caller]
fn newer_link(world: &World, email: &str, link: &str, earlier: &str) -> String {
    until("a newer link", || Some(world.mailed(email, link)).filter(|token| token != earlier))
}

fn verify(browser: &Client, token: &str) -> Reply {
    browser.post("/api/v1/email-verifications/complete", json!({ "token": token }))
}

fn is_verified(person: &Person) -> bool {
    person.get("/api/v1/me").ok()["account"]["email_verified"] == true
}

#[test]
fn ws_002_ws_008_ws_009_inv_05_a_sign_up_makes_its_founders_workspace() {
    let world = World::new();
    let reply = world.browser().post("/api/v1/accounts", account("Zoë Quinn", "zoe@example.com"));
    let browser = world.browser().with("cookie", &reply.cookie());
    let me = reply.ok_with(201);
    assert_eq!(me["account"]["name"], "Zoë Quinn");
    assert_eq!(me["memberships"].as_array().map(Vec::len), Some(1));
    let home = &me["memberships"][0];
    assert_eq!((&home["workspace"]["name"], &home["role"]["key"]), (&json!("Zoë Quinn's Workspace"), &json!("owner")));

    let workspace = format!("/api/v1/workspaces/{}", text_of(&home["workspace"]["id"]));
    let members = browser.get(&format!("{workspace}/members")).ok();
    let members: Vec<_> = members["items"].as_array().expect("members").iter().collect();
    assert_eq!((members.len(), &members[0]["is_owner"], &members[0]["is_me"]), (1, &json!(true), &json!(true)));
    let businesses = browser.get(&format!("{workspace}/businesses")).ok();
    assert_eq!(businesses["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(browser.get(&workspace).ok()["default_business_id"], businesses["items"][0]["id"]);
}

#[test]
fn ws_010_a_new_workspace_is_usable_at_once() {
    let world = World::new();
    let zoe = world.sign_up("Zoe");
    let channel = zoe.get("channels").ok()["items"][0].clone();
    zoe.patch(&format!("channels/{}", text_of(&channel["id"])), json!({ "allowed_origins": [SITE] })).ok();
    let visitor = Visitor::open(world.browser(), &text_of(&channel["public_key"]));
    let conversation = visitor.says("Are you open on Sunday?");
    let answer = json!({ "text": "Until six.", "seen_seq": 1 });
    zoe.post(&format!("conversations/{conversation}/messages"), answer).ok_with(201);
    assert_eq!(visitor.messages(&conversation)[1]["text"], "Until six.");
}

#[test]
fn inv_05_a_sign_up_that_fails_half_way_leaves_nothing() {
    let world = World::new();
    let tables = ["accounts", "sessions", "workspaces", "memberships", "workspace_owners", "businesses", "jobs"];
    let counts = || tables.map(|table| world.database.count(&format!("select count(*) from {table}")));
    let before = counts();
    // The last thing that a new workspace is given cannot be written.
    world.database.run(match *PLACE {
        Place::Sqlite => "create trigger broken before insert on channels begin select raise(abort, 'broken'); end",
        Place::Postgres(_) => {
            "create function broken() returns trigger language plpgsql as $$ begin raise 'broken'; end $$;
             create trigger broken before insert on channels for each row execute function broken()"
        }
    });
    world.browser().post("/api/v1/accounts", account("Zoe", "zoe@example.com")).refused(500, "internal");
    assert_eq!(counts(), before);
}

#[test]
fn inv_07_an_address_has_one_account_however_it_is_written_and_however_many_try() {
    let world = World::new();
    let statuses: Vec<u16> = thread::scope(|scope| {
        let tries: Vec<_> = ["zoe@example.com", "ZOE@example.com", "Zoe@Example.COM", "zoe@EXAMPLE.com"]
            .into_iter()
            .map(|email| {
                let browser = world.browser();
                scope.spawn(move || browser.post("/api/v1/accounts", account("Zoe", email)).status)
            })
            .collect();
        tries.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 3, "{statuses:?}");
    world.browser().post("/api/v1/accounts", account("Zoe", "zOe@example.com")).refused(409, "account.exists");
    assert_eq!(world.database.count("select count(*) from accounts where email = 'zoe@example.com'"), 1);
    let made = "select count(*) from workspaces where name = 'Zoe''s Workspace'";
    assert_eq!(world.database.count(made), 1, "who came too late made no workspace either");
}

#[test]
fn who_may_sign_up_is_the_operators_choice() {
    for (policy, told, plain, invited) in
        [(SignUp::Off, "off", 403, 403), (SignUp::Invited, "invited", 403, 201), (SignUp::Open, "open", 201, 201)]
    {
        let world = World::with(|settings| settings.sign_up = Some(policy));
        assert_eq!(world.browser().get("/api/v1/instance").ok()["sign_up"], told);
        let reply = world.browser().post("/api/v1/accounts", account("Zoe", "zoe@example.com"));
        assert_eq!(reply.status, plain, "{told}: {}", reply.text());
        world.ann().post("invitations", json!({ "email": "kim@example.com", "role_key": "member" })).ok_with(201);
        let mut kim = account("Kim", "kim@example.com");
        kim["invitation_token"] = json!(world.mailed("kim@example.com", "/invite/"));
        let reply = world.browser().post("/api/v1/accounts", kim);
        assert_eq!(reply.status, invited, "{told}: {}", reply.text());
    }
}

#[test]
fn the_set_up_link_makes_the_first_owner_by_the_newest_link_within_a_day() {
    let world = World::empty();
    let runtime = Server::new();
    let vault = runtime.run(Vault::open(&world.database.url, Vec::new(), world.clock.clone())).expect("a vault");
    let mint = || runtime.run(directory::mint_setup_token(&vault.instance())).expect("an answer");
    let set_up = |name: &str, email: &str, token: &Token| {
        let mut first = account(name, email);
        first["setup_token"] = json!(token.as_str());
        world.browser().post("/api/v1/accounts", first)
    };
    let (old, late) = (mint().expect("a token"), mint().expect("a token"));
    set_up("Ann", "ann@example.com", &old).refused(410, "token.invalid");
    world.clock.advance(HOUR * 24);
    set_up("Ann", "ann@example.com", &late).refused(410, "token.invalid");
    let good = mint().expect("a token");
    assert_eq!(world.browser().get("/api/v1/instance").ok()["needs_owner"], true);
    let me = set_up("Ann", "ann@example.com", &good).ok_with(201);
    assert_eq!(me["memberships"][0]["role"]["key"], "owner");
    assert_eq!(world.browser().get("/api/v1/instance").ok()["needs_owner"], false);
    set_up("Gus", "gus@example.com", &good).refused(410, "token.invalid");
    assert!(mint().is_none(), "there is an owner");
}

#[test]
fn guessable_passwords_are_refused_by_name_and_nothing_is_written() {
    let world = World::new();
    let accounts = || world.database.count("select count(*) from accounts");
    let before = accounts();
    for (password, code) in [
        ("short", "invalid_value"),
        ("password1234", "common_password"),
        ("abababababab", "repetitive_password"),
        ("marsh-zoe-lane", "personal_password"),
    ] {
        let new = json!({ "name": "Zoe Marsh", "email": "marsh.lane@example.com", "password": password });
        let refusal = world.browser().post("/api/v1/accounts", new).refused(422, "invalid_field");
        let error = &refusal["errors"][0];
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/password"), &json!(code)), "{password}");
        assert!(!refusal.to_string().contains(password), "a refusal repeats no password");
    }
    assert_eq!(accounts(), before);
}

#[test]
fn an_address_is_proven_by_the_newest_link_once_and_within_a_day() {
    let world = World::new();
    let zoe = world.sign_up("Zoe");
    assert!(!is_verified(&zoe));
    let first = world.mailed(&zoe.email, "/verify/");
    zoe.post("/api/v1/email-verifications", json!({})).ok_with(202);
    let second = newer_link(&world, &zoe.email, "/verify/", &first);
    verify(&world.browser(), &first).refused(410, "token.invalid");
    world.clock.advance(HOUR * 24);
    verify(&world.browser(), &second).refused(410, "token.invalid");

    zoe.post("/api/v1/sessions", json!({ "email": zoe.email, "password": PASSWORD })).ok_with(201);
    let again = world.browser().with("cookie", &sign_in(&world.browser(), &zoe.email, PASSWORD).cookie());
    let zoe = Person { browser: again, ..zoe };
    zoe.post("/api/v1/email-verifications", json!({})).ok_with(202);
    let third = newer_link(&world, &zoe.email, "/verify/", &second);
    assert!(!is_verified(&zoe));
    verify(&world.browser(), &third).ok_with(204);
    assert!(is_verified(&zoe));
    verify(&world.browser(), &third).refused(410, "token.invalid");
    verify(&world.browser(), "ge_guessed").refused(410, "token.invalid");
}

#[test]
fn a_person_changes_its_own_name_and_language() {
    let world = World::new();
    let bo = world.bo();
    let me = bo.patch("/api/v1/me", json!({ "name": "Bo Lind", "locale": "es" })).ok();
    assert_eq!((&me["account"]["name"], &me["account"]["locale"]), (&json!("Bo Lind"), &json!("es")));
    let members = world.ann().get("members").ok();
    assert!(members["items"].as_array().expect("members").iter().any(|member| member["name"] == "Bo Lind"));
    bo.patch("/api/v1/me", json!({ "email": "other@example.com" })).refused(422, "unknown_field");
    bo.patch("/api/v1/me", json!({ "name": "" })).refused(422, "invalid_field");
}
