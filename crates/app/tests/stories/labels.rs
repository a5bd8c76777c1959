//! Labels: what a team calls things at a glance.

use std::thread;

use serde_json::{Value, json};

use crate::support::{Person, Reply, World, text_of};

fn labels(person: &Person) -> Vec<Value> {
    person.get("labels").ok()["items"].as_array().expect("items").clone()
}

fn called<'a>(labels: &'a [Value], name: &str) -> Option<&'a Value> {
    labels.iter().find(|label| label["name"] == name)
}

fn make(person: &Person, name: &str) -> String {
    text_of(&person.post("labels", json!({ "name": name, "color": 200 })).ok_with(201)["id"])
}

fn put(person: &Person, on: &str, label: &str) -> Value {
    person.put(&format!("{on}/labels/{label}"), json!({})).ok()
}

fn customer_of(person: &Person, conversation: &str) -> String {
    text_of(&person.get(&format!("conversations/{conversation}")).ok()["customer"]["id"])
}

#[test]
fn lbl_004_a_workspace_starts_with_its_packs_labels_in_its_owners_language() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let all = labels(&bo);
    let ready: Vec<_> = all.iter().filter(|label| label["kind"] == "system").map(|label| &label["key"]).collect();
    assert_eq!(ready, ["priority", "follow_up", "escalated", "waiting"]);
    let priority = called(&all, "⭐ Priority").expect("LBL-004");
    assert_eq!(priority["purpose"], "Needs attention at once, from whoever is free", "LBL-005");

    let member = all.iter().find(|label| label["id"] == bo.member.as_str()).expect("LBL-008");
    assert_eq!((&member["kind"], &member["name"]), (&json!("member"), &json!("Bo")));
    assert_eq!(member["purpose"], "Belongs to one person", "LBL-009");
    ann.patch(&format!("members/{}", bo.member), json!({ "display_name": "Robert" })).ok();
    assert!(called(&labels(&bo), "Robert").is_some(), "C18: renamed with the member");

    let gus = world.sign_up("María");
    gus.patch("/api/v1/me", json!({ "locale": "es" })).ok();
    let made = gus.post("/api/v1/workspaces", json!({ "name": "Tienda" })).ok_with(201);
    let there = gus.clone().in_workspace(&text_of(&made["id"]));
    assert!(called(&labels(&there), "⭐ Prioritario").is_some(), "R21");
    let original = gus.post("/api/v1/workspaces", json!({ "name": "Tienda", "pack": "interlinked" })).ok_with(201);
    let there = gus.in_workspace(&text_of(&original["id"]));
    for name in ["⭐ Prioritario", "👁 Seguimiento", "Escalated", "Waiting for customer"] {
        assert!(called(&labels(&there), name).is_some(), "{name} is as 000 has it");
    }
}

#[test]
fn lbl_001_labels_stand_on_conversations_and_customers_and_open_pages_see_it() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    let (on, customer) =
        (format!("conversations/{conversation}"), format!("customers/{}", customer_of(&bo, &conversation)));
    let stream = bo.listen();
    let label = make(&ann, "VIP");
    assert_eq!(stream.change("label.created")["subject"]["id"], label.as_str());

    let shown = put(&bo, &on, &label);
    assert_eq!(shown["label_ids"], json!([label]));
    let heard = stream.change("label.applied");
    assert_eq!(heard["conversation"]["label_ids"], json!([label]));
    let before = world.recorded();
    put(&bo, &on, &label);
    assert_eq!(world.recorded(), before, "twice is once");

    put(&bo, &on, &bo.member);
    assert_eq!(put(&bo, &customer, &label)["label_ids"], json!([label]));
    assert_eq!(bo.get(&on).ok()["label_ids"], json!([label, bo.member]), "LBL-002");
    assert_eq!(bo.get(&customer).ok()["label_ids"], json!([label]));
    assert_eq!(bo.get("conversations").ok()["items"][0]["label_ids"], json!([label, bo.member]));

    let listed = |filter: &str| bo.all(&format!("conversations?label_id={filter}")).len();
    world.conversation("Another one");
    assert_eq!((listed(&label), listed(&bo.member), listed(&ann.member)), (1, 1, 0), "INB-010");

    bo.delete(&format!("{on}/labels/{label}")).ok();
    assert_eq!(bo.get(&on).ok()["label_ids"], json!([bo.member]));
    assert_eq!(stream.change("label.removed")["conversation"]["label_ids"], json!([bo.member]));

    world.vic().put(&format!("{on}/labels/{label}"), json!({})).refused(403, "forbidden");
    world.cleo().put(&format!("{on}/labels/{label}"), json!({})).refused(403, "forbidden");
    bo.put(&format!("{on}/labels/{conversation}"), json!({})).refused(404, "not_found");
}

