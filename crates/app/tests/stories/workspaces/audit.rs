//! INV-40: every change writes one audit event, in its own transaction, and refused requests write none.

use kernel::WorkspaceId;
use serde_json::{Value, json};
use tenancy::{Duty, OnDuty, Vault, Verdict};

use super::samples;
use crate::{
    house::{Operation, doors::filled, operations},
    support::{Client, PASSWORD, PLACE, Person, Place, Reply, SITE, Server, World, fresh_id, text_of, until},
};

/// Requests that are no news, each for its reason (ruling 9).
const TRACELESS: &[(&str, &str)] = &[
    ("invitation_lookup", "looks only"),
    ("password_reset_create", "an unproven wish of anybody; using the link is recorded"),
    ("presence_post", "presence is shown and forgotten"),
    ("read_put", "read marks are private"),
    ("typing_post", "shown and forgotten"),
    ("widget_typing_post", "shown and forgotten"),
];

/// A request that is about to change something.
struct Ready {
    browser: Client,
    method: String,
    path: String,
    body: Option<Value>,
}

impl Ready {
    fn send(&self) -> Reply {
        if self.path.contains("/attachments") {
            return self.browser.upload(&self.path, "note.txt", b"a note");
        }
        self.browser.send(&self.method, &self.path, self.body.clone())
    }
}

/// Audit events of workspaces and of accounts; the mirror's are copies.
fn audited(world: &World) -> [i64; 2] {
    let real = match *PLACE {
        Place::Sqlite => "substr(workspace_id, 1, 2) <> x'ffff'",
        Place::Postgres(_) => "left(workspace_id::text, 4) <> 'ffff'",
    };
    [format!("events where parent_seq is null and {real}"), "instance_events where parent_seq is null".to_owned()]
        .map(|events| world.database.count(&format!("select count(*) from {events}")))
}

/// Somebody new with a proven address.
fn verified(world: &World) -> Person {
    let zoe = world.sign_up(&format!("Zoe {}", fresh_id()));
    let token = world.mailed(&zoe.email, "/verify/");
    world.browser().post("/api/v1/email-verifications/complete", json!({ "token": token })).ok_with(204);
    zoe
}

/// Everything set up for the operation to succeed; what is sent last is the one request.
fn ready(world: &World, operation: &Operation) -> Ready {
    let (browser, path, body) = match operation.admits.as_str() {
        "member" => of_member(world, operation),
        "visitor" => of_visitor(world, operation),
        "account" => of_account(world, operation),
        _ => of_anyone(world, operation),
    };
    Ready { browser, method: operation.method.clone(), path, body }
}

fn of_member(world: &World, operation: &Operation) -> (Client, String, Option<Value>) {
    let (ann, path) = (world.ann(), filled(world, operation));
    match operation.name.as_str() {
        "assignment_delete" => drop(ann.post(&path.replace("/assignment", "/claim"), json!({})).ok()),
        "snooze_delete" => drop(ann.put(&path, samples::body(world, "snooze_put").expect("a moment")).ok()),
        _ => {}
    }
    let takes_nothing = operation.method == "DELETE";
    let body = samples::body(world, &operation.name).or_else(|| (!takes_nothing).then(|| json!({})));
    (ann.browser, path, body)
}

fn of_visitor(world: &World, operation: &Operation) -> (Client, String, Option<Value>) {
    let visitor = world.visitor();
    let conversation = visitor.says("Hello");
    let mut body = samples::body(world, &operation.name);
    if operation.name == "widget_read_put" {
        let answer = json!({ "text": "Hi", "seen_seq": 1 });
        world.bo().post(&format!("conversations/{conversation}/messages"), answer).ok_with(201);
        body = Some(json!({ "seq": 2 }));
    }
    (visitor.browser, operation.path.replace("{conversation_id}", &conversation), body)
}

fn of_account(world: &World, operation: &Operation) -> (Client, String, Option<Value>) {
    let zoe = verified(world);
    let mut path = operation.path.clone();
    let body = match operation.name.as_str() {
        "email_verification_create" => Some(json!({})),
        "invitation_accept" => {
            let invited = json!({ "email": zoe.email, "role_key": "member" });
            world.ann().post("invitations", invited).ok_with(201);
            Some(json!({ "token": world.mailed(&zoe.email, "/invite/") }))
        }
        "me_update" => Some(json!({ "name": "Zoe Marsh" })),
        "password_put" => Some(json!({ "current_password": PASSWORD, "new_password": "nine loud harbours" })),
        "session_delete" => {
            let me = zoe.post("/api/v1/sessions", json!({ "email": zoe.email, "password": PASSWORD }));
            let cookie = me.cookie();
            path = path.replace("{session_id}", &text_of(&me.ok()["session_id"]));
            return (zoe.browser.with("cookie", &cookie), path, None);
        }
        "workspace_create" => Some(json!({ "name": "Side project" })),
        other => panic!("what does one send to {other}?"),
    };
    (zoe.browser, path, body)
}

