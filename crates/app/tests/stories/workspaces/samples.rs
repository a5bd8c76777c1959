//! What a person sends at each door, so that it does something.

use std::{sync::LazyLock, time::Duration};

use serde_json::{Value, json};

use crate::{
    house::{
        Operation,
        doors::{bulk, filled, later, macro_of, rule, two_of_one},
    },
    support::{Client, PASSWORD, PLACE, Person, Place, Reply, SITE, SlackServer, World, fresh_id, text_of},
};

/// The JSON body for an operation of a workspace or a visitor; none for one that takes none.
pub fn body(world: &World, operation: &str) -> Option<Value> {
    Some(match operation {
        "availability_put" => json!({ "status": "away" }),
        "agent_put" => json!({ "enabled": false, "name": fresh_id() }),
        "api_key_create" => json!({ "name": "Report", "kind": "personal", "scopes": ["note.view"] }),
        "assignment_put" => json!({ "member_id": world.bo().member }),
        "bulk_action_create" => bulk(),
        "business_hours_put" => json!({
            "timezone": "Europe/Madrid",
            "weekly": [{ "day": 1, "from": "09:00", "to": "18:00" }],
            "holidays": [{ "date": "2026-12-25", "name": fresh_id() }],
        }),
        "canned_response_create" => {
            json!({ "shortcut": fresh_id(), "title": "Bye", "text": "Bye", "scope": "personal" })
        }
        "canned_response_render" => json!({ "conversation_id": world.conversation("Hello") }),
        "canned_response_update" => json!({ "version": 1, "title": fresh_id() }),
        "channel_create" => json!({ "name": "Second shop" }),
        "channel_update" => json!({ "name": "First shop" }),
        "conversation_merge" => json!({ "into": world.conversation("Hello") }),
        "conversation_split" => json!({ "from_seq": 2 }),
        "customer_merge" => {
            let conversation = world.conversation("Hello");
            let other = world.ann().get(&format!("conversations/{conversation}")).ok();
            json!({ "into": other["customer"]["id"] })
        }
        "billing_addon_preview" => json!({ "addon": "extra_member_seat", "quantity": 1 }),
        "billing_buyer_put" => json!({ "name": fresh_id(), "details": "" }),
        "billing_addon_put" => json!({ "quantity": 0 }),
        "billing_plan_preview" | "billing_plan_put" => json!({ "plan": "community", "interval": "month" }),
        "credit_cap_put" => json!({ "monthly": 100 }),
        "credit_reservation_commit" => json!({}),
        "credit_reservation_create" => json!({ "amount": 1, "cause": "analysis" }),
        "customer_update" => json!({ "display_name": "Kim Rivers" }),
        "draft_put" => json!({ "reply": "Dear", "note": "", "mode": "reply", "version": 0 }),
        "inbox_settings_update" => json!({ "handover_minutes": 5 }),
        "invitation_create" => json!({ "email": format!("{}@example.com", fresh_id()), "role_key": "member" }),
        "customer_note_create" | "note_create" => json!({ "text": "Noted" }),
        "customer_note_update" | "note_update" => json!({ "version": 1, "text": "Noted anew" }),
        "handover_create" => {
            json!({ "to": { "member_id": world.bo().member }, "note": { "context": "A refund", "next": "Call" } })
        }
        "handover_refuse" => json!({ "reason": "Busy" }),
        "mentions_check" => json!({ "conversation_id": world.conversation("Hello"), "mentions": [] }),
        "label_create" => json!({ "name": fresh_id(), "color": 210 }),
        "label_merge" => json!({ "into": label(world) }),
        "label_update" => json!({ "version": 1, "name": fresh_id() }),
        "macro_create" => {
            json!({ "name": "Spam", "scope": "personal", "actions": [{ "kind": "status", "status": "spam" }] })
        }
        "macro_run" => json!({ "macro_id": macro_of(world) }),
        "macro_update" | "saved_search_update" => json!({ "version": 1, "name": fresh_id() }),
        "member_create" => {
            let email = format!("{}@example.com", fresh_id());
            json!({ "name": "Kim Rivers", "email": email, "role_key": "agent", "with": "link" })
        }
        "member_sets_put" => json!({ "permission_set_ids": [] }),
        "member_role_put" => json!({ "role_key": "viewer" }),
        "member_update" => json!({ "display_name": "Kim of Support" }),
        "message_send" => json!({ "text": "Yes, it is.", "seen_seq": 1 }),
        "mode_put" => json!({ "mode": "manual" }),
        "ownership_transfer_create" => json!({ "to_member_id": world.bo().member, "workspace_name": acme(world) }),
        "permission_set_create" => json!({ "label": fresh_id(), "grants": { "team.view": "any" } }),
        "permission_set_update" | "role_update" => json!({ "version": 1, "label": fresh_id() }),
        "policy_pack_preview" | "policy_pack_put" => json!({ "pack": "askusers" }),
        "preview_create" => json!({ "role_key": "viewer" }),
        "presence_post" => json!({ "state": "viewing" }),
        "review_put" => json!({}),
        "seat_quote_create" => json!({ "full": 1 }),
        "support_request_create" => json!({ "kind": "more_seats", "text": "Three more, please" }),
        "read_put" | "widget_read_put" => json!({ "seq": 1 }),
        "role_create" => json!({ "label": fresh_id(), "base_role_key": "agent" }),
        "routing_recipe_channel" => {
            let second = text_of(&world.ann().post("channels", json!({ "name": fresh_id() })).ok_with(201)["id"]);
            json!({ "shares": [{ "channel_id": second, "member_id": world.bo().member }] })
        }
        "routing_recipe_label" => {
            let label = json!({ "name": fresh_id(), "color": 210 });
            let label = text_of(&world.ann().post("labels", label).ok_with(201)["id"]);
            json!({ "shares": [{ "label_id": label, "member_id": world.bo().member }] })
        }
        "routing_recipe_shift" => {
            let shift = json!({ "member_id": world.bo().member, "days": [1], "from": "09:00", "to": "13:00" });
            json!({ "team_name": fresh_id(), "shifts": [shift] })
        }
        "routing_rehearse" => {
            let drafts = [rule(world)].map(without_place);
            json!({ "rules": drafts, "days": 7 })
        }
        "routing_rule_create" => rule(world),
        "routing_rule_update" => json!({ "version": 1, "name": fresh_id() }),
        "routing_rules_order" => {
            world.ann().post("routing-rules", rule(world)).ok_with(201);
            let rules = world.ann().post("routing-rules", rule(world)).ok_with(201);
            let ids: Vec<_> =
                rules["items"].as_array().expect("rules").iter().rev().map(|rule| rule["id"].clone()).collect();
            json!({ "ids": ids })
        }
        "push_subscription_create" => json!({
            "endpoint": format!("https://push.example/{}", fresh_id()),
            // The browser's keys in the example of RFC 8291.
            "keys": {
                "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                "auth": "BTBZMqHH6r4Tts7J_aSIgg",
            },
        }),
        "operator_catalogue_create" => json!({ "text": catalogue() }),
        "operator_seller_put" => json!({ "name": fresh_id(), "details": "" }),
        "operator_contract_seats_put" => {
            world.assign("kustomer", "with_collaborators");
            json!({ "seats": 20 })
        }
        "operator_invoice_payment_put" | "operator_invoice_void_put" => json!({}),
        "operator_plan_put" => json!({ "catalogue": "default", "plan": "community" }),
        "operator_support_answer_put" => json!({ "state": "granted", "text": "There you are." }),
        "role_impact" => json!({ "grants": { "note.view": "none" } }),
        "saved_search_create" => json!({ "name": "Refunds", "filter": { "q": "refund" } }),
        "scheduled_message_create" => later(world),
        "shift_create" => {
            json!({ "member_id": world.member_with_role("agent").member, "days": [1], "from": "09:00", "to": "13:00" })
        }
        "shift_update" => json!({ "days": [2, 3] }),
        "slack_put" => json!({ "webhook_url": slack().webhook() }),
        "snooze_put" => json!({ "until": world.clock.now().plus(Duration::from_secs(3600)).to_string() }),
        "status_put" => json!({ "status": "solved" }),
        "task_comment_create" => json!({ "text": "On it." }),
        "task_create" => json!({ "title": "Call back", "due_at": "2026-01-07T09:00:00Z" }),
        "task_update" => json!({ "status": "done" }),
        "team_create" => json!({ "name": fresh_id(), "strategy": "load_balanced" }),
        "team_member_put" => json!({ "capacity": 3 }),
        "team_update" => json!({ "version": 1, "strategy": "manual" }),
        "typing_post" | "widget_typing_post" => json!({ "state": "typing" }),
        "widget_message_send" => json!({ "client_id": fresh_id(), "text": "Is it still there?" }),
        "workspace_update" => json!({ "name": format!("Acme {}", fresh_id()) }),
        _ => return None,
    })
}

