//! OWN-4, T-B4, T-E1: whatever surface somebody asks, it tells of the same conversations and the same customers.

use std::collections::BTreeSet;

use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde_json::{Value, json};

use crate::support::{Person, Visitor, World, fresh_id, text_of};

const WORLDS: u64 = 3;
const ACTORS: usize = 5;
const CONVERSATIONS: usize = 9;
const STATUSES: [&str; 5] = ["open", "snoozed", "solved", "spam", "archived"];

type Ids = BTreeSet<String>;

/// A conversation with a word of its own, in its message and in its customer's name.
struct Thread {
    id: String,
    customer: String,
    word: String,
    visitor: Visitor,
}

/// A workspace with conversations in every state and members whose sight was drawn by lot.
struct Scene {
    world: World,
    threads: Vec<Thread>,
    actors: Vec<Person>,
}

impl Scene {
    fn of(lot: &mut StdRng) -> Self {
        let world = World::new();
        let actors: Vec<_> = (0..ACTORS).map(|_| actor(&world, lot)).collect();
        let threads = (0..CONVERSATIONS).map(|number| thread(&world, lot, &actors, number)).collect();
        Self { world, threads, actors }
    }
}

/// Somebody with a role of their own making, and perhaps a permission set.
fn actor(world: &World, lot: &mut StdRng) -> Person {
    let ann = world.ann();
    let mut reach = |reaches: &[&'static str]| *reaches.choose(lot).expect("a reach");
    let grants = json!({
        "conversation.view": reach(&["any", "own", "own", "none"]),
        "customer.view": reach(&["any", "own", "none"]),
        "customer.view_unmasked": reach(&["any", "own", "masked", "none"]),
        "conversation.be_assigned": "any",
        "search.use": "any",
        "seat.extra_permission_sets": "any",
        "api_key.manage": "own",
    });
    let role = json!({ "label": format!("Drawn {}", fresh_id()), "base_role_key": "agent", "grants": grants });
    let role = text_of(&ann.post("roles", role).ok_with(201)["key"]);
    let actor = world.join(&ann, &format!("Actor {}", fresh_id()), &role);
    if lot.random_bool(0.3) {
        let wider = json!({ "label": fresh_id(), "grants": { "conversation.view": "any" } });
        let wider = text_of(&ann.post("permission-sets", wider).ok_with(201)["id"]);
        let held = json!({ "permission_set_ids": [wider] });
        ann.put(&format!("members/{}/permission-sets", actor.member), held).ok();
        // The session has another token once its rights changed.
        let cookie = actor.get("/api/v1/me").cookie();
        return actor.with("cookie", &cookie);
    }
    actor
}

fn thread(world: &World, lot: &mut StdRng, actors: &[Person], number: usize) -> Thread {
    let ann = world.ann();
    // Words that begin alike would be found by each other: the last letters differ.
    let word = format!("{:x}word", 0xa0_0000 + number);
    let visitor = world.visitor();
    let id = visitor.says(&format!("It is about the {word}"));
    let customer = text_of(&ann.get(&format!("conversations/{id}")).ok()["customer"]["id"]);
    ann.patch(&format!("customers/{customer}"), json!({ "display_name": format!("Kim {word}") })).ok();
    // Who cannot be given a conversation is left out: the queue is as good a place.
    if let Some(assignee) = actors.choose(lot).filter(|_| lot.random_bool(0.7)) {
        ann.put(&format!("conversations/{id}/assignment"), json!({ "member_id": assignee.member }));
    }
    match *STATUSES.choose(lot).expect("a status") {
        "open" => {}
        "snoozed" => {
            let until = world.clock.now().plus(std::time::Duration::from_secs(86_400)).to_string();
            ann.put(&format!("conversations/{id}/snooze"), json!({ "until": until })).ok();
        }
        status => drop(ann.put(&format!("conversations/{id}/status"), json!({ "status": status })).ok()),
    }
    Thread { id, customer, word, visitor }
}

/// The ids in a list; nothing for who may not ask for it.
fn listed(actor: &Person, path: &str, id: impl Fn(&Value) -> String) -> Ids {
    if actor.get(path).status == 403 { Ids::new() } else { actor.all(path).iter().map(id).collect() }
}

fn id_of(item: &Value) -> String {
    text_of(&item["id"])
}

fn conversations_listed(actor: &Person) -> Ids {
    STATUSES.iter().flat_map(|status| listed(actor, &format!("conversations?status={status}"), id_of)).collect()
}

/// What answers 200 under a path.
fn shown<'a>(actor: &Person, ids: impl Iterator<Item = &'a str>, path: impl Fn(&str) -> String) -> Ids {
    let opens = |id: &&str| {
        let status = actor.get(&path(id)).status;
        assert!(matches!(status, 200 | 403 | 404), "{status} for {}", path(id));
        status == 200
    };
    ids.filter(opens).map(str::to_owned).collect()
}

