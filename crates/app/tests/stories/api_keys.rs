//! API keys: made by people, used by programs.

mod ends;
mod reach;

use std::time::Duration;

use kernel::DAY;
use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, Person, World, text_of};

const MINUTE: Duration = Duration::from_secs(60);

/// Makes a key; what the door answers.
#[track_caller]
fn make(person: &Person, kind: &str, scopes: &[&str]) -> Value {
    let asked = json!({ "name": "Nightly report", "kind": kind, "scopes": scopes });
    person.post("api-keys", asked).ok_with(201)
}

/// The program to which the person gave the key.
fn program(world: &World, person: &Person, key: &str) -> Person {
    let browser = world.browser().without("origin").with("authorization", &format!("Bearer {key}"));
    Person { browser, ..person.clone() }
}

/// A program with a personal key of these scopes.
#[track_caller]
fn program_with(world: &World, person: &Person, scopes: &[&str]) -> Person {
    program(world, person, &text_of(&make(person, "personal", scopes)["key"]))
}

/// Everything a key can be given of what the person holds.
#[track_caller]
fn all_scopes(person: &Person) -> Vec<String> {
    let me = person.get("/api/v1/me").ok();
    let can = me["memberships"][0]["can"].as_object().expect("abilities").clone();
    can.into_iter()
        .filter(|(name, ability)| *ability == json!(true) && fits_a_key(name))
        .map(|(name, _)| name)
        .collect()
}

fn fits_a_key(name: &str) -> bool {
    let permission = tenancy::Permission::parse(name).expect("a permission");
    !permission.is_owner_equivalent() && permission.kind() != tenancy::Kind::Eligibility
}

/// The same person, signed in anew.
#[track_caller]
fn signed_in_again(world: &World, person: &Person) -> Person {
    let browser: Client = world.browser();
    let reply = browser.post("/api/v1/sessions", json!({ "email": person.email, "password": PASSWORD }));
    Person { browser: browser.with("cookie", &reply.cookie()), ..person.clone() }
}

