//! INV-01: of another workspace there is nothing to see, not even that it exists.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::samples;
use crate::{
    house::{doors::filled, operations},
    support::{Database, Reply, Server, Visitor, World, fresh_id, text_of},
};

/// Tables that belong to the instance; every other one belongs to a workspace.
const OF_THE_INSTANCE: &[&str] = &[
    "account_idempotency_records",
    "account_tokens",
    "accounts",
    "instance_event_details",
    "instance_events",
    "instance_heads",
    "instance_keys",
    "invoice_numbers",
    "operators",
    "plan_catalogues",
    "policy_packs",
    "schedules",
    "schema_migrations",
    "sellers",
    "sessions",
];

/// An answer without what names the single request.
fn told(reply: Reply) -> (u16, Value) {
    let mut body = reply.body;
    if let Some(problem) = body.as_object_mut() {
        problem.remove("request_id");
    }
    (reply.status, body)
}

/// A path whose ids name nothing, but for the workspace's.
fn naming_nothing(path: &str, workspace: &str) -> String {
    let nothing = |part: &str| if part.len() == 36 && part != workspace { fresh_id() } else { part.to_owned() };
    path.split('/').map(nothing).collect::<Vec<_>>().join("/")
}

#[test]
fn inv_01_an_id_of_another_workspace_answers_like_one_that_does_not_exist() {
    let world = World::new();
    let (acme, gus) = (world.workspace(), world.gus());
    let mut knocked = 0;
    for operation in operations() {
        if operation.admits != "member" || operation.path.matches('{').count() < 2 {
            continue;
        }
        let foreign = filled(&world, &operation).replace(&acme, &gus.workspace);
        let send = |path: &str| told(gus.browser.send(&operation.method, path, samples::body(&world, &operation.name)));
        let (foreign, nothing) = (send(&foreign), send(&naming_nothing(&foreign, &gus.workspace)));
        assert_eq!((foreign.0, &foreign.1["code"]), (404, &json!("not_found")), "{}", operation.name);
        assert_eq!(foreign, nothing, "{}", operation.name);
        knocked += 1;
    }
    assert!(knocked >= 20, "only {knocked} doors take an id");
}

#[test]
fn inv_01_ids_inside_bodies_and_filters_do_not_reach_over_either() {
    let world = World::new();
    let (bo, gus) = (world.bo(), world.gus());
    let channel = gus.all("channels")[0].clone();
    let path = format!("channels/{}", text_of(&channel["id"]));
    gus.patch(&path, json!({ "allowed_origins": [crate::support::SITE] })).ok();
    let conversation = Visitor::open(world.browser(), &text_of(&channel["public_key"])).says("Hello, Gus");
    let file = text_of(&bo.upload("list.txt", b"our customers")["id"]);

    let assign = |member: &str| {
        told(gus.put(&format!("conversations/{conversation}/assignment"), json!({ "member_id": member })))
    };
    let assigned = assign(&bo.member);
    assert_eq!(assigned, assign(&fresh_id()));
    assert!(assigned.0 >= 400);
    let attach = |file: &str| {
        let message = json!({ "text": "See the list", "seen_seq": 1, "attachments": [file] });
        told(gus.post(&format!("conversations/{conversation}/messages"), message))
    };
    let attached = attach(&file);
    assert_eq!(attached, attach(&fresh_id()));
    assert!(attached.0 >= 400);
    for filter in [format!("assignee_id={}", bo.member), format!("channel_id={}", world.channel)] {
        let (name, _) = filter.split_once('=').expect("a name");
        let foreign = told(gus.get(&format!("conversations?{filter}")));
        assert_eq!(foreign, told(gus.get(&format!("conversations?{name}={}", fresh_id()))), "{filter}");
    }
    let elsewhere = bo.get("members?limit=1").ok();
    let cursor = elsewhere["next_cursor"].as_str().expect("a second page");
    gus.get(&format!("members?cursor={cursor}")).refused(422, "invalid_field");
}

#[test]
fn inv_01_a_visitor_reaches_its_own_conversation_only() {
    let world = World::new();
    let (somebody, visitor) = (world.conversation("A secret"), world.visitor());
    visitor.says("Hello");
    for operation in operations() {
        if operation.admits != "visitor" || !operation.path.contains('{') {
            continue;
        }
        let send = |id: &str| {
            let path = operation.path.replace("{conversation_id}", id).replace("{attachment_id}", id);
            told(visitor.browser.send(&operation.method, &path, samples::body(&world, &operation.name)))
        };
        let foreign = send(&somebody);
        assert_eq!(foreign.0, 404, "{}", operation.name);
        assert_eq!(foreign, send(&fresh_id()), "{}", operation.name);
    }
}

#[test]
fn inv_01_every_table_but_the_instances_belongs_to_workspaces_and_no_key_joins_two() {
    let database = Database::sqlite();
    let opened = tenancy::Vault::open(&database.url, Vec::new(), kernel::Clock::system());
    drop(Server::new().run(opened).expect("a schema"));
    let tables = database.column(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'search_terms%'",
    );
    let of_workspaces: BTreeSet<String> = database
        .column("select m.name from sqlite_master m, pragma_table_info(m.name) c where c.name = 'workspace_id'")
        .into_iter()
        .collect();
    for table in &tables {
        let known = OF_THE_INSTANCE.contains(&table.as_str());
        assert!(known != of_workspaces.contains(table), "{table}: of the instance or of a workspace?");
    }
    let keys = database.rows(
        "select m.name, f.\"table\", f.id, max(f.\"from\" = 'workspace_id' and f.\"to\" = 'workspace_id')
         from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table' group by 1, 2, 3",
    );
    assert!(keys.len() > 20);
    for key in keys {
        let [from, to, _, joined]: [Option<String>; 4] = key.try_into().expect("four cells");
        let (from, to) = (from.expect("a table"), to.expect("a table"));
        let both = of_workspaces.contains(&from) && of_workspaces.contains(&to);
        assert!(!both || joined.as_deref() == Some("1"), "{from} points into {to} without its workspace");
    }
}