/// A plan catalogue that nobody has loaded yet.
fn catalogue() -> String {
    let id = fresh_id().replace('-', "_");
    include_str!("../../support/plan.toml").replace("\"stage\"", &format!("\"c{id}\""))
}

/// A rule as a rehearsal takes it: its place is the list's.
fn without_place(mut rule: Value) -> Value {
    rule.as_object_mut().expect("a rule").remove("position");
    rule
}

/// A request that is about to change something.
pub struct Ready {
    pub browser: Client,
    pub method: String,
    pub path: String,
    pub body: Option<Value>,
}

impl Ready {
    #[track_caller]
    pub fn send(&self) -> Reply {
        if self.path.contains("/canned-responses/import") {
            let table = format!("shortcut,text\n{},Hello\n", fresh_id());
            return self.browser.send_raw(&self.method, &self.path, Some(("text/csv", table.into_bytes())));
        }
        if self.path.contains("/attachments") {
            return self.browser.upload(&self.path, "note.txt", b"a note");
        }
        self.browser.send(&self.method, &self.path, self.body.clone())
    }
}

/// Somebody new with a proven address.
fn verified(world: &World) -> Person {
    world.verified(&format!("Zoe {}", fresh_id()))
}

/// Everything set up for the operation to succeed; what is sent last is the one request.
pub fn ready(world: &World, operation: &Operation) -> Ready {
    let (browser, path, body) = match operation.admits.as_str() {
        "member" => of_member(world, operation),
        "visitor" => of_visitor(world, operation),
        "account" => of_account(world, operation),
        "operator" => (world.operator().browser, filled(world, operation), body(world, &operation.name)),
        _ => of_anyone(world, operation),
    };
    Ready { browser, method: operation.method.clone(), path, body }
}