#[test]
fn lbl_003_renaming_and_merging_keep_the_links_and_no_merge_goes_in_a_circle() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let (one, other) = (make(&ann, "Refund"), make(&ann, "Refunds"));
    let (both, alone) = (world.conversation("One"), world.conversation("Two"));
    let at = |conversation: &str| format!("conversations/{conversation}");
    let customer = format!("customers/{}", customer_of(&bo, &both));
    for label in [&one, &bo.member, &other] {
        put(&bo, &at(&both), label);
    }
    put(&bo, &at(&alone), &one);
    put(&bo, &customer, &one);

    let rename = json!({ "version": 1, "name": "Money back", "color": 90, "icon": "💶" });
    let renamed = ann.patch(&format!("labels/{one}"), rename.clone()).ok();
    assert_eq!(
        (&renamed["name"], &renamed["icon"], &renamed["version"]),
        (&json!("Money back"), &json!("💶"), &json!(2))
    );
    ann.patch(&format!("labels/{one}"), rename).refused(409, "label.changed");
    assert_eq!(bo.get(&at(&alone)).ok()["label_ids"], json!([one]));

    let merge = |from: &str, into: &str| ann.post(&format!("labels/{from}/merge"), json!({ "into": into }));
    merge(&one, &one).refused(422, "invalid_field");
    // Each into the other at once: one of the two is gone afterwards.
    let answers = thread::scope(|scope| {
        let back = scope.spawn(|| merge(&other, &one).status);
        let mut answers = [merge(&one, &other).status, back.join().expect("an answer")];
        answers.sort_unstable();
        answers
    });
    assert_eq!(answers, [200, 404]);
    let left: Vec<_> = labels(&ann).into_iter().filter(|label| label["kind"] == "free").collect();
    let (kept, gone) = if left[0]["id"] == one.as_str() { (&one, &other) } else { (&other, &one) };
    assert_eq!(left.len(), 1);
    let on_both = bo.get(&at(&both)).ok()["label_ids"].as_array().expect("ids").clone();
    assert!(on_both.len() == 2 && on_both.contains(&json!(kept)) && on_both.contains(&json!(bo.member)), "{on_both:?}");
    for place in [at(&alone), customer] {
        assert_eq!(bo.get(&place).ok()["label_ids"], json!([kept]), "{place}");
    }
    assert_eq!(bo.all(&format!("conversations?label_id={kept}")).len(), 2);
    merge(kept, gone).refused(404, "not_found");
    // What was put on under the old name is the new one.
    assert_eq!(put(&bo, &at(&alone), gone)["label_ids"], json!([kept]));

    let escalated = text_of(&called(&labels(&ann), "Escalated").expect("a label")["id"]);
    merge(&escalated, kept).ok();
    ann.delete(&format!("labels/{kept}")).ok();
    assert!(labels(&ann).iter().all(|label| label["id"] != kept.as_str()));
    bo.put(&format!("{}/labels/{gone}", at(&alone)), json!({})).refused(404, "not_found");
    make(&ann, "Money back");
}

