//! Attempts to reach over: another workspace's ids in bodies and filters, fields that are nobody's to set, and names
//! that are the same in two workspaces.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::workspaces::samples;
use crate::{
    house::{DOCUMENT, Operation, doors::filled, operations},
    support::{Person, Reply, SITE, Visitor, World, fresh_id, identity, text_of},
};

/// An answer without what names the single request.
fn told(reply: Reply) -> (u16, Value) {
    let mut body = reply.body;
    if let Some(problem) = body.as_object_mut() {
        problem.remove("request_id");
        problem.remove("detail");
    }
    (reply.status, body)
}

/// Things in Gus's workspace, by the field that could name one.
struct Foreign {
    member: String,
    attachment: String,
    permission_set: String,
    role: String,
    conversation: String,
    customer: String,
    team: String,
    label: String,
    canned_response: String,
    made_macro: String,
}

impl Foreign {
    fn of(world: &World) -> Self {
        let gus = world.gus();
        let conversation = nobodys_conversation(world, &gus);
        let made = |path: &str, body: Value| text_of(&gus.post(path, body).ok_with(201)["id"]);
        let set = json!({ "label": "Theirs", "grants": { "team.view": "any" } });
        let role = json!({ "label": "Theirs", "base_role_key": "agent" });
        Self {
            member: gus.member.clone(),
            attachment: text_of(&gus.upload("theirs.txt", b"theirs")["id"]),
            permission_set: made("permission-sets", set),
            role: text_of(&gus.post("roles", role).ok_with(201)["key"]),
            customer: text_of(&gus.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]),
            conversation,
            team: made("teams", json!({ "name": "Theirs", "strategy": "manual" })),
            label: made("labels", json!({ "name": "Theirs", "color": 10 })),
            canned_response: made(
                "canned-responses",
                json!({ "shortcut": "theirs", "title": "Theirs", "text": "Theirs", "scope": "workspace" }),
            ),
            made_macro: made(
                "macros",
                json!({ "name": "Theirs", "scope": "workspace", "actions": [{ "kind": "unassign" }] }),
            ),
        }
    }

    /// The foreign thing that a field of a body could name, shaped as the field takes it; `None` for fields that name
    /// nothing.
    fn named_by(&self, field: &str) -> Option<Value> {
        Some(match field {
            "member_id" | "to_member_id" | "assignee_id" => json!(self.member),
            "member_ids" => json!([self.member]),
            "conversation_id" => json!(self.conversation),
            "customer_id" => json!(self.customer),
            "team_id" => json!(self.team),
            "label_ids" => json!([self.label]),
            "canned_response_id" => json!(self.canned_response),
            "macro_id" => json!(self.made_macro),
            "attachments" => json!([self.attachment]),
            "permission_set_ids" => json!([self.permission_set]),
            "role_key" | "base_role_key" => json!(self.role),
            _ => return None,
        })
    }
}

/// A conversation in somebody's own workspace: nobody's, of no team, never answered, never read.
fn nobodys_conversation(world: &World, person: &Person) -> String {
    let channel = person.all("channels")[0].clone();
    let path = format!("channels/{}", text_of(&channel["id"]));
    person.patch(&path, json!({ "allowed_origins": [SITE] })).ok();
    Visitor::open(world.browser(), &text_of(&channel["public_key"])).says("Nobody's")
}

/// The same shape, naming nothing.
fn nothing_like(foreign: &Value) -> Value {
    if foreign.is_array() { json!([fresh_id()]) } else { json!(fresh_id()) }
}

/// The fields of an operation's JSON body, by the document.
fn body_fields(operation: &Operation) -> Vec<String> {
    let schema = described(operation)["requestBody"]["content"]["application/json"]["schema"].clone();
    fields_of(&schema)
}

fn described(operation: &Operation) -> Value {
    let document: Value = serde_json::from_str(DOCUMENT).expect("JSON");
    document["paths"][&operation.path][operation.method.to_lowercase()].clone()
}

fn fields_of(schema: &Value) -> Vec<String> {
    let Some(name) = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) else { return Vec::new() };
    let document: Value = serde_json::from_str(DOCUMENT).expect("JSON");
    let properties = document["components"]["schemas"][name]["properties"].clone();
    properties.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
}

#[test]
fn t_a3_what_another_workspace_has_can_be_named_in_no_body() {
    let world = World::new();
    let foreign = Foreign::of(&world);
    let (mut tried, mut unknown) = (0, Vec::new());
    for operation in operations().into_iter().filter(|each| each.admits == "member" && each.method != "GET") {
        for field in body_fields(&operation) {
            // An answer leaves although the canned one is gone meanwhile; nothing of it is looked at but its count.
            if field == "canned_response_id" && operation.name == "message_send" {
                continue;
            }
            let Some(id) = foreign.named_by(&field) else {
                let names = field.ends_with("_id") || field.ends_with("_ids") || field.ends_with("_key");
                // A message's own id is made by who sends it, and names nothing yet.
                if names && field != "client_id" {
                    unknown.push(format!("{}.{field}", operation.name));
                }
                continue;
            };
            let ready = samples::ready(&world, &operation);
            let send = |value: &Value| {
                let mut body = ready.body.clone().unwrap_or_else(|| json!({}));
                body[&field] = value.clone();
                told(ready.browser.send(&ready.method, &ready.path, Some(body)))
            };
            let before = world.written_but_refusals();
            let (theirs, nothing) = (send(&id), send(&nothing_like(&id)));
            assert!(theirs.0 >= 400, "{}.{field}: {theirs:?}", operation.name);
            assert_eq!(theirs.0, nothing.0, "{}.{field}", operation.name);
            assert_eq!(theirs.1["code"], nothing.1["code"], "{}.{field}", operation.name);
            assert_eq!(world.written_but_refusals(), before, "{}.{field} wrote something", operation.name);
            tried += 1;
        }
    }
    assert_eq!(unknown, Vec::<String>::new(), "fields that name something, and no attempt to name another's with them");
    assert!(tried >= 8, "only {tried} fields name something");
}