fn found(actor: &Person, scene: &Scene, kind: &str, id: &str) -> Ids {
    let hits = |thread: &Thread| {
        let hits = actor.all(&format!("search?q={}", thread.word));
        hits.into_iter().filter(|hit| hit["kind"] == kind)
    };
    let id = |hit: Value| hit.pointer(id).and_then(Value::as_str).map(str::to_owned);
    scene.threads.iter().flat_map(hits).filter_map(id).collect()
}

/// Every customer writes once more; whom the actor's stream tells of it.
fn streamed(actor: &Person, scene: &Scene) -> Option<Ids> {
    let path = format!("/api/v1/workspaces/{}/events", actor.workspace);
    let stream = actor.browser.listen(&path);
    if stream.status == 403 {
        return None;
    }
    stream.until(|frame| frame.event == "ready");
    for thread in &scene.threads {
        thread.visitor.says("One more thing");
    }
    scene.world.ann().patch("", json!({ "name": format!("Acme {}", fresh_id()) })).ok();
    let frames = stream.all_until(|frame| frame.data["kind"] == "workspace.updated");
    let told = frames.iter().filter(|frame| frame.data["kind"] == "message.received");
    let id = |frame: &crate::support::Frame| {
        frame.data.pointer("/conversation/id").and_then(Value::as_str).map(str::to_owned)
    };
    Some(told.filter_map(id).collect())
}

#[test]
fn own_4_t_b4_list_show_count_search_key_preview_and_stream_tell_of_the_same_things() {
    let (mut something, mut partly) = (0, 0);
    for seed in 0..WORLDS {
        let mut lot = StdRng::seed_from_u64(seed);
        let scene = Scene::of(&mut lot);
        for actor in &scene.actors {
            let seen = conversations_agree(actor, &scene, seed);
            customers_agree(actor, &scene, seed);
            something += usize::from(!seen.is_empty());
            partly += usize::from(!seen.is_empty() && seen.len() < scene.threads.len());
        }
        stream_agrees(scene.actors.choose(&mut lot).expect("an actor"), &scene, seed);
    }
    assert!(something > 3 && partly > 1, "the lot gave nothing to compare: {something} saw something, {partly} a part");
}

fn conversations_agree(actor: &Person, scene: &Scene, seed: u64) -> Ids {
    let list = conversations_listed(actor);
    let told = |surface: &str| format!("seed {seed}, {}: {surface}", actor.name);
    let ids = || scene.threads.iter().map(|thread| thread.id.as_str());
    assert_eq!(shown(actor, ids(), |id| format!("conversations/{id}")), list, "{}", told("show"));
    assert_eq!(shown(actor, ids(), |id| format!("conversations/{id}/messages")), list, "{}", told("messages"));
    assert_eq!(found(actor, scene, "message", "/conversation_id"), list, "{}", told("search"));

    let counted = actor.get("counters");
    if counted.status == 403 {
        assert!(list.is_empty(), "{}", told("counters"));
    } else {
        let views = counted.ok()["views"].clone();
        let all: i64 = ["all", "snoozed", "solved", "spam", "archived"]
            .map(|view| views[view].as_i64().expect("a count"))
            .iter()
            .sum();
        assert_eq!(usize::try_from(all).expect("a count"), list.len(), "{}", told("counters"));
    }
    if let Some(program) = key_of(actor) {
        assert_eq!(conversations_listed(&program), list, "{}", told("API key"));
    }
    assert_eq!(conversations_listed(&preview_of(&scene.world, actor)), list, "{}", told("preview"));
    list
}

fn customers_agree(actor: &Person, scene: &Scene, seed: u64) {
    let list = listed(actor, "customers", id_of);
    let told = |surface: &str| format!("seed {seed}, {}: customers by {surface}", actor.name);
    let ids = || scene.threads.iter().map(|thread| thread.customer.as_str());
    assert_eq!(shown(actor, ids(), |id| format!("customers/{id}")), list, "{}", told("show"));
    assert_eq!(found(actor, scene, "customer", "/customer/id"), list, "{}", told("search"));
    assert_eq!(listed(&preview_of(&scene.world, actor), "customers", id_of), list, "{}", told("preview"));
}

