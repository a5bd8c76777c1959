//! How far a key reaches: its scopes, its creator's rights at that moment, and never what is a person's own.

use serde_json::{Value, json};
use tenancy::Permission;

use super::{all_scopes, make, program, program_with};
use crate::{
    house::{
        Operation,
        doors::{OFFERED_TO_BO, filled},
        operations,
    },
    stories::workspaces::samples::change_role,
    support::{Person, Reply, World, fresh_id, text_of},
};

/// The permissions of which one opens the operation.
fn permissions(operation: &Operation) -> Vec<Permission> {
    let names = operation.permission.as_deref().unwrap_or_default().split('|');
    names.filter_map(Permission::parse).collect()
}

/// Knocks at a door with a body that no operation takes.
fn knock(person: &Person, operation: &Operation, path: &str) -> Reply {
    let body = (operation.method != "GET" && operation.method != "DELETE").then(|| json!({ "surprise": 1 }));
    person.browser.send(&operation.method, path, body)
}

/// What a door says to a key, and whether the document says the same.
#[test]
fn a_key_opens_exactly_the_doors_that_the_document_shows_it() {
    let world = World::new();
    let ann = world.ann();
    let scopes = all_scopes(&ann);
    assert!(scopes.len() > 100, "{}", scopes.len());
    let robot = program_with(&world, &ann, &scopes.iter().map(String::as_str).collect::<Vec<_>>());
    for operation in operations().iter().filter(|operation| operation.admits != "anyone") {
        let path = filled(&world, operation);
        if operation.streams && operation.admits == "member" {
            assert_eq!(robot.browser.listen(&path).status, 200, "{}", operation.name);
            continue;
        }
        let reply = knock(&robot, operation, &path);
        let for_keys = permissions(operation).iter().any(|permission| !permission.is_owner_equivalent());
        let held =
            permissions(operation).iter().any(|permission| scopes.iter().any(|scope| scope == permission.name()));
        match operation.admits.as_str() {
            "visitor" => drop(reply.refused(401, "unauthenticated")),
            // What was offered to Bo, no key of Ann's takes.
            "member" if held && OFFERED_TO_BO.contains(&operation.name.as_str()) => {}
            "member" if held => {
                assert!(![401, 403, 404].contains(&reply.status), "{}: {}", operation.name, reply.text());
            }
            "member" if operation.permission.is_some() => {
                // An owner cannot leave, and so cannot give that away.
                let decider = if for_keys { "role" } else { "key" };
                assert_eq!(reply.refused(403, "forbidden")["decided_by"], decider, "{}", operation.name);
            }
            _ => assert_eq!(reply.refused(403, "api_key.not_for_this")["decided_by"], "key", "{}", operation.name),
        }
        assert_eq!(operation.admits_keys, for_keys, "{}: what the document says", operation.name);
    }
}

/// T-B1: a key of one permission gets nowhere with it but where that permission leads.
#[test]
fn t_b1_a_key_of_one_permission_opens_no_door_of_another() {
    let world = World::new();
    let ann = world.ann();
    let scopes = all_scopes(&ann);
    let beyond = |door: &Operation| {
        permissions(door).iter().any(|one| !one.is_owner_equivalent() && !scopes.contains(&one.name().to_owned()))
    };
    let doors: Vec<_> = operations().into_iter().filter(|door| door.admits == "member" && !beyond(door)).collect();
    let used: Vec<_> = doors.iter().flat_map(permissions).collect();
    for scope in scopes.iter().filter_map(|scope| Permission::parse(scope)).filter(|scope| used.contains(scope)) {
        let robot = program_with(&world, &ann, &[scope.name()]);
        for door in doors.iter().filter(|door| !permissions(door).contains(&scope)) {
            let reply = knock(&robot, door, &somewhere(&world, door));
            let (status, decided_by) = (reply.status, reply.body["decided_by"].clone());
            assert_eq!((status, decided_by), (403, json!("key")), "{} with {}", door.name, scope.name());
        }
    }
}

/// The operation's path in Acme with ids of nothing.
fn somewhere(world: &World, operation: &Operation) -> String {
    let path = operation.path.replace("{workspace_id}", &world.workspace());
    path.split('/')
        .map(|step| if step.starts_with('{') { fresh_id() } else { step.to_owned() })
        .collect::<Vec<_>>()
        .join("/")
}

#[test]
fn another_workspace_is_out_of_a_keys_sight() {
    let world = World::new();
    let (ann, gus) = (world.ann(), world.gus());
    let scopes = all_scopes(&ann);
    let robot = program_with(&world, &ann, &scopes.iter().map(String::as_str).collect::<Vec<_>>());
    for operation in operations().iter().filter(|operation| operation.admits == "member") {
        let path = somewhere(&world, operation).replace(&ann.workspace, &gus.workspace);
        knock(&robot, operation, &path).refused(404, "not_found");
    }
    robot.in_workspace(&fresh_id()).get("").refused(404, "not_found");
}

