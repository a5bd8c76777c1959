//! The audit log: what was changed, refused or looked at, as one list that people can read (OWN-16).

mod denials;
mod export;
mod verification;

use std::{collections::BTreeSet, time::Duration};

use serde_json::{Value, json};

use crate::support::{MIRROR, PLACE, Person, Place, World, text_of};

/// Entries of the log that fit, newest first.
#[track_caller]
fn log(person: &Person, query: &str) -> Vec<Value> {
    person.all(&format!("audit-events?{query}"))
}

/// The newest entry of a kind.
#[track_caller]
fn newest(person: &Person, kind: &str) -> Value {
    let found = log(person, &format!("kind={kind}"));
    found.into_iter().next().unwrap_or_else(|| panic!("nothing of the kind {kind}"))
}

fn kinds(entries: &[Value]) -> Vec<String> {
    entries.iter().map(|entry| text_of(&entry["kind"])).collect()
}

/// Where an entry stands: its chain and its number.
fn place(entry: &Value) -> (String, i64) {
    (text_of(&entry["chain"]), entry["seq"].as_i64().expect("a number"))
}

/// A workspace in which something was changed, refused and looked at.
fn lived_in() -> World {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Where is my order?");
    bo.post(&format!("conversations/{conversation}/messages"), json!({ "text": "On its way", "seen_seq": 1 })).ok();
    ann.patch("", json!({ "name": "Acme Books" })).ok();
    bo.patch("", json!({ "name": "Bo's" })).refused(403, "forbidden");
    assert_eq!(ann.get("audit-events/export").status, 200);
    ann.post("invitations", json!({ "email": "kim@example.com", "role_key": "member" })).ok();
    world
}

#[test]
fn the_log_tells_who_did_what_to_what_and_what_it_was_before() {
    let world = lived_in();
    let (ann, bo) = (world.ann(), world.bo());
    let renamed = newest(&ann, "workspace.updated");
    assert_eq!((&renamed["before"], &renamed["after"]), (&json!({ "name": "Acme" }), &json!({ "name": "Acme Books" })));
    assert_eq!((&renamed["chain"], &renamed["outcome"]), (&json!("changes"), &json!("done")));
    assert_eq!(renamed["permission"], "workspace.edit_settings");
    let who = json!({ "kind": "member", "id": ann.member, "name": "Ann", "former": false });
    assert_eq!(renamed["actor"], who);
    assert_eq!(renamed["subject"], json!({ "kind": "workspace", "id": ann.workspace, "label": "Acme Books" }));
    assert_eq!(renamed["detail"], json!({ "fields": ["name"] }), "hashes are for the verification");

    let sent = newest(&ann, "message.sent");
    assert_eq!(sent["actor"]["name"], "Bo");
    let conversation = ann.get(&format!("conversations/{}", text_of(&sent["subject"]["id"]))).ok();
    assert_eq!(sent["subject"]["label"], conversation["customer"]["display_name"]);
    assert_eq!(newest(&ann, "invitation.created")["subject"]["label"], "kim@example.com");
    let joined = log(&ann, &format!("kind=member.joined&subject_kind=member&subject_id={}", bo.member));
    assert_eq!(joined.len(), 1);
    assert_eq!((&joined[0]["actor"]["kind"], &joined[0]["actor"]["name"]), (&json!("account"), &json!("Bo")));
    assert_eq!(joined[0]["subject"]["label"], "Bo");
    let created = newest(&ann, "channel.created");
    assert!(created["subject"]["label"].is_string() && created["before"].is_null(), "{created}");
}

#[test]
fn both_chains_are_one_list_newest_first_whatever_the_pages() {
    let world = lived_in();
    let ann = world.ann();
    let whole = log(&ann, "limit=100");
    assert!(whole.len() > 10);
    let moments: Vec<_> = whole.iter().map(|entry| text_of(&entry["at"])).collect();
    assert!(moments.is_sorted_by(|newer, older| newer >= older), "{moments:?}");
    let places: BTreeSet<_> = whole.iter().map(place).collect();
    assert_eq!(places.len(), whole.len(), "nothing twice");
    for chain in ["changes", "access"] {
        let numbers: Vec<_> = places.iter().filter(|(of, _)| of == chain).map(|(_, seq)| *seq).collect();
        assert_eq!(numbers, (1..=numbers.len() as i64).collect::<Vec<_>>(), "{chain}: nothing missing");
    }
    assert_eq!(log(&ann, "limit=3"), whole, "page by page");

    let first = ann.get("audit-events?limit=4").ok();
    ann.patch("", json!({ "name": "Acme Maps" })).ok();
    world.bo().patch("", json!({ "name": "Bo's" })).refused(403, "forbidden");
    let cursor = text_of(&first["next_cursor"]);
    let second = ann.get(&format!("audit-events?limit=4&cursor={cursor}")).ok();
    assert_eq!(second["items"].as_array().expect("items")[..], whole[4..8], "what comes meanwhile moves nothing");
    ann.get(&format!("audit-events?limit=4&outcome=done&cursor={cursor}")).refused(422, "invalid_field");
}

#[test]
fn what_happened_at_the_same_moment_is_on_one_page_or_the_next_and_never_lost() {
    let world = lived_in();
    let ann = world.ann();
    let whole = log(&ann, "limit=100");
    world.database.run("update events set at = 1767600000000; update access_events set at = 1767600000000");
    let together = log(&ann, "limit=1");
    assert_eq!(together.len(), whole.len());
    let places: BTreeSet<_> = together.iter().map(place).collect();
    assert_eq!(places, whole.iter().map(place).collect());
}

