//! Handing a conversation over: one act, and an answer.

use std::time::Duration;

use serde_json::{Value, json};

use super::teams::team;
use crate::support::{Person, Reply, World, text_of, until};

fn hand_over(person: &Person, conversation: &str, to: Value) -> Reply {
    let note = json!({ "context": "Wants a refund", "discussed": "Terms", "next": "Call her at noon" });
    let asked = json!({ "to": to, "note": note, "respond_within_minutes": 30 });
    person.post(&format!("conversations/{conversation}/handovers"), asked)
}

fn to(person: &Person) -> Value {
    json!({ "member_id": person.member })
}

fn claimed(world: &World, by: &Person) -> String {
    let conversation = world.conversation("I want my money back");
    by.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    conversation
}

fn show(person: &Person, conversation: &str) -> Value {
    person.get(&format!("conversations/{conversation}")).ok()
}

#[test]
fn own_11_note_002_note_003_note_004_note_005_one_act_hands_over_and_acceptance_ends_it() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = claimed(&world, &bo);
    let labels = ann.get("labels").ok();
    let escalated = labels["items"].as_array().expect("labels").iter().find(|label| label["key"] == "escalated");
    let escalated = escalated.expect("a label")["id"].clone();
    let stream = ann.listen();
    let asked = json!({
        "to": to(&ann), "label_ids": [escalated],
        "note": { "context": "Wants a refund", "next": "Call her at noon" }
    });
    let handed = bo.post(&format!("conversations/{conversation}/handovers"), asked).ok_with(201);
    let (handover, shown) = (&handed["handover"], &handed["conversation"]);
    assert_eq!((&handover["state"], &handover["to_name"]), (&json!("open"), &json!("Ann")));
    assert_eq!((&shown["assignee"]["name"], &shown["label_ids"]), (&json!("Ann"), &json!([escalated])));
    let offered = stream.change("handover.offered");
    assert_eq!(offered["message"]["text"], "**Context**\nWants a refund\n\n**Next**\nCall her at noon");
    assert_eq!(offered["message"]["handover_id"], handover["id"]);
    let pending = &offered["conversation"]["pending_handover"];
    assert_eq!((&pending["by"]["name"], &pending["to"]["member_id"]), (&json!("Bo"), &json!(ann.member)));
    let parents =
        "select p.kind from events e join events p on p.workspace_id = e.workspace_id and p.seq = e.parent_seq
        where e.kind = 'handover.offered'";
    assert_eq!(world.database.column(parents)[0], "note.created", "one transaction");

    let listed = ann.all("handovers");
    assert_eq!((&listed[0]["id"], &listed[0]["expires_at"]), (&handover["id"], &pending["expires_at"]));
    hand_over(&ann, &conversation, to(&bo)).refused(409, "handover.open");
    let path = format!("handovers/{}", text_of(&handover["id"]));
    bo.post(&format!("{path}/acceptance"), json!({})).refused(403, "handover.not_yours");
    let taken = ann.post(&format!("{path}/acceptance"), json!({})).ok();
    assert_eq!(
        (&taken["handover"]["state"], &taken["conversation"]["pending_handover"]),
        (&json!("accepted"), &Value::Null)
    );
    ann.post(&format!("{path}/acceptance"), json!({})).refused(409, "handover.ended");
    ann.post(&format!("{path}/refusal"), json!({})).refused(409, "handover.ended");
    assert_eq!((show(&bo, &conversation)["assignee"]["name"].clone(), ann.all("handovers").len()), (json!("Ann"), 0));
    world.clock.advance(Duration::from_secs(61 * 60));
    let done = "select state from jobs where kind = 'handover.expire'";
    until("the clock looked at it", || (world.database.column(done)[0] == "done").then_some(()));
    assert_eq!(show(&bo, &conversation)["assignee"]["name"], "Ann", "what was taken stays");
}