fn of_member(world: &World, operation: &Operation) -> (Client, String, Option<Value>) {
    let (ann, path) = (world.ann(), filled(world, operation));
    match operation.name.as_str() {
        "deactivation_delete" => drop(ann.put(&path, json!({})).ok()),
        "member_sets_put" => {
            let set = json!({ "label": fresh_id(), "grants": { "team.view": "any" } });
            let set = text_of(&ann.post("permission-sets", set).ok_with(201)["id"]);
            let path = format!("/api/v1/workspaces/{}/members/{}/permission-sets", ann.workspace, admin(world).member);
            return (ann.browser, path, Some(json!({ "permission_set_ids": [set] })));
        }
        "handover_accept" | "handover_refuse" => {
            return (world.bo().browser, path, Some(body(world, &operation.name).unwrap_or_else(|| json!({}))));
        }
        "ownership_transfer_accept" => return taking_over(world),
        "policy_pack_put" => {
            let zoe = further(world);
            let path = operation.path.replace("{workspace_id}", &zoe.workspace);
            return (zoe.browser, path, body(world, &operation.name));
        }
        "workspace_delete" | "workspace_undelete" => return deleting(world, operation),
        "conversation_merge" => {
            let (from, into) = two_of_one(world);
            let path = operation.path.replace("{workspace_id}", &ann.workspace).replace("{conversation_id}", &from);
            return (ann.browser, path, Some(json!({ "into": into })));
        }
        "conversation_split" => {
            let visitor = world.visitor();
            let conversation = visitor.says("Hello");
            visitor.says("Another thing");
            let path = format!("/api/v1/workspaces/{}/conversations/{conversation}/split", ann.workspace);
            return (ann.browser, path, body(world, &operation.name));
        }
        "canned_responses_import" => return (ann.browser, format!("{path}?scope=personal"), None),
        "workspace_leave" => return (admin(world).browser, path, Some(json!({}))),
        "conversation_label_delete" | "customer_label_delete" => drop(ann.put(&path, json!({})).ok()),
        "assignment_delete" => drop(ann.post(&path.replace("/assignment", "/claim"), json!({})).ok()),
        "slack_delete" | "slack_test" => {
            let connected = path.trim_end_matches("/test");
            ann.put(connected, body(world, "slack_put").expect("an address")).ok();
        }
        "credit_cap_delete" => drop(ann.put(&path, body(world, "credit_cap_put").expect("a cap")).ok()),
        "snooze_delete" => drop(ann.put(&path, body(world, "snooze_put").expect("a moment")).ok()),
        _ => {}
    }
    let takes_nothing = operation.method == "DELETE";
    let said = body(world, &operation.name).or_else(|| (!takes_nothing).then(|| json!({})));
    (ann.browser, path, said)
}

