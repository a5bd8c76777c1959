//! What open pages see as it happens.

use std::{thread, time::Duration};

use serde_json::{Value, json};

use crate::support::{Frame, PLACE, Person, Place, Stream, World, fresh_id, identity, text_of};

const A_SECOND: Duration = Duration::from_secs(1);

fn reply(person: &Person, conversation: &str, text: &str, seen_seq: i64) {
    let message = json!({ "text": text, "seen_seq": seen_seq });
    person.post(&format!("conversations/{conversation}/messages"), message).ok_with(201);
}

fn post(person: &Person, conversation: &str, what: &str, state: &str) {
    person.post(&format!("conversations/{conversation}/{what}"), json!({ "state": state })).ok_with(204);
}

/// The workspace's event stream, read from its very first frame.
fn raw(person: &Person) -> Stream {
    person.browser.listen(&format!("/api/v1/workspaces/{}/events", person.workspace))
}

/// Renames the workspace, which everybody in it hears of; what each stream said before that.
fn up_to_a_mark(world: &World, stream: &Stream) -> Vec<Frame> {
    let name = format!("Acme {}", fresh_id());
    world.ann().patch("", json!({ "name": name })).ok();
    let mut frames = stream.all_until(|frame| frame.data["kind"] == "workspace.updated");
    frames.pop();
    frames
}

fn changes(frames: &[Frame]) -> Vec<(&Value, i64)> {
    let seq = |frame: &Frame| frame.id.as_deref().and_then(|id| id.parse().ok()).expect("a sequence");
    frames.iter().filter(|frame| frame.event == "change").map(|frame| (&frame.data["kind"], seq(frame))).collect()
}

#[test]
fn a_stream_goes_on_after_its_last_event_without_gap_or_repetition() {
    let world = World::new();
    let (bo, visitor) = (world.bo(), world.visitor());
    let stream = bo.listen();
    let conversation = visitor.says("One");
    let last = stream.until(|frame| frame.data["kind"] == "conversation.created").id.expect("a sequence");
    drop(stream);

    for text in ["Two", "Three"] {
        visitor.says(text);
    }
    reply(&bo, &conversation, "Four", 3);
    bo.put(&format!("conversations/{conversation}/status"), json!({ "status": "solved" })).ok();
    let missed = ["message.received", "message.received", "message.sent", "conversation.status_changed"];
    let from: i64 = last.parse().expect("a number");

    let by_header = bo.clone().with("last-event-id", &last);
    let by_parameter = bo.browser.listen(&format!("/api/v1/workspaces/{}/events?last_event_id={last}", bo.workspace));
    for stream in [raw(&by_header), by_parameter] {
        assert_eq!(stream.next().event, "ready");
        let frames = up_to_a_mark(&world, &stream);
        let heard = changes(&frames);
        let (kinds, seqs): (Vec<_>, Vec<_>) =
            heard.into_iter().filter(|(kind, _)| *kind != "workspace.updated").unzip();
        assert_eq!(kinds, missed);
        assert_eq!(seqs, (from + 1..=from + 4).collect::<Vec<_>>());
    }
    for malformed in ["x", "-1", "9999999999999999999999"] {
        bo.clone().with("last-event-id", malformed).get("events").refused(422, "invalid_field");
    }
}

#[test]
fn who_is_too_far_behind_is_told_to_fetch_anew() {
    let world = World::new();
    let bo = world.bo();
    let stream = bo.listen();
    world.conversation("The last one heard of");
    let last = stream.until(|frame| frame.event == "change").id.expect("a sequence");
    drop(stream);
    thread::scope(|scope| {
        for writer in 0..8 {
            let world = &world;
            scope.spawn(move || {
                let visitor = world.visitor();
                (0..126).for_each(|number| drop(visitor.says(&format!("{number} of {writer}"))));
            });
        }
    });
    let newest = |world: &World| world.database.count("select max(seq) from workspace_heads");
    // An id from a restored or foreign database lies ahead of everything.
    let ahead = (newest(&world) + 5).to_string();
    for id in [&last, &ahead] {
        let stream = raw(&bo.clone().with("last-event-id", id));
        let first = stream.next();
        assert_eq!((first.event.as_str(), first.data["seq"].as_i64()), ("reset", Some(newest(&world))));
        assert_eq!(first.id, Some(newest(&world).to_string()));
        world.conversation("Live again");
        assert_eq!(stream.change("message.received")["message"]["text"], "Live again");
    }
}