#[test]
fn own_11_a_hand_over_is_sent_back_taken_back_or_runs_out() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = claimed(&world, &bo);
    let path = |handed: &Value| format!("handovers/{}", text_of(&handed["handover"]["id"]));

    let handed = hand_over(&bo, &conversation, to(&ann)).ok_with(201);
    let sent_back = ann.post(&format!("{}/refusal", path(&handed)), json!({ "reason": "On leave from noon" })).ok();
    assert_eq!(
        (&sent_back["handover"]["state"], &sent_back["handover"]["reason"]),
        (&json!("refused"), &json!("On leave from noon"))
    );
    assert_eq!(show(&bo, &conversation)["assignee"]["name"], "Bo");

    let handed = hand_over(&bo, &conversation, to(&ann)).ok_with(201);
    ann.delete(&path(&handed)).refused(403, "handover.not_yours");
    assert_eq!(bo.delete(&path(&handed)).ok()["handover"]["state"], "withdrawn");
    assert_eq!(show(&bo, &conversation)["assignee"]["name"], "Bo");

    let stream = bo.listen();
    hand_over(&bo, &conversation, to(&ann)).ok_with(201);
    world.clock.advance(Duration::from_secs(31 * 60));
    let expired = stream.change("handover.expired");
    assert_eq!(
        (&expired["conversation"]["assignee"], &expired["conversation"]["pending_handover"]),
        (&Value::Null, &Value::Null)
    );

    // Whoever moves it on ends it by that; whoever answers the customer took it over.
    let handed = hand_over(&bo, &conversation, to(&ann)).ok_with(201);
    ann.put(&format!("conversations/{conversation}/assignment"), json!({ "member_id": bo.member })).ok();
    ann.post(&format!("{}/acceptance", path(&handed)), json!({})).refused(409, "handover.ended");
    hand_over(&bo, &conversation, to(&ann)).ok_with(201);
    let seen = show(&ann, &conversation)["last_seq"].clone();
    ann.post(
        &format!("conversations/{conversation}/messages"),
        json!({ "text": "It is on its way", "seen_seq": seen }),
    )
    .ok_with(201);
    world.clock.advance(Duration::from_secs(31 * 60));
    stream.change("handover.accepted");
    assert_eq!(show(&bo, &conversation)["assignee"]["name"], "Ann");
}

#[test]
fn own_11_a_team_gets_it_into_its_queue_and_one_of_it_takes_it() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let eve = world.member_with_role("agent");
    let support = team(&ann, json!({ "member_ids": [eve.member], "strategy": "manual" }));
    let conversation = claimed(&world, &bo);
    let handed = hand_over(&bo, &conversation, json!({ "team_id": support["id"] })).ok_with(201);
    assert_eq!(handed["handover"]["to_name"], support["name"]);
    let shown = show(&eve, &conversation);
    assert_eq!((&shown["assignee"], &shown["team"]["id"]), (&Value::Null, &support["id"]));
    let path = format!("handovers/{}/acceptance", text_of(&handed["handover"]["id"]));
    ann.post(&path, json!({})).refused(403, "handover.not_yours");
    assert_eq!(eve.post(&path, json!({})).ok()["conversation"]["assignee"]["id"], eve.member.as_str());
}

#[test]
fn own_11_what_is_refused_leaves_nothing_behind() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = claimed(&world, &bo);
    let before = world.recorded();
    let asked = |to: Value, note: Value, more: Value| {
        let mut body = json!({ "to": to, "note": note });
        body.as_object_mut().expect("a body").extend(more.as_object().expect("fields").clone());
        bo.post(&format!("conversations/{conversation}/handovers"), body)
    };
    let good = json!({ "context": "a", "next": "b" });
    asked(to(&bo), good.clone(), json!({})).refused(422, "invalid_field");
    asked(json!({}), good.clone(), json!({})).refused(422, "invalid_field");
    asked(to(&ann), json!({ "context": " ", "next": "b" }), json!({})).refused(422, "invalid_field");
    asked(to(&ann), json!({ "context": "x".repeat(9_999), "next": "b" }), json!({})).refused(422, "invalid_field");
    asked(to(&ann), good.clone(), json!({ "respond_within_minutes": 0 })).refused(422, "invalid_field");
    asked(to(&ann), good.clone(), json!({ "label_ids": [conversation] })).refused(404, "not_found");
    asked(to(&world.cleo()), good.clone(), json!({})).refused(422, "assignment.not_eligible");
    asked(json!({ "member_id": conversation }), good.clone(), json!({})).refused(404, "not_found");
    asked(json!({ "team_id": conversation }), good.clone(), json!({})).refused(404, "not_found");
    hand_over(&world.cleo(), &conversation, to(&ann)).refused(403, "forbidden");
    assert_eq!(world.recorded(), before);
    assert_eq!(show(&bo, &conversation)["last_seq"], 1);

    bo.put(&format!("conversations/{conversation}/status"), json!({ "status": "spam" })).ok();
    hand_over(&bo, &conversation, to(&ann)).refused(409, "conversation.not_open");
    let agent = world.member_with_role("agent");
    let other = world.conversation("Hello");
    hand_over(&agent, &other, to(&ann)).refused(403, "forbidden");
}