#[test]
fn a_key_is_shown_once_and_only_its_hash_and_first_letters_are_kept() {
    let world = World::new();
    let ann = world.ann();
    let made = make(&ann, "personal", &["customer.view", "conversation.view", "customer.view"]);
    let key = text_of(&made["key"]);
    assert!(key.starts_with("gk_") && key.len() == 52, "{}", key.len());
    assert_eq!(text_of(&made["prefix"]), key[..10]);
    assert_eq!(made["scopes"], json!(["conversation.view", "customer.view"]));
    assert_eq!(made["creator"], json!({ "id": ann.member, "name": "Ann" }));
    assert_eq!(
        (&made["last_used_at"], &made["ended_at"], &made["ended_how"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    program(&world, &ann, &key).get("conversations").ok();

    let listed = ann.all("api-keys");
    assert_eq!((listed.len(), &listed[0]["id"]), (1, &made["id"]));
    assert_eq!(listed[0].get("key"), None);
    for table in ["api_keys", "events", "event_details", "access_events", "idempotency_records", "jobs"] {
        let rows = format!("{:?}", world.database.rows(&format!("select * from {table}")));
        assert!(!rows.contains(&key[10..]), "{table} holds the key");
    }
}

#[test]
fn a_program_needs_no_cookie_and_no_origin_and_is_not_saved_by_a_cookie() {
    let world = World::new();
    let ann = world.ann();
    let key = text_of(&make(&ann, "personal", &["workspace.edit_settings", "workspace.view_settings"])["key"]);
    program(&world, &ann, &key).patch("", json!({ "name": "Acme by night" })).ok();
    assert_eq!(text_of(&ann.get("").ok()["name"]), "Acme by night");

    let other = if key.ends_with('A') { "B" } else { "A" };
    let mistyped = format!("{}{other}", &key[..key.len() - 1]);
    let unknown = tenancy::Token::checked("gk");
    for bad in [&key[..51], &mistyped, unknown.as_str(), "gk_", ""] {
        let with_cookie = ann.clone().with("authorization", &format!("bearer {bad}"));
        with_cookie.get("").refused(401, "unauthenticated");
    }
}

/// Somebody in a role that the workspace made for them out of another.
#[track_caller]
fn member_with_grants(world: &World, base: &str, grants: &Value) -> Person {
    let (ann, kim) = (world.ann(), world.member_with_role("member"));
    let asked = json!({ "label": "Integrator", "base_role_key": base, "grants": grants });
    let role = text_of(&ann.post("roles", asked).ok_with(201)["key"]);
    ann.put(&format!("members/{}/role", kim.member), json!({ "role_key": role })).ok();
    signed_in_again(world, &kim)
}

#[test]
fn inv_13_a_scope_beyond_ones_own_rights_is_refused_by_name() {
    let world = World::new();
    let kim = member_with_grants(&world, "agent", &json!({ "api_key.manage": "any" }));
    for (scope, code) in [
        ("customer.guess", "unknown_scope"),
        ("conversation.*", "unknown_scope"),
        ("api_key.manage", "scope_owner_equivalent"),
        ("role.manage", "scope_owner_equivalent"),
        ("conversation.be_assigned", "scope_eligibility"),
        ("audit.view", "scope_not_held"),
        ("conversation.view", "scope_own_only"),
    ] {
        let kind = if code == "scope_own_only" { "workspace" } else { "personal" };
        let asked = json!({ "name": "Too much", "kind": kind, "scopes": ["note.view", scope] });
        let refusal = kim.post("api-keys", asked).refused(422, "invalid_field");
        assert_eq!(
            (&refusal["errors"][0]["pointer"], &refusal["errors"][0]["code"]),
            (&json!("/scopes/1"), &json!(code))
        );
        assert!(text_of(&refusal["detail"]).contains(scope), "{refusal}");
    }
    assert!(kim.all("api-keys").is_empty());
}

/// T-B1: whoever may make keys and nothing else makes none.
#[test]
fn t_b1_the_right_to_make_keys_gives_no_other() {
    let world = World::new();
    let mut grants: serde_json::Map<_, _> =
        tenancy::Permission::ALL.iter().map(|permission| (permission.name().to_owned(), json!("none"))).collect();
    grants.insert("api_key.manage".into(), json!("any"));
    let kim = member_with_grants(&world, "viewer", &json!(grants));
    for scope in kim.get("api-key-scopes").ok()["items"].as_array().expect("scopes") {
        for kind in ["personal", "workspace"] {
            assert!(scope[format!("{kind}_refusal")].is_string(), "{scope}");
            let asked = json!({ "name": "More", "kind": kind, "scopes": [scope["name"]] });
            kim.post("api-keys", asked).refused(422, "invalid_field");
        }
    }
    assert!(world.ann().all("api-keys").is_empty());
}

#[test]
fn what_is_offered_is_what_is_taken() {
    let world = World::new();
    let kim = member_with_grants(&world, "agent", &json!({ "api_key.manage": "any" }));
    let offered = kim.get("api-key-scopes").ok()["items"].as_array().expect("scopes").clone();
    for kind in ["personal", "workspace"] {
        let [free, refused] = [true, false].map(|free| {
            let scopes = offered.iter().filter(|scope| scope[format!("{kind}_refusal")].is_null() == free);
            scopes.map(|scope| scope["name"].clone()).collect::<Vec<_>>()
        });
        assert!(free.len() > 5 && refused.len() > 20, "{kind}: {} and {}", free.len(), refused.len());
        kim.post("api-keys", json!({ "name": "All", "kind": kind, "scopes": free })).ok_with(201);
        for scope in refused {
            kim.post("api-keys", json!({ "name": "One", "kind": kind, "scopes": [scope] }))
                .refused(422, "invalid_field");
        }
    }
}

#[test]
fn what_is_no_key_is_refused_and_changes_nothing() {
    let world = World::new();
    let ann = world.ann();
    let good = json!({ "name": "Report", "kind": "workspace", "scopes": ["note.view"] });
    for (field, bad) in [
        ("name", json!(" ")),
        ("name", json!("a\nb")),
        ("name", json!("x".repeat(201))),
        ("kind", json!("root")),
        ("scopes", json!([])),
        ("scopes", json!("note.view")),
        ("expires_in_days", json!(0)),
        ("expires_in_days", json!(366)),
        ("expires_in_days", json!(1.5)),
        ("expires_in_days", json!("90")),
    ] {
        let mut asked = good.clone();
        asked[field] = bad;
        let refusal = ann.post("api-keys", asked).refused(422, "invalid_field");
        assert_eq!(refusal["errors"][0]["pointer"], format!("/{field}"));
    }
    for field in ["token", "key", "created_by", "ended_at", "prefix"] {
        let mut asked = good.clone();
        asked[field] = json!("x");
        ann.post("api-keys", asked).refused(422, "unknown_field");
    }
    ann.get("api-keys?status=lost").refused(422, "invalid_field");
    assert!(ann.all("api-keys").is_empty());
    for (days, moment) in [(json!(null), DAY * 90), (json!(1), DAY), (json!(365), DAY * 365)] {
        let mut asked = good.clone();
        asked["expires_in_days"] = days;
        let made = ann.post("api-keys", asked).ok_with(201);
        let created: kernel::Timestamp = serde_json::from_value(made["created_at"].clone()).expect("a moment");
        assert_eq!(text_of(&made["expires_at"]), created.plus(moment).to_string());
    }
}

/// Ruling 34: what is shown once is shown once, however often it is asked for.
#[test]
fn a_repeated_request_makes_no_second_key_and_shows_none() {
    let world = World::new();
    let ann = world.ann().with("idempotency-key", "one-key");
    let asked = json!({ "name": "Report", "kind": "workspace", "scopes": ["note.view"] });
    let first = ann.post("api-keys", asked.clone()).ok_with(201);
    let again = ann.post("api-keys", asked);
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    let again = again.ok_with(201);
    assert_eq!((again.get("key"), &again["id"]), (None, &first["id"]));
    assert_eq!(world.ann().all("api-keys").len(), 1);
    let other = json!({ "name": "Another", "kind": "workspace", "scopes": ["note.view"] });
    ann.post("api-keys", other).refused(422, "idempotency_key_reused");
}

#[test]
fn making_and_revoking_take_a_fresh_proof_of_who_one_is() {
    let world = World::new();
    let ann = world.ann();
    let made = text_of(&make(&ann, "personal", &["note.view"])["id"]);
    world.clock.advance(11 * MINUTE);
    let asked = json!({ "name": "Later", "kind": "personal", "scopes": ["note.view"] });
    let refusal = ann.post("api-keys", asked).refused(403, "session.confirmation_required");
    assert_eq!(refusal["decided_by"], "confirmation");
    ann.delete(&format!("api-keys/{made}")).refused(403, "session.confirmation_required");
    assert_eq!(ann.all("api-keys?status=active").len(), 1);
    signed_in_again(&world, &ann).delete(&format!("api-keys/{made}")).ok_with(204);
}

#[test]
fn when_a_key_was_used_is_told_to_within_five_minutes() {
    let world = World::new();
    let ann = world.ann();
    let robot = program_with(&world, &ann, &["note.view", "conversation.view"]);
    let used = || world.ann().all("api-keys")[0]["last_used_at"].clone();
    assert_eq!(used(), Value::Null);
    robot.get("conversations").ok();
    let first = used();
    assert!(first.is_string());
    world.clock.advance(4 * MINUTE);
    robot.get("conversations").ok();
    assert_eq!(used(), first);
    world.clock.advance(2 * MINUTE);
    robot.get("api-keys").refused(403, "forbidden");
    assert_ne!(used(), first, "a refused use is a use");
}

#[test]
fn inv_40_what_a_key_does_or_is_refused_names_it() {
    let world = World::new();
    let ann = world.ann();
    let made = make(&ann, "personal", &["workspace.edit_settings"]);
    let robot = program(&world, &ann, &text_of(&made["key"]));
    let newest = |table: &str| {
        let query = format!("select actor_kind, permission, payload from {table} order by at desc, seq desc limit 1");
        let row = world.database.rows(&query).remove(0);
        row.into_iter().map(|cell| cell.expect("a value")).collect::<Vec<_>>()
    };
    let key_of = |payload: &str| serde_json::from_str::<Value>(payload).expect("JSON")["api_key"].clone();
    let made_by_hand = newest("events");
    assert_eq!((&*made_by_hand[1], key_of(&made_by_hand[2])), ("api_key.manage", Value::Null));

    robot.patch("", json!({ "name": "Acme by night" })).ok();
    let changed = newest("events");
    assert_eq!((&*changed[0], &*changed[1]), ("member", "workspace.edit_settings"));
    assert_eq!(key_of(&changed[2]), made["id"]);
    robot.get("members").refused(403, "forbidden");
    let refused = newest("access_events");
    assert_eq!((&*refused[1], key_of(&refused[2])), ("member.view", made["id"].clone()));
}

#[test]
fn keys_are_limited_each_for_itself() {
    // Few members, many keys: the written default, and nothing multiplies it.
    let world = World::with(|settings| settings.limit_factor = Some(1));
    let ann = world.ann();
    let [busy, calm] = [(), ()].map(|()| program_with(&world, &ann, &["note.view"]));
    let limited = (0..700).map(|_| busy.get("members")).find(|reply| reply.status == 429).expect("a limit");
    let wait = limited.header("retry-after").expect("how long to wait").parse().expect("seconds");
    limited.refused(429, "rate_limited");
    calm.get("members").refused(403, "forbidden");
    ann.get("members").ok();
    world.clock.advance(std::time::Duration::from_secs(wait));
    busy.get("members").refused(403, "forbidden");
}
