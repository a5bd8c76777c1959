//! INV-40: every change writes one audit event, in its own transaction, and refused requests write none.

use kernel::WorkspaceId;
use serde_json::json;
use tenancy::{Duty, OnDuty, Vault, Verdict};

use super::samples::{Ready, ready};
use crate::{
    house::{Operation, operations},
    support::{PASSWORD, PLACE, Place, Server, World, until},
};

/// Requests that are no news, each for its reason (ruling 9).
const TRACELESS: &[(&str, &str)] = &[
    ("activity_put", "presence is noted, and what comes of its end is told"),
    ("audit_verification_create", "looks only"),
    ("canned_response_render", "looks only"),
    ("credit_reservation_create", "it moves no credits; what is spent of it is told"),
    ("credit_reservation_delete", "it moves no credits"),
    ("draft_delete", "drafts are private"),
    ("draft_put", "drafts are private"),
    ("invitation_lookup", "looks only"),
    ("mentions_check", "looks only"),
    ("notification_read_put", "read marks are private"),
    ("notifications_read_all", "read marks are private"),
    ("password_reset_create", "an unproven wish of anybody; using the link is recorded"),
    ("policy_pack_preview", "looks only"),
    ("presence_post", "presence is shown and forgotten"),
    ("read_put", "read marks are private"),
    ("role_impact", "looks only"),
    ("routing_rehearse", "looks only"),
    ("seat_quote_create", "looks only"),
    ("slack_test", "looks only"),
    ("typing_post", "shown and forgotten"),
    ("widget_typing_post", "shown and forgotten"),
];

/// Audit events of workspaces and of accounts; the mirror's are copies.
fn audited(world: &World) -> [i64; 2] {
    let real = match *PLACE {
        Place::Sqlite => "substr(workspace_id, 1, 2) <> x'ffff'",
        Place::Postgres(_) => "left(workspace_id::text, 4) <> 'ffff'",
    };
    [format!("events where parent_seq is null and {real}"), "instance_events where parent_seq is null".to_owned()]
        .map(|events| world.database.count(&format!("select count(*) from {events}")))
}

/// What takes somebody who takes money, which these worlds have none of: the stories of billing and of Stripe do it.
const SELLS: [&str; 9] = [
    "billing_addon_preview",
    "billing_addon_put",
    "billing_cancellation_delete",
    "billing_cancellation_put",
    "billing_plan_preview",
    "billing_plan_put",
    "checkout_create",
    "portal_session_create",
    "stripe_hook",
];

fn changing() -> Vec<Operation> {
    let sells = |operation: &Operation| SELLS.contains(&operation.name.as_str());
    operations().into_iter().filter(|operation| operation.method != "GET" && !sells(operation)).collect()
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
            "account_create" | "member_create" => (1, 1),
            "operator_catalogue_create" | "operator_seller_put" => (0, 1),
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
    let in_workspace = || server.run(duty.verify_workspace(workspace)).expect("a verdict").changes;
    let of_accounts = || server.run(duty.verify_accounts()).expect("a verdict");
    let events_of = |verdict| match verdict {
        Verdict::Whole { events, erased } => (events, erased),
        Verdict::Broken { .. } => panic!("the chain is whole: {verdict:?}"),
    };
    let ((events, _), (of_all, _)) = (events_of(in_workspace()), events_of(of_accounts()));
    world.database.run("delete from event_details; delete from instance_event_details");
    let (kept, erased) = events_of(in_workspace());
    assert!(kept == events && erased > 0, "what people wrote can be erased: {erased} texts of {kept} events");
    assert_eq!(events_of(of_accounts()).0, of_all);

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
    let is_whole = |verdict: &Verdict| matches!(verdict, Verdict::Whole { events, .. } if *events > 0);
    let verdict = server.run(duty.verify_accounts()).expect("a verdict");
    assert!(is_whole(&verdict), "{verdict:?}");
    for person in [world.ann(), world.gus()] {
        let found = server.run(duty.verify_workspace(person.workspace.parse().expect("an id"))).expect("a verdict");
        assert!(is_whole(&found.changes) && matches!(found.access, Verdict::Whole { .. }), "{found:?}");
    }
}

#[expect(clippy::disallowed_methods, reason = "an operator's inspection looks across workspaces")]
fn inspector(world: &World, server: &Server) -> OnDuty {
    let vault = server.run(Vault::open(&world.database.url, Vec::new(), world.clock.clone())).expect("a vault");
    vault.on_duty(Duty::Inspection)
}
