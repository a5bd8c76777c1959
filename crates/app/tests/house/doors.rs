//! Every door of the API document, knocked at by everybody: the anonymous, the stranger, the member without the
//! right, and who holds it.

use std::time::Duration;

use serde_json::{Value, json};
use tenancy::{Pack, Permission, Reach, Role};

use super::{Operation, operations};
use crate::{
    stories::workspaces::samples::body,
    support::{Client, Person, World, fresh_id, text_of},
};

/// Doors that ask for no permission, and whom each admits. Whatever joins this list needs a reason in its review.
const WITHOUT_PERMISSION: &[(&str, &[&str])] = &[
    (
        "anyone",
        &[
            "account_create",
            "email_verification_complete",
            "instance_show",
            "invitation_lookup",
            "openapi_show",
            "password_reset_complete",
            "password_reset_create",
            "session_create",
            "stripe_hook",
            "visitor_create",
            "widget_config_show",
        ],
    ),
    (
        "account",
        &[
            "email_verification_create",
            "invitation_accept",
            "me_show",
            "me_update",
            "password_put",
            "policy_packs_list",
            "session_confirm",
            "session_delete",
            "sessions_list",
            "workspace_create",
        ],
    ),
    (
        "member",
        &[
            "activity_put",
            "authz_explain",
            "notification_preferences_put",
            "notification_preferences_show",
            "notification_read_put",
            "notifications_count",
            "notifications_list",
            "notifications_read_all",
            "ownership_transfer_accept",
            "ownership_transfer_delete",
            "plans_list",
            "preview_delete",
            "push_key_show",
            "push_subscription_create",
            "push_subscription_delete",
            "push_subscriptions_list",
            "undo_create",
        ],
    ),
    (
        "visitor",
        &[
            "widget_attachment_show",
            "widget_attachment_upload",
            "widget_conversations_list",
            "widget_events_stream",
            "widget_message_send",
            "widget_messages_list",
            "widget_read_put",
            "widget_typing_post",
        ],
    ),
];

#[test]
fn doors_without_a_permission_are_the_ones_we_know() {
    for (admits, known) in WITHOUT_PERMISSION {
        let mut found: Vec<_> = operations()
            .into_iter()
            .filter(|operation| operation.permission.is_none() && operation.admits == *admits)
            .map(|operation| operation.name)
            .collect();
        found.sort_unstable();
        let mut known = known.to_vec();
        known.sort_unstable();
        assert_eq!(found, known, "operations that ask for no permission and admit {admits}");
    }
}

/// Doors for services that sign what they tell.
const SIGNED: [&str; 1] = ["stripe_hook"];

#[test]
fn the_anonymous_get_in_nowhere_but_at_public_doors() {
    let world = World::new();
    for operation in operations() {
        let status = knock(&world.browser(), &operation, &filled(&world, &operation));
        let opens = operation.admits == "anyone" && !SIGNED.contains(&operation.name.as_str());
        assert_eq!(status == 401, !opens, "{}: {status}", operation.name);
    }
}

#[test]
fn a_persons_cookie_opens_no_visitor_door_and_a_visitors_token_no_persons() {
    let world = World::new();
    let (ann, visitor) = (world.ann().browser, world.visitor().browser);
    for operation in operations().into_iter().filter(|operation| operation.admits != "anyone") {
        let wrong = if operation.admits == "visitor" { &ann } else { &visitor };
        let wrong = wrong.clone().with("origin", &world.origin);
        assert_eq!(knock(&wrong, &operation, &filled(&world, &operation)), 401, "{}", operation.name);
    }
}

#[test]
fn a_stranger_cannot_tell_the_workspace_from_nothing() {
    let world = World::new();
    let gus = world.gus().browser;
    for operation in operations().into_iter().filter(|operation| operation.admits == "member") {
        assert_eq!(knock(&gus, &operation, &filled(&world, &operation)), 404, "{}", operation.name);
    }
}

/// 404, not 403: who runs the server, and that it has a console, is nobody's to try out.
#[test]
fn who_operates_nothing_finds_none_of_the_operators_doors() {
    let world = World::new();
    for operation in operations().into_iter().filter(|operation| operation.admits == "operator") {
        let path = filled(&world, &operation);
        for browser in [world.ann().browser, world.gus().browser] {
            let refusal = send(&browser, &operation, &path).refused(404, "not_found");
            assert_eq!(refusal["permission"], Value::Null, "{}", operation.name);
        }
    }
}