#[test]
fn the_log_is_narrowed_to_a_person_a_kind_a_thing_an_outcome_or_a_time() {
    let world = lived_in();
    let (ann, bo) = (world.ann(), world.bo());
    let of_bo = log(&ann, &format!("actor_id={}", bo.member));
    assert!(of_bo.iter().all(|entry| entry["actor"]["id"] == bo.member.as_str()));
    let (found, expected) = (kinds(&of_bo), ["access.denied", "message.sent"]);
    assert!(expected.iter().all(|kind| found.iter().any(|found| found == kind)), "{found:?}");

    let conversation = text_of(&newest(&ann, "message.sent")["subject"]["id"]);
    let of_it = log(&ann, &format!("subject_kind=conversation&subject_id={conversation}"));
    assert!(of_it.len() > 2 && of_it.iter().all(|entry| entry["subject"]["id"] == conversation.as_str()));
    let both = log(&ann, &format!("subject_kind=conversation&subject_id={conversation}&actor_id={}", bo.member));
    let by_hand: Vec<_> = of_it.into_iter().filter(|entry| entry["actor"]["id"] == bo.member.as_str()).collect();
    assert_eq!(both, by_hand);
    assert!(log(&ann, "subject_kind=channel").iter().all(|entry| entry["subject"]["kind"] == "channel"));

    let everything = log(&ann, "limit=100");
    for outcome in ["done", "denied", "read"] {
        let expected: Vec<_> = everything.iter().filter(|entry| entry["outcome"] == outcome).cloned().collect();
        assert!(!expected.is_empty(), "{outcome}");
        assert_eq!(log(&ann, &format!("outcome={outcome}&limit=2")), expected, "{outcome}");
    }

    let middle = text_of(&everything[everything.len() / 2]["at"]);
    let (before, since) = (log(&ann, &format!("to={middle}")), log(&ann, &format!("from={middle}")));
    assert!(!before.is_empty() && !since.is_empty());
    assert_eq!([since, before].concat(), everything);
}

#[test]
fn a_page_looks_at_a_bounded_stretch_and_its_cursor_goes_on() {
    let world = World::new();
    let ann = world.ann();
    // Two thousand events of a busy duty between the rename and now.
    ann.patch("", json!({ "name": "Acme Books" })).ok();
    let (seq, at) = (world.database.count("select max(seq) from events"), world.clock.now().millis());
    let (filler, own) = match *PLACE {
        Place::Sqlite => ("zeroblob(32)", format!("x'{}'", ann.workspace.replace('-', ""))),
        Place::Postgres(_) => ("'\\x00'::bytea", format!("'{}'::uuid", ann.workspace)),
    };
    world.database.run(&format!(
        "insert into events (workspace_id, seq, at, kind, actor_kind, permission, subject_kind, subject_id, payload,
            row_hash, hash)
         with recursive n (n) as (select 1 union all select n + 1 from n where n < 2000)
         select {own}, {seq} + n, {at} + n, 'workspace.updated', 'duty', 'none', 'workspace', {own}, '{{}}', {filler},
            {filler} from n"
    ));
    world.clock.advance(Duration::from_secs(60));
    let query = format!("audit-events?kind=workspace.updated&actor_id={}", ann.member);
    let first = ann.get(&query).ok();
    assert_eq!(first["items"], json!([]), "a thousand were looked at, none was hers");
    assert!(first["next_cursor"].is_string());
    let found = ann.all(&query);
    assert_eq!(kinds(&found), ["workspace.updated", "workspace.updated"], "both of her renames");
}

#[test]
fn filters_that_make_no_sense_are_refused() {
    let world = World::new();
    let ann = world.ann();
    for (query, pointer) in [
        ("kind=Role.Created", "/kind"),
        ("kind=", "/kind"),
        ("subject_kind=%00", "/subject_kind"),
        (&*format!("subject_id={}", ann.member), "/subject_id"),
        ("colour=red", "/colour"),
        ("from=yesterday", ""),
        ("outcome=undone", ""),
        ("actor_id=7", ""),
    ] {
        for door in ["audit-events", "audit-events/export"] {
            let refused = ann.get(&format!("{door}?{query}")).refused(422, "invalid_field");
            assert!(text_of(&refused["errors"][0]["pointer"]).starts_with(pointer), "{door}?{query}: {refused}");
        }
    }
    ann.get("audit-events/export?format=xlsx").refused(422, "invalid_field");
}

#[test]
fn only_who_may_read_the_log_does_and_it_shows_no_other_workspace() {
    let world = lived_in();
    for person in [world.bo(), world.vic(), world.cleo()] {
        for door in ["audit-events", "audit-events/export"] {
            let refusal = person.get(door).refused(403, "forbidden");
            assert_eq!(refusal["permission"], "audit.view", "{}", person.name);
        }
        person.post("audit-events/verification", json!({})).refused(403, "forbidden");
    }
    let gus = world.gus();
    gus.clone().in_workspace(&world.workspace()).get("audit-events").refused(404, "not_found");
    let his = log(&gus, "limit=100");
    assert!(his.iter().all(|entry| entry["kind"] != "access.denied"), "his own log says nothing of Acme");
    assert!(!format!("{:?}", log(&world.ann(), "limit=100")).contains(MIRROR));
}

#[test]
fn ana_015_inv_10_who_left_stays_named() {
    let world = lived_in();
    let bo = world.bo();
    let (member, ended) = (&bo.member, world.clock.now().millis());
    let id = match *PLACE {
        Place::Sqlite => format!("x'{}'", member.replace('-', "")),
        Place::Postgres(_) => format!("'{member}'"),
    };
    world.database.run(&format!("update memberships set status = 'left', ended_at = {ended} where id = {id}"));
    let sent = newest(&world.ann(), "message.sent");
    assert_eq!(sent["actor"], json!({ "kind": "member", "id": member, "name": "Bo", "former": true }));
}