fn stream_agrees(actor: &Person, scene: &Scene, seed: u64) {
    let told = streamed(actor, scene).unwrap_or_default();
    // What came in again may stand in a conversation that began just now; the list is asked after it.
    assert_eq!(told.difference(&conversations_listed(actor)).count(), 0, "seed {seed}: told of what is not listed");
    let open = listed(actor, "conversations?status=open", id_of);
    assert_eq!(open.difference(&told).count(), 0, "seed {seed}: not told of what is listed");
}

/// A program with the actor's own view of conversations; none for who has no view to give.
fn key_of(actor: &Person) -> Option<Person> {
    let key = json!({ "name": "Mirror", "kind": "personal", "scopes": ["conversation.view"] });
    let made = actor.post("api-keys", key);
    if made.status == 422 {
        return None;
    }
    let bearer = format!("Bearer {}", text_of(&made.ok_with(201)["key"]));
    let browser = actor.browser.clone().without("cookie").without("origin").with("authorization", &bearer);
    Some(Person { browser, ..actor.clone() })
}

/// The owner, looking as the actor.
fn preview_of(world: &World, actor: &Person) -> Person {
    let ann = world.ann();
    let preview = ann.post("previews", json!({ "member_id": actor.member })).ok_with(201);
    ann.with("guildhall-preview", &text_of(&preview["id"]))
}

const CHANGES: usize = 40;

/// One change by lot: a hand-over, a status, a message, or how far the actor's own role reaches.
fn change(scene: &Scene, lot: &mut StdRng, role: &str, actor: &mut Person) {
    let ann = scene.world.ann();
    let thread = scene.threads.choose(lot).expect("a thread");
    let at = |what: &str| format!("conversations/{}/{what}", thread.id);
    match lot.random_range(0..5) {
        0 => drop(ann.put(&at("assignment"), json!({ "member_id": actor.member }))),
        1 => drop(ann.put(&at("assignment"), json!({ "member_id": ann.member }))),
        2 => drop(ann.delete(&at("assignment"))),
        3 => drop(thread.visitor.sends(&fresh_id(), "And another thing")),
        _ => {
            let reach = *["any", "own"].choose(lot).expect("a reach");
            let roles = ann.all("roles");
            let version = roles.iter().find(|each| each["key"] == role).expect("the role")["version"].clone();
            let wider = json!({ "grants": { "conversation.view": reach }, "version": version });
            ann.patch(&format!("roles/{role}"), wider).ok();
            let me = actor.get("/api/v1/me");
            if me.header("set-cookie").is_some() {
                *actor = actor.clone().with("cookie", &me.cookie());
            }
        }
    }
}

#[test]
fn t_e1_whatever_a_stream_tells_its_reader_could_open_at_that_moment() {
    for seed in 10..10 + WORLDS {
        let mut lot = StdRng::seed_from_u64(seed);
        let mut scene = Scene::of(&mut lot);
        let ann = scene.world.ann();
        let grants = json!({ "conversation.view": "own", "conversation.be_assigned": "any" });
        let role = json!({ "label": "Changing", "base_role_key": "agent", "grants": grants });
        let role = text_of(&ann.post("roles", role).ok_with(201)["key"]);
        let mut actor = scene.world.join(&ann, "Reader", &role);
        scene.actors.push(actor.clone());
        let stream = actor.listen();
        let (mut told, mut lost) = (0, 0);
        for number in 0..CHANGES {
            change(&scene, &mut lot, &role, &mut actor);
            ann.patch("", json!({ "name": format!("Acme {number}") })).ok();
            let frames = stream.all_until(|frame| frame.data["kind"] == "workspace.updated");
            for frame in frames.iter().filter(|frame| frame.data["subject"]["kind"] == "conversation") {
                let id = text_of(&frame.data["subject"]["id"]);
                let status = actor.get(&format!("conversations/{id}")).status;
                let expected = if frame.data["removed"] == true { 404 } else { 200 };
                assert_eq!(status, expected, "seed {seed}, change {number}: {:?}", frame.data);
                told += usize::from(expected == 200);
                lost += usize::from(expected == 404);
            }
        }
        assert!(told > 5, "seed {seed}: the stream told of {told} and took away {lost}");
    }
}