#[test]
fn a_member_without_the_permission_is_refused_and_told_which() {
    let world = World::new();
    let pack = Pack::parse(include_str!("../../../../packs/default.toml")).expect("the shipped pack");
    for operation in operations() {
        let Some(role) = pack.roles.iter().find(|role| !opens(role, &operation)) else { continue };
        let member = somebody(&world, &role.key);
        let refusal = send(&member.browser, &operation, &filled(&world, &operation)).refused(403, "forbidden");
        let told = operation.permission.as_deref().and_then(|either| either.split('|').next());
        assert_eq!(refusal["permission"].as_str(), told, "{}", operation.name);
    }
}

/// What answers an offer that [`filled`] makes to Bo.
pub(crate) const OFFERED_TO_BO: [&str; 3] = ["handover_accept", "handover_refuse", "ownership_transfer_accept"];

#[test]
fn who_holds_the_right_gets_in() {
    let world = World::new();
    let pack = Pack::parse(include_str!("../../../../packs/default.toml")).expect("the shipped pack");
    let operator = world.operator().browser;
    for operation in operations() {
        let (browser, closed): (Client, &[u16]) = match operation.admits.as_str() {
            // What is offered to somebody is theirs to accept.
            "member" if OFFERED_TO_BO.contains(&operation.name.as_str()) => (world.bo().browser, &[401, 403, 404]),
            "member" => {
                // The owner, but for what an owner cannot do: leave.
                let role = pack.roles.iter().find(|role| opens(role, &operation)).expect("somebody gets in");
                (somebody(&world, &role.key).browser, &[401, 403, 404])
            }
            "operator" => (operator.clone(), &[401, 403, 404]),
            "account" => (world.sign_up(&format!("Zoe {}", operation.name)).browser, &[401, 403]),
            _ => continue,
        };
        let status = knock(&browser, &operation, &filled(&world, &operation));
        assert!(!closed.contains(&status), "{}: {status}", operation.name);
    }
}

#[test]
fn a_visitor_gets_in_at_the_visitors_doors() {
    let world = World::new();
    for operation in operations().into_iter().filter(|operation| operation.admits == "visitor") {
        let visitor = world.visitor();
        let conversation = visitor.says("Hello");
        let path = operation.path.replace("{conversation_id}", &conversation);
        let status = knock(&visitor.browser, &operation, &path);
        assert!(![401, 403].contains(&status), "{}: {status}", operation.name);
    }
}

/// Whether a role holds one of the permissions that the operation asks for, if it asks for any.
fn opens(role: &Role, operation: &Operation) -> bool {
    let Some(either) = operation.permission.as_deref() else { return true };
    let mut rights = either.split('|').map(|name| Permission::parse(name).expect("a permission of the catalogue"));
    rights.any(|right| role.grant(right) != Reach::None)
}

/// A member of this role: one of the cast, or somebody who joins now.
fn somebody(world: &World, role: &str) -> Person {
    match role {
        "owner" => world.ann(),
        "member" => world.bo(),
        "viewer" => world.vic(),
        "collaborator" => world.cleo(),
        role => world.member_with_role(role),
    }
}

fn knock(browser: &Client, operation: &Operation, path: &str) -> u16 {
    if operation.streams { browser.listen(path).status } else { send(browser, operation, path).status }
}

fn send(browser: &Client, operation: &Operation, path: &str) -> crate::support::Reply {
    let body = (operation.method != "GET" && operation.method != "DELETE").then(|| json!({}));
    browser.send(&operation.method, path, body)
}