/// Somewhere to post to that is not Slack.
fn slack() -> &'static SlackServer {
    static SLACK: LazyLock<SlackServer> = LazyLock::new(SlackServer::start);
    &SLACK
}

/// A label that was just made.
fn label(world: &World) -> String {
    text_of(&world.ann().post("labels", json!({ "name": fresh_id(), "color": 30 })).ok_with(201)["id"])
}

/// What Acme is called by now.
fn acme(world: &World) -> String {
    text_of(&world.ann().get("").ok()["name"])
}

/// Somebody new in a further workspace of theirs, which nobody else needs.
fn further(world: &World) -> Person {
    let zoe = verified(world);
    let made = zoe.post("/api/v1/workspaces", json!({ "name": "Side" })).ok_with(201);
    zoe.in_workspace(&text_of(&made["id"]))
}

/// Bo is about to take over a workspace that is not Acme.
fn taking_over(world: &World) -> (Client, String, Option<Value>) {
    let (zoe, bo) = (further(world), world.bo());
    zoe.post("invitations", json!({ "email": bo.email, "role_key": "agent" })).ok_with(201);
    bo.post("/api/v1/invitations/accept", json!({ "token": world.mailed(&bo.email, "/invite/") })).ok();
    let members = zoe.all("members");
    let there = members.iter().find(|member| member["email"] == bo.email).expect("Bo is a member");
    let wish = json!({ "to_member_id": there["id"], "workspace_name": "Side" });
    let offered = text_of(&zoe.post("ownership-transfers", wish).ok_with(201)["id"]);
    let path = format!("/api/v1/workspaces/{}/ownership-transfers/{offered}/acceptance", zoe.workspace);
    (bo.browser, path, Some(json!({})))
}

/// A workspace that is not Acme is about to be deleted, or to be kept after all.
fn deleting(world: &World, operation: &Operation) -> (Client, String, Option<Value>) {
    let zoe = further(world);
    let path = operation.path.replace("{workspace_id}", &zoe.workspace);
    if operation.name == "workspace_undelete" {
        zoe.delete("?confirm=Side").ok();
        return (zoe.browser, path, None);
    }
    (zoe.browser, format!("{path}?confirm=Side"), None)
}

fn of_visitor(world: &World, operation: &Operation) -> (Client, String, Option<Value>) {
    let visitor = world.visitor();
    let conversation = visitor.says("Hello");
    let mut said = body(world, &operation.name);
    if operation.name == "widget_read_put" {
        let answer = json!({ "text": "Hi", "seen_seq": 1 });
        world.bo().post(&format!("conversations/{conversation}/messages"), answer).ok_with(201);
        said = Some(json!({ "seq": 2 }));
    }
    (visitor.browser, operation.path.replace("{conversation_id}", &conversation), said)
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
        "session_confirm" => Some(json!({ "password": PASSWORD })),
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

/// Somebody new who may do nearly everything.
fn admin(world: &World) -> Person {
    world.member_with_role("admin")
}

/// Ann gives a member another role.
#[track_caller]
pub fn change_role(world: &World, member: &Person, role: &str) {
    world.ann().put(&format!("members/{}/role", member.member), json!({ "role_key": role })).ok();
}

/// An id as a statement's text spells it.
pub fn literal(id: &str) -> String {
    match *PLACE {
        Place::Sqlite => format!("x'{}'", id.replace('-', "")),
        Place::Postgres(_) => format!("'{id}'"),
    }
}