#[test]
fn presence_and_typing_are_told_and_not_kept() {
    let world = World::new();
    let (ann, bo, visitor) = (world.ann(), world.bo(), world.visitor());
    let conversation = visitor.says("Hello");
    let (anns, chat) = (ann.listen(), visitor.listen());
    let before = world.recorded();

    let present = |stream: &Stream| stream.until(|frame| frame.event == "presence");
    post(&bo, &conversation, "presence", "viewing");
    let frame = present(&anns);
    assert_eq!(frame.id, None);
    assert_eq!(frame.data["conversation_id"], json!(conversation));
    assert_eq!(frame.data["members"], json!([{ "id": bo.member, "name": "Bo", "state": "viewing" }]));
    post(&bo, &conversation, "presence", "replying");
    assert_eq!(present(&anns).data["members"][0]["state"], "replying");
    let late = ann.listen();
    assert_eq!(present(&late).data["members"][0]["name"], "Bo", "who comes later sees who is there");
    post(&bo, &conversation, "presence", "left");
    assert_eq!(present(&anns).data["members"], json!([]));
    post(&bo, &conversation, "presence", "viewing");
    present(&anns);
    world.clock.advance(Duration::from_secs(7));
    assert_eq!(present(&anns).data["members"], json!([]), "silence is forgotten");

    post(&bo, &conversation, "typing", "typing");
    let frame = anns.until(|frame| frame.event == "typing");
    assert_eq!((frame.id, &frame.data["who"], &frame.data["name"]), (None, &json!("member"), &json!("Bo")));
    let frame = chat.until(|frame| frame.event == "typing");
    assert_eq!((frame.id, &frame.data["name"], &frame.data["state"]), (None, &json!("Bo"), &json!("typing")));
    let path = format!("/widget/v1/conversations/{conversation}/typing");
    visitor.browser.post(&path, json!({ "state": "typing" })).ok_with(204);
    let frame = anns.until(|frame| frame.event == "typing");
    assert_eq!((frame.id, &frame.data["who"], &frame.data["name"]), (None, &json!("customer"), &json!("")));
    assert_eq!(world.recorded(), before);
}

#[test]
fn ephemeral_frames_pass_the_same_visibility() {
    let world = World::new();
    let (bo, agent, other) = (world.bo(), world.member_with_role("agent"), world.visitor());
    let visitor = world.visitor();
    let conversation = visitor.says("Hello");
    other.says("Somebody else");
    bo.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    let (agents, others) = (agent.listen(), other.listen());
    post(&bo, &conversation, "presence", "viewing");
    post(&bo, &conversation, "typing", "typing");
    let heard = up_to_a_mark(&world, &agents);
    assert!(heard.is_empty(), "{heard:?}");
    let queued = world.conversation("In the queue");
    post(&bo, &queued, "typing", "typing");
    let heard = agents.until(|frame| frame.event == "typing");
    assert_eq!(heard.data["conversation_id"], json!(queued));
    other.says("Still somebody else");
    let heard = others.all_until(|frame| frame.data["kind"] == "message.received");
    assert_eq!(heard.len(), 1, "{heard:?}");
}