#[test]
fn t_a2_nothing_that_belongs_to_nobody_in_another_workspace_is_in_any_list() {
    let world = World::new();
    let gus = world.gus();
    let conversation = nobodys_conversation(&world, &gus);
    let customer = text_of(&gus.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]);
    gus.post("invitations", json!({ "email": "nobody@example.com", "role_key": "agent" })).ok_with(201);
    let theirs = [conversation, customer, gus.member.clone(), gus.workspace.clone(), "nobody@example.com".to_owned()];
    let ann = world.ann();
    let mut read = 0;
    for operation in operations().into_iter().filter(|each| each.admits == "member" && each.method == "GET") {
        if operation.streams {
            continue;
        }
        let reply = ann.get(&filled(&world, &operation));
        let text = reply.text();
        for id in &theirs {
            assert!(!text.contains(id), "{} tells {id}: {text}", operation.name);
        }
        read += usize::from(reply.status == 200);
    }
    assert!(read >= 15, "only {read} lists answered");
}

/// A workspace with the same names in it as the other one.
fn named_alike(person: &Person, world: &World, key: &str, secret: &str) -> BTreeSet<String> {
    let said = json!({ "name": "Robin Same", "email": "same@example.com", "identity": identity(secret, "user-1") });
    let conversation = Visitor::visit(world.browser(), key, said).says("The very same words");
    let customer = text_of(&person.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]);
    let role = json!({ "label": "Same role", "base_role_key": "agent" });
    let role = text_of(&person.post("roles", role).ok_with(201)["key"]);
    let invited = json!({ "email": "same@example.com", "role_key": "agent" });
    let invited = text_of(&person.post("invitations", invited).ok_with(201)["id"]);
    [conversation, customer, role, invited].into()
}

#[test]
fn t_a7_the_same_names_in_two_workspaces_stay_two() {
    let world = World::new();
    let (ann, gus) = (world.ann(), world.gus());
    let channel = gus.all("channels")[0].clone();
    let id = text_of(&channel["id"]);
    gus.patch(&format!("channels/{id}"), json!({ "allowed_origins": [SITE] })).ok();
    let secret = text_of(&gus.post(&format!("channels/{id}/identity-secret"), json!({})).ok()["secret"]);
    let anns = named_alike(&ann, &world, &world.channel_key, &world.identity_secret());
    let guss = named_alike(&gus, &world, &text_of(&channel["public_key"]), &secret);
    assert!(anns.is_disjoint(&guss));
    for (person, own, other) in [(&ann, &anns, &guss), (&gus, &guss, &anns)] {
        let lists =
            ["conversations?q=same", "customers?q=same", "search?q=same", "search?q=words", "roles", "invitations"];
        // Twice, so that whatever a first answer left in a cache is asked for as well.
        for list in lists.iter().chain(&lists) {
            let text = json!(person.all(list)).to_string();
            assert!(own.iter().any(|id| text.contains(id.as_str())), "{list} finds one's own: {text}");
            assert!(!other.iter().any(|id| text.contains(id.as_str())), "{list} finds the other's: {text}");
        }
    }
}

/// What nobody sets by hand, whatever the operation.
const NOBODYS: &[&str] = &[
    "role",
    "role_id",
    "is_owner",
    "tenant_id",
    "workspace_id",
    "account_id",
    "created_by",
    "owner_id",
    "verified",
    "email_verified",
    "seats",
    "credits",
    "plan",
    "price_id",
    "id",
    "created_at",
    "deleted_at",
    "permissions",
    "can",
    "state",
    "version",
];

#[test]
fn t_b8_no_door_takes_a_field_that_is_not_its_own() {
    let world = World::new();
    let mut tried = 0;
    for operation in operations().into_iter().filter(|each| each.method != "GET" && each.admits != "visitor") {
        let own = body_fields(&operation);
        if own.is_empty() {
            continue;
        }
        let ready = samples::ready(&world, &operation);
        let responses = described(&operation)["responses"].clone();
        let answered =
            ["200", "201", "202"].map(|status| responses[status]["content"]["application/json"]["schema"].clone());
        let mut fields: BTreeSet<String> = answered.iter().flat_map(fields_of).collect();
        fields.extend(NOBODYS.iter().map(|field| (*field).to_owned()));
        let before = world.written_but_refusals();
        for field in fields.iter().filter(|field| !own.contains(field)) {
            let mut body = ready.body.clone().unwrap_or_else(|| json!({}));
            body[field] = json!("more");
            ready.browser.send(&ready.method, &ready.path, Some(body)).refused(422, "unknown_field");
            tried += 1;
        }
        assert_eq!(world.written_but_refusals(), before, "{} wrote something", operation.name);
    }
    assert!(tried > 500, "only {tried} fields tried");
}