#[test]
fn inv_13_a_key_does_what_its_creator_may_at_that_moment() {
    let world = World::new();
    let kim = world.member_with_role("admin");
    let visitor = world.visitor_who(json!({ "name": "Jane", "email": "jane.doe@example.com" }));
    let conversation = visitor.says("I am jane.doe@example.com");
    let scopes = ["conversation.view", "conversation.reply", "customer.view", "customer.view_unmasked"];
    let robot = program_with(&world, &kim, &scopes);
    let path = format!("conversations/{conversation}");
    let reply = |seen: i64| robot.post(&format!("{path}/messages"), json!({ "text": "Hi", "seen_seq": seen }));
    reply(1).ok_with(201);
    assert!(robot.get(&path).text().contains("jane.doe@example.com"));

    change_role(&world, &kim, "viewer");
    assert_eq!(reply(2).refused(403, "forbidden")["decided_by"], "role");
    let masked = robot.get(&path);
    assert_eq!(masked.status, 200);
    assert!(
        masked.text().contains("j***@example.com") && !masked.text().contains("jane.doe"),
        "INV-19: {}",
        masked.text()
    );
    change_role(&world, &kim, "admin");
    reply(2).ok_with(201);
}

#[test]
fn a_key_without_the_scope_for_contact_data_sees_none() {
    let world = World::new();
    let ann = world.ann();
    world.visitor_who(json!({ "name": "Jane", "email": "jane.doe@example.com" })).says("Hello");
    let shown = |scopes: &[&str]| program_with(&world, &ann, scopes).get("customers").text();
    assert!(shown(&["customer.view", "customer.view_unmasked"]).contains("jane.doe@example.com"));
    let bare = shown(&["customer.view"]);
    assert!(bare.contains("Jane") && !bare.contains("@example.com"), "{bare}");
}

#[test]
fn inv_18_a_collaborators_key_reaches_no_customer() {
    let world = World::new();
    let kim = world.member_with_role("admin");
    let conversation = world.conversation("Hello");
    let scopes = all_scopes(&kim);
    let robot = program_with(&world, &kim, &scopes.iter().map(String::as_str).collect::<Vec<_>>());
    let say = || robot.post(&format!("conversations/{conversation}/messages"), json!({ "text": "Hi", "seen_seq": 1 }));
    robot.get("conversations").ok();
    super::ends::change_seat(&world, &kim, "collaborator");
    assert_eq!(say().refused(403, "forbidden")["decided_by"], "seat_type");
    assert_eq!(
        world.ann().get(&format!("conversations/{conversation}/messages")).ok()["items"].as_array().map(Vec::len),
        Some(1)
    );
}

/// OWN-4: on every door that reads, a personal key with everything learns what its creator learns there.
#[test]
fn own_4_a_key_sees_what_its_creator_sees() {
    let world = World::new();
    let kim = world.member_with_role("admin");
    let scopes = all_scopes(&kim);
    let robot = program_with(&world, &kim, &scopes.iter().map(String::as_str).collect::<Vec<_>>());
    for name in ["Jane", "June"] {
        world.visitor_who(json!({ "name": name, "email": format!("{name}@example.com") })).says("Hello");
    }
    let taken = world.conversation("For Bo alone");
    world.bo().post(&format!("conversations/{taken}/claim"), json!({})).ok();
    for role in ["admin", "agent", "viewer"] {
        change_role(&world, &kim, role);
        let mut compared = 0;
        for door in operations().iter().filter(|door| door.admits == "member" && door.method == "GET" && !door.streams)
        {
            if permissions(door).iter().all(|permission| permission.is_owner_equivalent()) {
                continue;
            }
            let path = match door.name.as_str() {
                "search_query" => format!("{}?q=hello", filled(&world, door)),
                _ => filled(&world, door),
            };
            let [mine, its] = [&kim, &robot].map(|person| {
                let reply = person.browser.get(&path);
                (reply.status, without_abilities(reply.body))
            });
            assert!(its == mine, "{} as {role}", door.name);
            compared += 1;
        }
        assert!(compared > 10, "{compared}");
    }
}

/// What differs: a key can less, and says that it is the key.
const DIFFERENT: [&str; 7] = ["can", "assignable", "choices", "locked", "within", "request_id", "last_active_at"];

fn without_abilities(mut body: Value) -> Value {
    match &mut body {
        Value::Object(members) => {
            members.retain(|name, _| !DIFFERENT.contains(&name.as_str()));
            members.values_mut().for_each(|value| *value = without_abilities(value.take()));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = without_abilities(item.take())),
        _ => {}
    }
    body
}

#[test]
fn a_workspaces_key_holds_nothing_of_its_own() {
    let world = World::new();
    let kim = world.member_with_role("admin");
    let scopes = ["conversation.view", "conversation.reply"];
    let personal = program_with(&world, &kim, &scopes);
    let shared = program(&world, &kim, &text_of(&make(&kim, "workspace", &scopes)["key"]));
    world.conversation("Hello");
    for robot in [&personal, &shared] {
        assert_eq!(robot.all("conversations").len(), 1);
    }
    change_role(&world, &kim, "agent");
    assert_eq!(personal.all("conversations").len(), 1, "in the queue");
    assert_eq!(shared.get("conversations").refused(403, "forbidden")["decided_by"], "key");
}

#[test]
fn no_preview_is_seen_through_a_key() {
    let world = World::new();
    let robot = program_with(&world, &world.ann(), &["conversation.view"]);
    let header = ("guildhall-preview", fresh_id());
    robot.with(header.0, &header.1).get("conversations").refused(403, "api_key.not_for_this");
}