/// The operation's path with real things in it, made for this one knock.
pub(crate) fn filled(world: &World, operation: &Operation) -> String {
    if operation.name == "slack_delete" {
        world.ann().put("integrations/slack", body(world, "slack_put").expect("an address")).ok();
    }
    let ann = world.ann();
    let mut path = operation.path.clone();
    while let Some((before, rest)) = path.split_once('{') {
        let (name, after) = rest.split_once('}').expect("a closed parameter");
        let value = match name {
            "workspace_id" => ann.workspace.clone(),
            "channel_id" => world.channel.clone(),
            // What is done to a member is done to somebody new, so that Bo is still there for the next door.
            "member_id" if operation.path.contains("{workspace_id}/members/") => world.member_with_role("agent").member,
            "member_id" => world.bo().member,
            "conversation_id" => world.conversation("Hello"),
            "customer_id" => {
                let conversation = world.conversation("Hello");
                text_of(&ann.get(&format!("conversations/{conversation}")).ok()["customer"]["id"])
            }
            "note_seq" => {
                let notes = format!("{}/notes", path.split_once("/notes").expect("a list of notes").0);
                ann.browser.post(&notes, json!({ "text": "Noted" })).ok_with(201)["seq"].to_string()
            }
            "note_id" => {
                let notes = path.split_once("/notes").expect("a list of notes").0.to_owned();
                text_of(&ann.browser.post(&format!("{notes}/notes"), json!({ "text": "Noted" })).ok_with(201)["id"])
            }
            "handover_id" => handed_over(&ann, world),
            "label_id" => text_of(&ann.post("labels", json!({ "name": fresh_id(), "color": 210 })).ok_with(201)["id"]),
            "invitation_id" => {
                let invited = json!({ "email": format!("{}@example.com", fresh_id()), "role_key": "member" });
                text_of(&ann.post("invitations", invited).ok()["id"])
            }
            "attachment_id" => {
                let path = format!("/api/v1/workspaces/{}/attachments?name=note.txt", ann.workspace);
                text_of(&ann.browser.send_raw("POST", &path, Some(("text/plain", b"a note".to_vec()))).ok()["id"])
            }
            "api_key_id" => {
                let asked = json!({ "name": "Report", "kind": "personal", "scopes": ["note.view"] });
                text_of(&ann.post("api-keys", asked).ok_with(201)["id"])
            }
            "role_key" => {
                let asked = json!({ "label": fresh_id(), "base_role_key": "agent" });
                text_of(&ann.post("roles", asked).ok_with(201)["key"])
            }
            "permission_set_id" => {
                let asked = json!({ "label": fresh_id(), "grants": { "team.view": "any" } });
                text_of(&ann.post("permission-sets", asked).ok_with(201)["id"])
            }
            "team_id" => {
                let asked = json!({ "name": fresh_id(), "strategy": "round_robin", "member_ids": [world.bo().member] });
                text_of(&ann.post("teams", asked).ok_with(201)["id"])
            }
            "routing_rule_id" => {
                let routing = ann.post("routing-rules", rule(world)).ok_with(201);
                text_of(&routing["items"][0]["id"])
            }
            "task_id" => text_of(&ann.post("tasks", json!({ "title": fresh_id() })).ok_with(201)["id"]),
            "shift_id" => {
                let member = world.member_with_role("agent").member;
                let asked = json!({ "member_id": member, "days": [1], "from": "09:00", "to": "13:00" });
                text_of(&ann.post("shifts", asked).ok_with(201)["id"])
            }
            "saved_search_id" => {
                let asked = json!({ "name": fresh_id(), "filter": {} });
                text_of(&ann.post("saved-searches", asked).ok_with(201)["id"])
            }
            "canned_response_id" => canned_response(world),
            "merge_id" => {
                let (from, into) = two_of_one(world);
                let into = json!({ "into": into });
                text_of(&ann.post(&format!("conversations/{from}/merge"), into).ok_with(201)["id"])
            }
            "macro_id" => macro_of(world),
            "bulk_action_id" => text_of(&ann.post("bulk-actions", bulk()).ok_with(202)["id"]),
            "undo_id" => {
                let id = canned_response(world);
                let gone = ann.delete(&format!("canned-responses/{id}"));
                gone.header("guildhall-undo").expect("an offer").to_owned()
            }
            "seq" => held_message(world, &path),
            "scheduled_message_id" => {
                let (there, _) = path.rsplit_once("/{").expect("a parameter");
                text_of(&ann.post(there, later(world)).ok_with(201)["id"])
            }
            // Ann was told who joined.
            "notification_id" => text_of(&ann.get("notifications").ok()["items"][0]["id"]),
            "push_subscription_id" => {
                let browser = body(world, "push_subscription_create").expect("a browser");
                text_of(&ann.post("push-subscriptions", browser).ok_with(201)["id"])
            }
            "reservation_id" => {
                let asked = json!({ "amount": 1, "cause": "analysis" });
                text_of(&ann.post("credits/reservations", asked).ok_with(201)["id"])
            }
            "support_request_id" => asked(world),
            "catalogue_id" => "default".to_owned(),
            "checkout_id" => purchase(world),
            "invoice_id" => invoice(world),
            "addon_id" => addon(world),
            "preview_id" => text_of(&ann.post("previews", json!({ "role_key": "viewer" })).ok_with(201)["id"]),
            "session_id" => fresh_id(),
            "transfer_id" => open_transfer(world),
            other => panic!("{}: what is a {other}?", operation.name),
        };
        path = format!("{before}{value}{after}");
    }
    path
}

/// The number of a message of Ann's that is held, in the conversation that the path names.
fn held_message(world: &World, path: &str) -> String {
    let ann = world.ann();
    ann.patch("inbox-settings", json!({ "send_hold_seconds": 60 })).ok();
    let (there, _) = path.rsplit_once("/{seq}").expect("a parameter");
    let held = ann.post(there, json!({ "text": "In a minute", "seen_seq": 1 })).ok_with(201);
    ann.patch("inbox-settings", json!({ "send_hold_seconds": 0 })).ok();
    held["seq"].to_string()
}