#[test]
fn t_f8_label_names_are_text_and_bad_ones_change_nothing() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let before = world.recorded();
    let long = "x".repeat(51);
    for name in ["", "  ", "a\r\nBcc: b@example.com", "a\u{0}b", "\u{1}\u{2}", "\u{200b}", "\u{202e}evil", &long] {
        ann.post("labels", json!({ "name": name, "color": 1 })).refused(422, "invalid_field");
    }
    for color in [json!(-1), json!(360), json!("red")] {
        ann.post("labels", json!({ "name": "Red", "color": color })).refused(422, "invalid_field");
    }
    assert_eq!(world.recorded(), before);

    // T-I1: stored and shown as the text that it is.
    for payload in
        ["<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>", "{{7*7}}", "javascript:alert(1)", "' or 1=1 --"]
    {
        let label = make(&ann, payload);
        let shown = labels(&bo).into_iter().find(|one| one["id"] == label.as_str()).expect("listed");
        assert_eq!(shown["name"], payload);
    }

    make(&ann, "Café");
    ann.post("labels", json!({ "name": "CAFE", "color": 1 })).refused(409, "label.name_taken");
    let bos = make(&bo, "Bo's own");
    assert_eq!(called(&labels(&bo), "Bo's own").expect("listed")["can"]["label.manage"], true);
    let agent = world.member_with_role("agent");
    agent.patch(&format!("labels/{bos}"), json!({ "version": 1, "color": 3 })).refused(403, "forbidden");
    ann.delete(&format!("labels/{}", bo.member)).refused(404, "not_found");
}

#[test]
fn lbl_008_c18_names_and_assignments_keep_in_step_where_the_workspace_says_so() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    let on = format!("conversations/{conversation}");
    let label = |person: &Person| format!("{on}/labels/{}", person.member);
    put(&bo, &on, &ann.member);
    assert_eq!(bo.get(&on).ok()["assignee"], Value::Null, "LBL-002: only a name, unless it is to be more");
    bo.delete(&label(&ann)).ok();

    ann.patch("inbox-settings", json!({ "name_label_sync": true })).ok();
    assert_eq!(put(&bo, &on, &ann.member)["assignee"]["id"], ann.member.as_str(), "LBL-008");
    let moved = bo.put(&format!("{on}/assignment"), json!({ "member_id": bo.member })).ok();
    assert_eq!(moved["label_ids"], json!([bo.member]), "the label follows the assignment");
    let freed = bo.delete(&label(&bo)).ok();
    assert_eq!((&freed["assignee"], &freed["label_ids"]), (&Value::Null, &json!([])));

    let before = world.recorded();
    bo.put(&label(&world.cleo()), json!({})).refused(422, "assignment.not_eligible");
    assert_eq!(world.recorded(), before, "who cannot be given it gets no label either");
    let agent = world.member_with_role("agent");
    agent.put(&label(&bo), json!({})).refused(403, "forbidden");
    assert_eq!(bo.get(&on).ok()["label_ids"], json!([]), "a label that assigns takes the right to assign");
}

#[test]
fn own_10_a_deleted_label_comes_back_on_everything_that_carried_it() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let on = format!("conversations/{}", world.conversation("Hello"));
    let label = make(&ann, "VIP");
    put(&bo, &on, &label);
    let undo = |person: &Person, reply: &Reply| {
        let offer = reply.header("guildhall-undo").expect("an offer").to_owned();
        person.post(&format!("undo/{offer}"), json!({}))
    };
    let gone = ann.delete(&format!("labels/{label}"));
    assert!(called(&labels(&bo), "VIP").is_none());
    undo(&ann, &gone).ok();
    assert!(called(&labels(&bo), "VIP").is_some());
    assert_eq!(bo.get(&on).ok()["label_ids"], json!([label]));

    let gone = ann.delete(&format!("labels/{label}"));
    make(&ann, "vip");
    undo(&ann, &gone).refused(409, "undo.overtaken");
    let taken = bo.delete(&format!("{on}/labels/{label}"));
    undo(&bo, &taken).ok();
    assert_eq!(bo.get(&on).ok()["label_ids"], json!([label]));
}