#[test]
fn who_loses_sight_is_told_to_forget_and_hears_no_more() {
    let world = World::new();
    let (bo, agent, visitor) = (world.bo(), world.member_with_role("agent"), world.visitor());
    let conversation = visitor.says("Hello");
    let stream = agent.listen();
    bo.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    let lost = stream.change("conversation.claimed");
    assert_eq!((&lost["removed"], &lost["subject"]["id"]), (&json!(true), &json!(conversation)));
    assert_eq!(
        (&lost["conversation"], &lost["message"], &lost["customer"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    visitor.says("A secret for Bo");
    reply(&bo, &conversation, "Another one", 2);
    let heard = up_to_a_mark(&world, &stream);
    assert!(heard.is_empty(), "{heard:?}");
    // Nor by going back.
    let again = raw(&agent.clone().with("last-event-id", "0"));
    let replayed = json!(up_to_a_mark(&world, &again).iter().map(|frame| &frame.data).collect::<Vec<_>>()).to_string();
    assert!(!replayed.contains("secret") && !replayed.contains("Hello"), "{replayed}");
}

#[test]
fn inv_08_the_end_of_a_session_ends_its_stream_within_a_second() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let (anns, bos) = (ann.listen(), bo.listen());
    let mine = bo.get("/api/v1/sessions").ok()["items"].as_array().expect("sessions").clone();
    let current = mine.iter().find(|session| session["current"] == true).expect("the current one");
    bo.delete(&format!("/api/v1/sessions/{}", text_of(&current["id"]))).ok();
    let closed = bos.within(A_SECOND).expect("a word of farewell");
    assert_eq!((closed.event.as_str(), &closed.data["code"]), ("closed", &json!("session.ended")));
    assert!(bos.within(A_SECOND).is_none());
    bos.ended();
    assert_eq!(raw(&bo).status, 401);
    world.conversation("Ann still listens");
    anns.change("message.received");
}

#[test]
fn what_happens_at_one_server_is_heard_at_the_others() {
    // One file has one server: several share a PostgreSQL.
    if matches!(*PLACE, Place::Sqlite) {
        return;
    }
    let world = World::new();
    let (_second, origin) = world.second_server();
    let mut elsewhere = world.bo();
    elsewhere.browser = elsewhere.browser.with("origin", &origin);
    elsewhere.browser.origin = origin;
    let stream = elsewhere.listen();
    let conversation = world.conversation("Is anybody there?");
    assert_eq!(stream.change("message.received")["subject"]["id"], json!(conversation));
    world.bo().browser.delete("/api/v1/sessions/current").ok_with(204);
    stream.until(|frame| frame.event == "closed");
    stream.ended();
}

#[test]
fn inv_19_no_frame_shows_a_masked_viewer_an_address() {
    let world = World::new();
    let (ann, vic) = (world.ann(), world.vic());
    let (anns, vics) = (ann.listen(), vic.listen());
    let visitor = world.visitor_who(json!({ "name": "Jane", "email": "jane.doe@example.com" }));
    let conversation = visitor.says("I am jane.doe@example.com, call +49 170 1234521");
    reply(&ann, &conversation, "Is it jane.doe@example.com?", 1);
    let customer = text_of(&ann.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]);
    ann.patch(&format!("customers/{customer}"), json!({ "phone": "+49 170 9999921" })).ok();
    let told = |stream: &Stream| {
        json!(up_to_a_mark(&world, stream).iter().map(|frame| &frame.data).collect::<Vec<_>>()).to_string()
    };
    let (clear, masked) = (told(&anns), told(&vics));
    assert!(clear.contains("jane.doe@example.com") && clear.contains("1234521") && clear.contains("9999921"));
    assert!(masked.contains("j***@example.com"), "{masked}");
    for raw in ["jane.doe", "1234521", "9999921"] {
        assert!(!masked.contains(raw), "{raw}: {masked}");
    }
}

#[test]
fn a_visitors_stream_begins_before_its_first_message_and_shows_its_own_alone() {
    let world = World::new();
    let (bo, visitor, other) = (world.bo(), world.visitor(), world.visitor());
    let stream = visitor.listen();
    other.says("Not for you");
    let conversation = visitor.says("My first message");
    let first = stream.next();
    assert_eq!((first.event.as_str(), &first.data["message"]["text"]), ("change", &json!("My first message")));
    let after = first.id.expect("a sequence");

    // What happens inside the house is not told: only that it is done with it.
    bo.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    for status in ["spam", "open", "solved"] {
        bo.put(&format!("conversations/{conversation}/status"), json!({ "status": status })).ok();
    }
    reply(&bo, &conversation, "Hello", 1);
    let heard = stream.all_until(|frame| frame.data["kind"] == "message.sent");
    let told: Vec<_> =
        heard.iter().map(|frame| (text_of(&frame.data["kind"]), text_of(&frame.data["status"]))).collect();
    // A frame shows the conversation as it is when it is told, so only the kinds are certain.
    let kinds: Vec<&str> = told.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["conversation.created", "conversation.status_changed", "message.sent"]);
    assert!(told.iter().all(|(_, status)| status == "open" || status == "solved"), "{told:?}");
    assert_eq!(heard[2].data["message"]["author"], json!({ "kind": "member", "name": "Bo" }));
    drop(stream);

    let resumed = visitor.browser.clone().with("last-event-id", &after).listen("/widget/v1/events");
    assert_eq!(resumed.next().event, "ready");
    let again = resumed.all_until(|frame| frame.data["kind"] == "message.sent");
    assert_eq!(again.len(), 3 + usize::from(again.iter().any(|frame| frame.data["kind"] == "message.delivered")));
}

#[test]
fn a_visitor_who_becomes_somebody_else_hears_the_new_conversation_only() {
    let world = World::new();
    let signed_in = identity(&world.identity_secret(), "user-7");
    let phone = world.visitor_who(json!({ "identity": signed_in.clone() }));
    let sevens = phone.says("On my phone");
    let laptop = world.visitor();
    let anonymous = laptop.says("On my laptop");
    let signed = world.visitor_who(json!({ "identity": signed_in.clone() }));
    assert_eq!(signed.says("Signed in elsewhere"), sevens);

    let stream = laptop.listen();
    world.visitor_who(json!({ "visitor_token": laptop.token, "identity": signed_in }));
    reply(&world.bo(), &anonymous, "To nobody any more", 1);
    reply(&world.bo(), &sevens, "To user seven", 2);
    let heard = stream.all_until(|frame| frame.data["kind"] == "message.sent");
    assert_eq!(heard.last().expect("a frame").data["message"]["text"], "To user seven");
}