fn of_anyone(world: &World, operation: &Operation) -> (Client, String, Option<Value>) {
    let mut browser = world.browser();
    let email = format!("{}@example.com", fresh_id());
    let body = match operation.name.as_str() {
        "account_create" => json!({ "name": "Zoe", "email": email, "password": PASSWORD }),
        "email_verification_complete" => {
            let zoe = world.sign_up(&format!("Zoe {}", fresh_id()));
            json!({ "token": world.mailed(&zoe.email, "/verify/") })
        }
        "invitation_lookup" => {
            world.ann().post("invitations", json!({ "email": email, "role_key": "member" })).ok_with(201);
            json!({ "token": world.mailed(&email, "/invite/") })
        }
        "password_reset_complete" => {
            browser.post("/api/v1/password-resets", json!({ "email": "vic@example.com" })).ok_with(202);
            json!({ "token": world.mailed("vic@example.com", "/reset/"), "password": "nine loud harbours" })
        }
        "password_reset_create" => json!({ "email": email }),
        "session_create" => json!({ "email": "bo@example.com", "password": PASSWORD }),
        "visitor_create" => {
            browser = browser.with("origin", SITE);
            json!({ "channel_key": world.channel_key })
        }
        other => panic!("what does one send to {other}?"),
    };
    (browser, operation.path.clone(), Some(body))
}

fn changing() -> Vec<Operation> {
    operations().into_iter().filter(|operation| operation.method != "GET").collect()
}

#[test]
fn inv_40_every_change_writes_one_audit_event() {
    let world = World::new();
    for operation in changing() {
        let request = ready(&world, &operation);
        let before = audited(&world);
        let reply = request.send();
        assert!(reply.status < 300, "{}: {} {}", operation.name, reply.status, reply.text());
        let [workspaces, accounts] = [0, 1].map(|chain| audited(&world)[chain] - before[chain]);
        let traceless = TRACELESS.iter().any(|(name, _)| *name == operation.name);
        let expected = match operation.name.as_str() {
            _ if traceless => (0, 0),
            // One transaction changes both: the account and the workspace that comes with it.
            "account_create" => (1, 1),
            "invitation_accept" | "workspace_create" => (1, 0),
            _ if ["account", "anyone"].contains(&operation.admits.as_str()) && operation.name != "visitor_create" => {
                (0, 1)
            }
            _ => (1, 0),
        };
        assert_eq!((workspaces, accounts), expected, "{}: audit events of workspaces and accounts", operation.name);
    }
    assert_whole(&world);
}

#[test]
fn inv_40_a_refused_request_writes_none() {
    let world = World::new();
    for operation in changing() {
        let request = ready(&world, &operation);
        let before = audited(&world);
        let mut refused = Vec::new();
        if operation.admits != "anyone" {
            let browser = request.browser.clone().without("cookie").without("authorization");
            refused.push(
                Ready {
                    browser,
                    method: request.method.clone(),
                    path: request.path.clone(),
                    body: request.body.clone(),
                }
                .send(),
            );
        }
        if let Some(mut body) =
            request.body.clone().filter(|body| body.as_object().is_some_and(|body| !body.is_empty()))
        {
            body["surprise"] = json!(1);
            refused.push(request.browser.send(&request.method, &request.path, Some(body)));
        }
        for reply in refused {
            assert!((400..500).contains(&reply.status), "{}: {}", operation.name, reply.status);
        }
        assert_eq!(audited(&world), before, "{}", operation.name);
    }
    let before = audited(&world);
    let wrong = json!({ "email": "ann@example.com", "password": "not her password" });
    world.browser().post("/api/v1/sessions", wrong).refused(401, "session.bad_credentials");
    world.vic().patch("", json!({ "name": "Vic's" })).refused(403, "forbidden");
    world.ann().patch("", json!({ "name": "Acme" })).ok();
    world.ann().patch("/api/v1/me", json!({ "name": "Ann" })).ok();
    assert_eq!(audited(&world), before, "what is so already is no change");
}

#[test]
fn inv_40_a_change_whose_event_cannot_be_written_does_not_happen() {
    let world = World::new();
    let chosen =
        ["workspace_update", "invitation_create", "message_send", "me_update", "password_put", "account_create"];
    for operation in changing().into_iter().filter(|operation| chosen.contains(&operation.name.as_str())) {
        let request = ready(&world, &operation);
        let before = everything(&world);
        for statement in broken() {
            world.database.run(statement);
        }
        request.send().refused(500, "internal");
        assert!(everything(&world) == before, "{} left something", operation.name);
        world.database.run(match *PLACE {
            Place::Sqlite => "drop trigger broken_events; drop trigger broken_instance_events",
            Place::Postgres(_) => {
                "drop trigger broken on events; drop trigger broken on instance_events; drop function broken()"
            }
        });
        assert!(request.send().status < 300, "{}", operation.name);
    }
}

