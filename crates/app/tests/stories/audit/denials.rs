//! The second chain: attempts that were refused, and reads of sensitive data.

use std::time::Duration;

use serde_json::{Value, json};

use super::{kinds, log, newest};
use crate::{
    stories::workspaces::samples::change_role,
    support::{PASSWORD, PLACE, Person, Place, World, text_of},
};

fn rename(person: &Person) {
    person.patch("", json!({ "name": "Mine" })).refused(403, "forbidden");
}

fn denials(world: &World) -> Vec<Value> {
    log(&world.ann(), "outcome=denied&limit=100")
}

#[test]
fn own_16_an_attempt_that_was_refused_at_a_door_is_recorded_with_its_reason() {
    let world = World::new();
    let (ann, bo, vic) = (world.ann(), world.bo(), world.vic());
    rename(&bo);
    let denied = newest(&ann, "access.denied");
    assert_eq!((&denied["chain"], &denied["outcome"]), (&json!("access"), &json!("denied")));
    assert_eq!(denied["actor"], json!({ "kind": "member", "id": bo.member, "name": "Bo", "former": false }));
    assert_eq!(denied["permission"], "workspace.edit_settings");
    assert_eq!((&denied["subject"]["kind"], &denied["subject"]["id"]), (&json!("workspace"), &json!(bo.workspace)));
    let told = json!({
        "code": "forbidden",
        "method": "PATCH",
        "path": "/api/v1/workspaces/{workspace_id}",
        "decided_by": "role",
        "required_scope": "own",
    });
    assert_eq!(denied["detail"], told);

    let conversation = world.conversation("Hello");
    vic.post(&format!("conversations/{conversation}/claim"), json!({})).refused(403, "forbidden");
    let denied = newest(&ann, "access.denied");
    assert_eq!(denied["permission"], "conversation.claim");
    assert_eq!(denied["subject"]["kind"], "conversation");
    assert_eq!(denied["subject"]["id"], conversation.as_str());
    assert!(denied["subject"]["label"].is_string(), "it says whose conversation: {denied}");
}

#[test]
fn own_16_what_an_operation_refuses_is_recorded_too() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    let message = json!({ "text": "Hi", "seen_seq": 1 });
    ann.post(&format!("conversations/{conversation}/messages"), message).ok();
    change_role(&world, &bo, "agent");
    ann.put(&format!("conversations/{conversation}/assignment"), json!({ "member_id": bo.member })).ok();
    let customer = text_of(&bo.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]);
    let refusal =
        bo.patch(&format!("customers/{customer}"), json!({ "display_name": "Kim" })).refused(403, "forbidden");
    let denied = newest(&ann, "access.denied");
    assert_eq!(denied["permission"], refusal["permission"]);
    assert_eq!(denied["detail"]["decided_by"], refusal["decided_by"]);
    assert_eq!((&denied["subject"]["kind"], &denied["subject"]["id"]), (&json!("customer"), &json!(customer)));
}

#[test]
fn own_16_what_the_plan_lacks_is_recorded_with_its_entitlement() {
    let world = World::new();
    let without = "update workspaces set entitlements = '{\"crm\": false}', rights_version = rights_version + 1";
    world.database.run(without);
    world.bo().get("conversations").refused(402, "entitlement_required");
    let denied = newest(&world.ann(), "access.denied");
    assert_eq!((&denied["permission"], &denied["detail"]["entitlement"]), (&json!("conversation.view"), &json!("crm")));
}

#[test]
fn own_16_who_writes_in_a_preview_or_beyond_a_keys_scopes_is_recorded_as_oneself() {
    let world = World::new();
    let ann = world.ann();
    let preview = ann.post("previews", json!({ "role_key": "viewer" })).ok_with(201);
    let looking = ann.clone().with("guildhall-preview", &text_of(&preview["id"]));
    looking.get("audit-events").refused(403, "forbidden");
    assert_eq!(denials(&world), Vec::<Value>::new(), "what a viewer may not see is no attempt of Ann's");
    looking.patch("", json!({ "name": "Seen" })).refused(403, "preview_read_only");
    let denied = newest(&ann, "access.denied");
    assert_eq!((&denied["actor"]["name"], &denied["detail"]["code"]), (&json!("Ann"), &json!("preview_read_only")));

    let key = ann.post("api-keys", json!({ "name": "Report", "kind": "personal", "scopes": ["member.view"] })).ok();
    let by_key = world.browser().without("origin").with("authorization", &format!("Bearer {}", text_of(&key["key"])));
    by_key.get(&format!("/api/v1/workspaces/{}/audit-events", ann.workspace)).refused(403, "forbidden");
    let denied = newest(&ann, "access.denied");
    assert_eq!(denied["api_key"], json!({ "id": key["id"], "name": "Report" }));
    assert_eq!((&denied["actor"]["name"], &denied["detail"]["decided_by"]), (&json!("Ann"), &json!("key")));
}