/// What Ann asks the operator for.
fn asked(world: &World) -> String {
    let ann = world.ann();
    let waiting = ann.all("billing/support-requests").into_iter().find(|request| request["state"] == "open");
    let asked = || ann.post("billing/support-requests", json!({ "kind": "contact", "text": "Hello?" })).ok_with(201);
    text_of(&waiting.unwrap_or_else(asked)["id"])
}

/// An invoice of Acme's. Nothing is sold in these worlds, so it is put there.
fn invoice(world: &World) -> String {
    let (ann, id) = (world.ann(), fresh_id());
    let [workspace, own] = [&ann.workspace, &id].map(|id| literal(world, id));
    world.database.run(&format!(
        "insert into invoices (workspace_id, id, number, workspace_name, state, reason, currency, total, period_start,
            period_end, issued_at, due_at)
         values ({workspace}, {own}, '{id}', 'Acme', 'open', 'period', 'USD', 1, 0, 0, 0, 0)"
    ));
    id
}

/// An add-on that Acme has beside its plan, put there too.
fn addon(world: &World) -> String {
    let workspace = literal(world, &world.workspace());
    world.database.run(&format!(
        "insert into subscription_items (workspace_id, item, quantity, unit_monthly) values ({workspace}, 'slot', 1, 0)
         on conflict do nothing"
    ));
    "slot".to_owned()
}

/// An id as both databases write it.
fn literal(world: &World, id: &str) -> String {
    match world.database.is_sqlite() {
        true => format!("x'{}'", id.replace('-', "")),
        false => format!("'{id}'"),
    }
}

/// A purchase of Ann's that nobody paid. Nothing is sold in these worlds, so it is put there.
fn purchase(world: &World) -> String {
    let (ann, id) = (world.ann(), fresh_id());
    let [workspace, own, member] = [&ann.workspace, &id, &ann.member].map(|id| literal(world, id));
    world.database.run(&format!(
        "insert into checkouts (workspace_id, id, kind, addon, quantity, amount, currency, state, till, created_by,
            created_at, expires_at)
         values ({workspace}, {own}, 'credits', 'pack', 1, 1, 'USD', 'expired', 'stripe', {member}, 0, 0)"
    ));
    id
}

/// A canned response of Ann's.
fn canned_response(world: &World) -> String {
    let asked = json!({ "shortcut": fresh_id(), "title": "Hello", "text": "Hello", "scope": "workspace" });
    text_of(&world.ann().post("canned-responses", asked).ok_with(201)["id"])
}

/// A macro of Ann's that gives a conversation to whoever runs it.
pub(crate) fn macro_of(world: &World) -> String {
    let asked = json!({ "name": "Mine", "scope": "workspace", "actions": [{ "kind": "assign_me" }] });
    text_of(&world.ann().post("macros", asked).ok_with(201)["id"])
}

/// Two conversations of one customer, the first of them archived.
pub(crate) fn two_of_one(world: &World) -> (String, String) {
    let visitor = world.visitor();
    let older = visitor.says("Hello");
    world.ann().put(&format!("conversations/{older}/status"), json!({ "status": "archived" })).ok();
    (older, visitor.says("Hello again"))
}

/// What finds nothing to do, so that nothing happens after it was accepted.
pub(crate) fn bulk() -> Value {
    json!({ "selection": { "ids": [fresh_id()] }, "action": { "kind": "unassign" } })
}

/// An answer that goes out in an hour.
pub(crate) fn later(world: &World) -> Value {
    let send_at = world.clock.now().plus(Duration::from_secs(3600)).to_string();
    json!({ "text": "As promised", "send_at": send_at })
}

/// A conversation of Ann's that she hands to Bo.
fn handed_over(ann: &Person, world: &World) -> String {
    let conversation = world.conversation("Hello");
    let asked = json!({ "to": { "member_id": world.bo().member }, "note": { "context": "A refund", "next": "Call" } });
    let handed = ann.post(&format!("conversations/{conversation}/handovers"), asked).ok_with(201);
    text_of(&handed["handover"]["id"])
}

/// An offer of Acme to Bo that waits for his answer.
fn open_transfer(world: &World) -> String {
    let (ann, bo) = (world.ann(), world.bo());
    let open = ann.all("ownership-transfers").into_iter().find(|transfer| transfer["can"]["cancel"] == true);
    let made = || {
        let name = text_of(&ann.get("").ok()["name"]);
        ann.post("ownership-transfers", json!({ "to_member_id": bo.member, "workspace_name": name })).ok_with(201)
    };
    text_of(&open.unwrap_or_else(made)["id"])
}

/// A rule that no other one keeps from its turn.
pub(crate) fn rule(world: &World) -> Value {
    let conditions = json!({ "customer_field": { "field": "source", "is": fresh_id() } });
    json!({ "name": "To Bo", "conditions": conditions, "action": { "member_id": world.bo().member }, "position": 0 })
}