/// No event can be written any more.
fn broken() -> &'static [&'static str] {
    match *PLACE {
        Place::Sqlite => &[
            "create trigger broken_events before insert on events begin select raise(abort, 'broken'); end",
            "create trigger broken_instance_events before insert on instance_events
             begin select raise(abort, 'broken'); end",
        ],
        Place::Postgres(_) => &[
            "create function broken() returns trigger language plpgsql as $$ begin raise 'broken'; end $$",
            "create trigger broken before insert on events for each row execute function broken()",
            "create trigger broken before insert on instance_events for each row execute function broken()",
        ],
    }
}

/// Every row of the tables that requests write, once no job is at work.
fn everything(world: &World) -> Vec<Vec<Vec<Option<String>>>> {
    let due = format!(
        "select count(*) from jobs where state = 'running' or (state = 'waiting' and run_at <= {})",
        world.clock.now().millis()
    );
    until("the end of all jobs", || (world.database.count(&due) == 0).then_some(()));
    let tables = [
        "accounts",
        "account_tokens",
        "sessions",
        "workspaces",
        "memberships",
        "workspace_owners",
        "businesses",
        "channels",
        "invitations",
        "conversations",
        "messages",
        "conversation_counts",
        "jobs",
        "events",
        "workspace_heads",
        "instance_events",
        "instance_heads",
    ];
    tables.into_iter().map(|table| world.database.rows(&format!("select * from {table} order by 1, 2"))).collect()
}

#[test]
fn inv_40_a_chain_tells_what_was_changed_or_taken_out_of_it() {
    let world = World::new();
    let (ann, server) = (world.ann(), Server::new());
    ann.patch("", json!({ "name": "Acme Books" })).ok();
    ann.patch("/api/v1/me", json!({ "name": "Ann Marsh" })).ok();
    assert_whole(&world);
    let duty = inspector(&world, &server);
    let workspace: WorkspaceId = ann.workspace.parse().expect("an id");
    let in_workspace = || server.run(duty.verify_chain(workspace)).expect("a verdict");
    let of_accounts = || server.run(duty.verify_accounts_chain()).expect("a verdict");
    let (Verdict::Whole { events }, Verdict::Whole { events: of_all }) = (in_workspace(), of_accounts()) else {
        panic!("the chains are whole");
    };
    let erased = "delete from event_details; delete from instance_event_details";
    world.database.run(erased);
    assert_eq!(in_workspace(), Verdict::Whole { events }, "what people wrote can be erased");
    assert_eq!(of_accounts(), Verdict::Whole { events: of_all });

    world.database.run("update instance_events set kind = 'account.closed' where seq = 3");
    assert_eq!(of_accounts(), Verdict::Broken { seq: 3, finding: "changed" });
    world.database.run("delete from instance_events where seq = 3");
    assert_eq!(of_accounts(), Verdict::Broken { seq: 3, finding: "missing" });
    world.database.run(&format!("delete from events where seq = {events}"));
    assert_eq!(in_workspace(), Verdict::Broken { seq: events, finding: "missing at the end" });
}

#[test]
fn inv_40_events_of_accounts_hold_no_address_name_or_secret() {
    let world = World::new();
    world.ann().patch("/api/v1/me", json!({ "name": "Ann Marsh" })).ok();
    world.browser().post("/api/v1/sessions", json!({ "email": "ann@example.com", "password": PASSWORD })).ok_with(201);
    let payloads = world.database.column("select payload from instance_events");
    assert!(payloads.len() > 10);
    for payload in payloads {
        assert!(!payload.contains('@') && !payload.contains("Ann") && !payload.contains("gs_"), "{payload}");
    }
}

fn assert_whole(world: &World) {
    let server = Server::new();
    let duty = inspector(world, &server);
    let verdict = server.run(duty.verify_accounts_chain()).expect("a verdict");
    assert!(matches!(verdict, Verdict::Whole { events } if events > 0), "{verdict:?}");
    for person in [world.ann(), world.gus()] {
        let verdict = server.run(duty.verify_chain(person.workspace.parse().expect("an id"))).expect("a verdict");
        assert!(matches!(verdict, Verdict::Whole { events } if events > 0), "{verdict:?}");
    }
}

#[expect(clippy::disallowed_methods, reason = "an operator's inspection looks across workspaces")]
fn inspector(world: &World, server: &Server) -> OnDuty {
    let vault = server.run(Vault::open(&world.database.url, Vec::new(), world.clock.clone())).expect("a vault");
    vault.on_duty(Duty::Inspection)
}