#[test]
fn what_is_allowed_not_found_or_malformed_is_not_recorded_as_refused() {
    let world = World::new();
    let (ann, gus) = (world.ann(), world.gus());
    gus.in_workspace(&ann.workspace).get("members").refused(404, "not_found");
    world.browser().get(&format!("/api/v1/workspaces/{}/members", ann.workspace)).refused(401, "unauthenticated");
    ann.get("members").ok();
    ann.get("customers/x").refused(404, "not_found");
    ann.patch("", json!({ "colour": "red" })).refused(422, "unknown_field");
    ann.browser
        .clone()
        .with("origin", "https://evil.test")
        .patch(&format!("/api/v1/workspaces/{}", ann.workspace), json!({}))
        .refused(403, "origin.refused");
    assert_eq!(denials(&world), Vec::<Value>::new());
}

#[test]
fn own_16_twenty_refusals_a_minute_are_recorded_and_the_rest_is_counted() {
    let world = World::new();
    (0..25).for_each(|_| rename(&world.bo()));
    rename(&world.vic());
    let of = |name: &str| denials(&world).iter().filter(|entry| entry["actor"]["name"] == name).count();
    assert_eq!((of("Bo"), of("Vic")), (20, 1), "each has a measure of their own");
    world.clock.advance(Duration::from_secs(61));
    rename(&world.bo());
    let newest = &denials(&world)[0];
    assert_eq!((&newest["actor"]["name"], &newest["detail"]["suppressed"]), (&json!("Bo"), &json!(5)));
    rename(&world.bo());
    assert!(denials(&world)[0]["detail"]["suppressed"].is_null());
}

#[test]
fn a_refusal_that_cannot_be_recorded_is_still_that_refusal_and_an_unrecorded_read_shows_nothing() {
    let world = World::new();
    world.database.run(match *PLACE {
        Place::Sqlite => {
            "create trigger broken before insert on access_events begin select raise(abort, 'broken'); end"
        }
        Place::Postgres(_) => {
            "create function broken() returns trigger language plpgsql as $$ begin raise 'broken'; end $$;
             create trigger broken before insert on access_events for each row execute function broken()"
        }
    });
    rename(&world.bo());
    world.ann().get("audit-events/export").refused(500, "internal");
}

#[test]
fn own_16_a_link_that_somebody_else_was_invited_with_opens_nothing_and_is_noticed() {
    let world = World::new();
    let (ann, gus) = (world.ann(), world.gus());
    let invited = ann.post("invitations", json!({ "email": "kim@example.com", "role_key": "member" })).ok();
    let token = world.mailed("kim@example.com", "/invite/");
    gus.post("/api/v1/invitations/accept", json!({ "token": token })).refused(403, "invitation.other_address");
    let denied = newest(&ann, "access.denied");
    assert_eq!(denied["actor"], json!({ "kind": "account", "id": gus.account, "name": "", "former": false }));
    let subject = json!({ "kind": "invitation", "id": invited["id"], "label": "kim@example.com" });
    assert_eq!((&denied["subject"], &denied["detail"]["code"]), (&subject, &json!("invitation.other_address")));
}

#[test]
fn own_16_failed_sign_ins_are_in_the_record_of_accounts_alike_whether_or_not_there_is_one() {
    let world = World::new();
    let refused =
        || world.database.rows("select subject_id, payload from instance_events where kind = 'session.refused'");
    let guess = |email: &str| {
        let wrong = json!({ "email": email, "password": "not her password" });
        world.browser().post("/api/v1/sessions", wrong).refused(401, "session.bad_credentials");
    };
    guess("ann@example.com");
    guess("nobody@example.com");
    let rows = refused();
    assert_eq!(rows.len(), 2);
    let subject = |row: usize| rows[row][0].clone().expect("an id").replace('-', "");
    assert_eq!(subject(0), world.ann().account.replace('-', ""));
    assert_eq!(subject(1), "0".repeat(32), "who typed an address that is nobody's is told from nothing");
    assert!(rows.iter().all(|row| row[1].as_deref() == Some("{}")), "no address is written: {rows:?}");

    (0..30).for_each(|_| guess("ann@example.com"));
    assert_eq!(refused().len(), 21, "twenty a minute of one address");
    world.browser().post("/api/v1/sessions", json!({ "email": "ann@example.com", "password": PASSWORD })).ok_with(201);
    world.clock.advance(Duration::from_secs(61));
    guess("ann@example.com");
    let last = refused().pop().and_then(|row| row[1].clone()).expect("a payload");
    assert_eq!(last, "{\"suppressed\":11}");
}

#[test]
fn own_16_taking_the_log_away_is_itself_in_the_log() {
    let world = World::new();
    let ann = world.ann();
    assert_eq!(ann.get("audit-events/export?format=ndjson&outcome=done").status, 200);
    let read = &log(&ann, "outcome=read")[0];
    assert_eq!((&read["kind"], &read["chain"]), (&json!("audit.exported"), &json!("access")));
    assert_eq!((&read["detail"]["format"], &read["detail"]["outcome"]), (&json!("ndjson"), &json!("done")));
    assert_eq!(read["permission"], "audit.view");
    (0..30).for_each(|_| rename(&world.bo()));
    assert_eq!(ann.get("audit-events/export").status, 200);
    assert_eq!(kinds(&log(&ann, "outcome=read")), ["audit.exported", "audit.exported"], "refusals hide no read");
}
